/// On which nodes the Pods of a group are bound, and which of their containers run there.
///
/// Pods are told apart by the containers that run: mostly all of them do, and one set of nodes
/// serves every container.
struct PodNodes {
  private struct Part {
    let running: [PodGroup.ContainerKey]
    var nodes: NameSet
  }

  /// More combinations than a healthy group of Pods has.
  private static let maximumParts = 16

  private var parts: [Part] = []

  /// Counts a Pod that is bound to this node.
  mutating func add(_ node: String, running statuses: [ContainerStatusRecord]) {
    for index in parts.indices where Self.are(parts[index].running, running: statuses) {
      parts[index].nodes.insert(node)
      return
    }
    let running = statuses.filter { $0.state == .running }.map(PodGroup.ContainerKey.init)
    var nodes = NameSet()
    nodes.insert(node)
    guard parts.count >= Self.maximumParts, running.count > 1 else {
      add(Part(running: running, nodes: nodes))
      return
    }
    // One part for each container says the same, and there are no more of them than containers.
    for key in running { add(Part(running: [key], nodes: nodes)) }
  }

  mutating func formUnion(_ other: PodNodes) {
    guard !parts.isEmpty else {
      self = other
      return
    }
    for part in other.parts { add(part) }
  }

  /// Sorts everything once, so that the uses of a group share their lists of nodes.
  mutating func pack() {
    for index in parts.indices { parts[index].nodes.pack() }
  }

  /// Where the Pods are bound, sorted.
  var all: [String] { Self.union(parts) }

  /// Where this container runs, sorted.
  func running(_ key: PodGroup.ContainerKey) -> [String] {
    Self.union(parts.filter { $0.running.contains(key) })
  }

  private static func union(_ parts: [Part]) -> [String] {
    guard let first = parts.first else { return [] }
    return parts.dropFirst().reduce(into: first.nodes) { $0.formUnion($1.nodes) }.sorted
  }

  private mutating func add(_ part: Part) {
    if let place = parts.firstIndex(where: { $0.running == part.running }) {
      parts[place].nodes.formUnion(part.nodes)
    } else {
      parts.append(part)
    }
  }

  private static func are(
    _ keys: [PodGroup.ContainerKey], running statuses: [ContainerStatusRecord]
  ) -> Bool {
    var next = keys.startIndex
    for status in statuses where status.state == .running {
      guard next < keys.endIndex, keys[next].role == status.role, keys[next].name == status.name
      else { return false }
      next += 1
    }
    return next == keys.endIndex
  }
}

extension PodGroup.ContainerKey {
  fileprivate init(_ status: ContainerStatusRecord) {
    self.init(role: status.role, name: status.name)
  }
}
