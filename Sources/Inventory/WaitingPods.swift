/// The Pods that wait, so that events can be laid beside the containers that they speak of.
package struct WaitingPods: Hashable, Sendable {
  /// Of one Pod: what an event about it may concern.
  package struct Pod: Hashable, Sendable {
    package let name: String
    package let namespace: String
    package let workload: WorkloadIdentity
    /// Images by container name, as the Pod has them; init and ephemeral containers apart.
    fileprivate let images: [String: String]
    fileprivate let initImages: [String: String]
    fileprivate let ephemeralImages: [String: String]
  }

  /// A cluster in which more wait has other worries; the first by UID are enough to explain.
  static let limit = 5_000

  private var pods: [String: Pod] = [:]

  init() {}

  package var isEmpty: Bool { pods.isEmpty }

  package var namespaces: [String] {
    Set(pods.values.map(\.namespace)).sorted()
  }

  package func pod(uid: String) -> Pod? { pods[uid] }

  mutating func add(_ group: PodGroup, containers: [ContainerRecord], of workload: WorkloadIdentity)
  {
    func images(_ roles: Set<ContainerRole>) -> [String: String] {
      Dictionary(
        containers.filter { roles.contains($0.role) }.map { ($0.name, $0.image) },
        uniquingKeysWith: { first, _ in first })
    }
    let (own, ephemeral) = (images([.container]), images([.ephemeral]))
    let initial = images([.initContainer, .sidecar])
    for (uid, name) in group.waiting {
      guard pods.count < Self.limit || pods[uid] != nil else { return }
      pods[uid] = Pod(
        name: name, namespace: group.metadata.namespace, workload: workload, images: own,
        initImages: initial, ephemeralImages: ephemeral)
    }
  }
}

extension WaitingPods.Pod {
  /// The container that an event's `fieldPath` names (`spec.containers{app}`,
  /// `spec.initContainers{prepare}`), with its image.
  func container(at fieldPath: String) -> (roles: Set<ContainerRole>, name: String, image: String)? {
    guard let brace = fieldPath.firstIndex(of: "{"), fieldPath.hasSuffix("}") else { return nil }
    let name = String(fieldPath[fieldPath.index(after: brace)...].dropLast())
    let (roles, images): (Set<ContainerRole>, [String: String])
    switch fieldPath[..<brace] {
    case "spec.containers": (roles, images) = ([.container], self.images)
    case "spec.initContainers": (roles, images) = ([.initContainer, .sidecar], initImages)
    case "spec.ephemeralContainers": (roles, images) = ([.ephemeral], ephemeralImages)
    default: return nil
    }
    return images[name].map { (roles, name, $0) }
  }
}

extension PodRecord {
  /// Whether something keeps it from running: events may then say what its status does not.
  ///
  /// `ContainerCreating` and `PodInitializing` are the kubelet's words for "not yet"; a sandbox
  /// that cannot be made leaves a Pod there (`pkg/kubelet/kubelet_pods.go`).
  var isWaiting: Bool {
    guard !hasEnded else { return false }
    if phase == "Pending" && !nodeName.isEmpty { return true }
    return statuses.contains { status in
      status.state == .waiting
        && (StartFailureReasons.isKept(status.reason) || status.reason == "ContainerCreating")
    }
  }
}
