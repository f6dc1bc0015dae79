/// Pods of one owner with the same containers: a Deployment's thousand Pods are one group.
struct PodGroup {
  struct Key: Hashable {
    /// An owner without a namespace may own Pods in several.
    let namespace: String
    /// The controlling owner; the Pod itself when it has none.
    let owner: ObjectKey
    var containers: [ContainerRecord]
    let hasEnded: Bool
  }

  /// Which container of the group a failure speaks of.
  struct ContainerKey: Hashable {
    let role: ContainerRole
    let name: String
  }

  /// Of the Pod whose name sorts first: its owner speaks for the group.
  private(set) var metadata: ObjectMetadata
  /// Where any of the Pods may be bound.
  private(set) var placement: PodPlacement
  var count = 0
  var nodes = PodNodes()
  /// Whether the scan's selector matches the labels of one of the Pods.
  var isSelected = false
  var failures: [ContainerKey: [StartFailure]] = [:]
  var failureCounts: [ContainerKey: Int] = [:]
  /// Pods that wait: UID to name, at most `WaitingPods.limit`.
  private(set) var waiting: [String: String] = [:]

  init(_ pod: PodRecord) {
    metadata = pod.metadata
    placement = pod.spec.placement
  }

  mutating func add(_ pod: PodRecord) {
    count += 1
    speak(pod.metadata, pod.spec.placement)
    if !pod.nodeName.isEmpty {
      nodes.add(pod.nodeName, running: pod.hasEnded ? [] : pod.statuses)
    }
    guard !pod.hasEnded else { return }
    noteFailures(of: pod)
    if pod.isWaiting && waiting.count < WaitingPods.limit {
      waiting[pod.metadata.uid] = pod.metadata.name
    }
  }

  private mutating func noteFailures(of pod: PodRecord) {
    // Several containers of a Pod wait for one volume; that is one failure.
    var noted: [ContainerKey: Set<StartFailure>] = [:]
    func note(_ failure: StartFailure, of key: ContainerKey) {
      guard noted[key, default: []].insert(failure).inserted else { return }
      failureCounts[key, default: 0] += 1
      keep(failure, of: key)
    }
    for status in pod.statuses
    where status.state == .waiting && StartFailureReasons.isKept(status.reason) {
      let failure = StartFailure(
        pod: pod.metadata.name, reason: status.reason, message: status.message)
      if status.reason == StartFailureReasons.imageVolume {
        for volume in Self.failingVolumes(of: pod, message: status.message) {
          note(failure, of: ContainerKey(role: .imageVolume, name: volume))
        }
      } else {
        note(failure, of: ContainerKey(role: status.role, name: status.name))
      }
    }
  }

  /// Whose metadata and which nodes stand for the group, whatever the order of arrival.
  private mutating func speak(_ metadata: ObjectMetadata, _ placement: PodPlacement) {
    if metadata.name < self.metadata.name { self.metadata = metadata }
    self.placement.formUnion(placement)
  }

  mutating func merge(_ other: PodGroup) {
    count += other.count
    isSelected = isSelected || other.isSelected
    speak(other.metadata, other.placement)
    nodes.formUnion(other.nodes)
    for (uid, name) in other.waiting where waiting.count < WaitingPods.limit {
      waiting[uid] = name
    }
    for (key, failures) in other.failures {
      for failure in failures { keep(failure, of: key) }
    }
    failureCounts.merge(other.failureCounts, uniquingKeysWith: +)
  }

  /// Keeps the smallest few, so that the order of arrival does not show.
  private mutating func keep(_ failure: StartFailure, of key: ContainerKey) {
    var kept = failures[key, default: []]
    // The same Pod came with two pages.
    guard !kept.contains(failure) else { return }
    let place = kept.firstIndex { failure < $0 } ?? kept.endIndex
    kept.insert(failure, at: place)
    failures[key] = Array(kept.prefix(ImageUse.maximumFailures))
  }

  /// The volumes that a message names; all image volumes of the Pod when it names none of them.
  private static func failingVolumes(of pod: PodRecord, message: String) -> [String] {
    let volumes = pod.spec.containers.filter { $0.role == .imageVolume }
    let named = volumes.filter { Self.names(message, $0.image) }
    return (named.isEmpty ? volumes : named).map(\.name)
  }

  /// Whether the message has this text as a whole reference: `…/app` does not stand in `…/app:2`.
  private static func names(_ message: String, _ image: String) -> Bool {
    guard !image.isEmpty else { return false }
    return message.ranges(of: image).contains { range in
      let rest = message[range.upperBound...].unicodeScalars.prefix(2)
      guard let next = rest.first else { return true }
      // A colon or a period that ends a clause is followed by no letter.
      if next == ":" || next == "." { return !(rest.dropFirst().first.map(isWordy) ?? false) }
      return !isWordy(next) && !"-/@".unicodeScalars.contains(next)
    }
  }

  private static func isWordy(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_"
      || (scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil))
  }
}
