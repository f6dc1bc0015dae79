/// The Pods that wait, so that events can be laid beside the containers that they speak of.
package struct WaitingPods: Hashable, Sendable {
  /// Of one Pod: what an event about it may concern.
  package struct Pod: Hashable, Sendable {
    package let name: String
    package let namespace: String
    package let workload: WorkloadIdentity
    /// Its containers and image volumes, as the Pod has them.
    fileprivate let slots: [Slot]
  }

  /// One container, or one image volume.
  struct Slot: Hashable, Sendable {
    let role: ContainerRole
    let name: String
    let image: String
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
    let slots = containers.map { Slot(role: $0.role, name: $0.name, image: $0.image) }
    for (uid, name) in group.waiting {
      guard pods.count < Self.limit || pods[uid] != nil else { return }
      pods[uid] = Pod(
        name: name, namespace: group.metadata.namespace, workload: workload, slots: slots)
    }
  }
}

extension WaitingPods.Pod {
  /// What an event speaks of: the container that its `fieldPath` names (`spec.containers{app}`,
  /// `spec.initContainers{prepare}`); of a message that names an image, only what has that image.
  func slots(of event: EventRecord) -> [WaitingPods.Slot] {
    let named = slots.filter { !$0.image.isEmpty && event.message.contains("\"\($0.image)\"") }
    let placed = slots.filter { $0.stands(at: event.involvedFieldPath) }
    if named.isEmpty { return event.message.contains("\"") ? [] : placed }
    let both = named.filter(placed.contains)
    return both.isEmpty ? named : both
  }
}

extension WaitingPods.Slot {
  fileprivate func stands(at fieldPath: String) -> Bool {
    switch role {
    case .container: fieldPath == "spec.containers{\(name)}"
    case .initContainer, .sidecar: fieldPath == "spec.initContainers{\(name)}"
    case .ephemeral: fieldPath == "spec.ephemeralContainers{\(name)}"
    default: false
    }
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
