/// Pods of one owner with the same containers: a Deployment's thousand Pods are one group.
struct PodGroup {
  struct Key: Hashable {
    /// The controlling owner's UID; the Pod's own UID when it has none.
    let owner: String
    let spec: PodSpecRecord
    let hasEnded: Bool
  }

  /// Which container of the group a failure speaks of.
  struct ContainerKey: Hashable {
    let role: ContainerRole
    let name: String
  }

  /// The first Pod's metadata: its owner speaks for the group.
  let metadata: ObjectMetadata
  let placement: PodPlacement
  var count = 0
  var nodes: Set<String> = []
  var runningNodes: [ContainerKey: Set<String>] = [:]
  var failures: [ContainerKey: [StartFailure]] = [:]
  var failureCounts: [ContainerKey: Int] = [:]

  init(_ pod: PodRecord) {
    metadata = pod.metadata
    placement = pod.spec.placement
  }

  mutating func add(_ pod: PodRecord) {
    count += 1
    if !pod.nodeName.isEmpty { nodes.insert(pod.nodeName) }
    guard !pod.hasEnded else { return }
    for status in pod.statuses where status.state == .running && !pod.nodeName.isEmpty {
      let key = ContainerKey(role: status.role, name: status.name)
      runningNodes[key, default: []].insert(pod.nodeName)
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

  mutating func merge(_ other: PodGroup) {
    count += other.count
    nodes.formUnion(other.nodes)
    runningNodes.merge(other.runningNodes) { $0.union($1) }
    for (key, failures) in other.failures {
      for failure in failures { keep(failure, of: key) }
    }
    failureCounts.merge(other.failureCounts, uniquingKeysWith: +)
  }

  private mutating func note(_ failure: StartFailure, of key: ContainerKey) {
    failureCounts[key, default: 0] += 1
    keep(failure, of: key)
  }

  /// Keeps the smallest few, so that the order of arrival does not show.
  private mutating func keep(_ failure: StartFailure, of key: ContainerKey) {
    var kept = failures[key, default: []]
    let place = kept.firstIndex { failure < $0 } ?? kept.endIndex
    kept.insert(failure, at: place)
    failures[key] = Array(kept.prefix(ImageUse.maximumFailures))
  }

  /// The volumes that a message names; all image volumes of the Pod when it names none of them.
  private static func failingVolumes(of pod: PodRecord, message: String) -> [String] {
    let volumes = pod.spec.containers.filter { $0.role == .imageVolume }
    let named = volumes.filter { !$0.image.isEmpty && message.contains($0.image) }
    return (named.isEmpty ? volumes : named).map(\.name)
  }
}
