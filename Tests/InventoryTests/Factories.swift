import ImageReferences

@testable import Inventory

extension ObjectMetadata {
  /// The UID is made from the name unless one is given.
  static func make(
    _ name: String, namespace: String = "shop", uid: String? = nil, owner: OwnerReference? = nil,
    labels: [String: String] = [:], annotations: [String: String] = [:], created: Int64? = nil
  ) -> ObjectMetadata {
    var metadata = ObjectMetadata()
    metadata.name = name
    metadata.namespace = namespace
    metadata.uid = uid ?? "uid-\(name)"
    metadata.owner = owner
    metadata.labels = labels
    metadata.annotations = annotations
    metadata.creationTimestamp = created
    return metadata
  }
}

extension OwnerReference {
  static func make(
    _ kind: String, _ name: String, uid: String? = nil, apiVersion: String? = nil
  ) -> OwnerReference {
    let usual =
      switch kind {
      case "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet": "apps/v1"
      case "Job", "CronJob": "batch/v1"
      case "Node", "ReplicationController": "v1"
      default: "example.com/v1"
      }
    return OwnerReference(
      apiVersion: apiVersion ?? usual, kind: kind, name: name, uid: uid ?? "uid-\(name)")
  }
}

extension ContainerRecord {
  static func make(
    _ image: String, name: String = "app", role: ContainerRole = .container, index: Int = 0,
    policy: PullPolicy = .ifNotPresent
  ) -> ContainerRecord {
    var container = ContainerRecord()
    container.image = image
    container.name = name
    container.role = role
    container.index = index
    container.pullPolicy = policy
    return container
  }
}

extension TolerationRecord {
  static func make(
    key: String = "", operator word: String = "", value: String = "", effect: String = ""
  ) -> TolerationRecord {
    var toleration = TolerationRecord()
    (toleration.key, toleration.operator) = (key, word)
    (toleration.value, toleration.effect) = (value, effect)
    return toleration
  }
}

extension TaintRecord {
  static func make(key: String, value: String = "", effect: String) -> TaintRecord {
    var taint = TaintRecord()
    (taint.key, taint.value, taint.effect) = (key, value, effect)
    return taint
  }
}

extension PodSpecRecord {
  static func make(
    _ containers: [ContainerRecord], nodeSelector: [String: String] = [:],
    tolerations: [TolerationRecord] = []
  ) -> PodSpecRecord {
    var spec = PodSpecRecord()
    spec.containers = containers
    spec.nodeSelector = nodeSelector
    spec.tolerations = tolerations
    return spec
  }
}

extension WorkloadRecord {
  static func make(
    _ kind: WorkloadKind, _ name: String = "web", namespace: String = "shop", uid: String? = nil,
    owner: OwnerReference? = nil, images: [String] = ["nginx:1"],
    containers: [ContainerRecord]? = nil, desired: Int? = nil, observed: Int = 0,
    isSuspended: Bool = false, isFinished: Bool = false, labels: [String: String] = [:]
  ) -> WorkloadRecord {
    var record = WorkloadRecord(kind: kind)
    record.metadata = .make(name, namespace: namespace, uid: uid, owner: owner, labels: labels)
    record.template = .make(
      containers
        ?? images.enumerated().map {
          .make($0.element, name: $0.offset == 0 ? "app" : "app\($0.offset)", index: $0.offset)
        })
    record.desired = desired
    record.observed = observed
    record.isSuspended = isSuspended
    record.isFinished = isFinished
    return record
  }
}

extension ContainerStatusRecord {
  static func make(
    _ name: String = "app", role: ContainerRole = .container, state: State = .running,
    reason: String = "", message: String = ""
  ) -> ContainerStatusRecord {
    var status = ContainerStatusRecord()
    status.name = name
    status.role = role
    status.state = state
    status.reason = reason
    status.message = message
    return status
  }

  static func waiting(
    _ reason: String, _ message: String = "", name: String = "app",
    role: ContainerRole = .container
  ) -> ContainerStatusRecord {
    .make(name, role: role, state: .waiting, reason: reason, message: message)
  }
}

extension PodRecord {
  static func make(
    _ name: String = "web-1", namespace: String = "shop", uid: String? = nil,
    owner: OwnerReference? = nil, image: String = "nginx:1",
    containers: [ContainerRecord]? = nil, node: String = "node-1", phase: String = "Running",
    reason: String = "", statuses: [ContainerStatusRecord]? = nil, labels: [String: String] = [:],
    annotations: [String: String] = [:]
  ) -> PodRecord {
    var pod = PodRecord()
    pod.metadata = .make(
      name, namespace: namespace, uid: uid, owner: owner, labels: labels, annotations: annotations)
    pod.spec = .make(containers ?? [.make(image)])
    pod.nodeName = node
    pod.phase = phase
    pod.reason = reason
    pod.statuses = statuses ?? (phase == "Running" ? [.make()] : [])
    return pod
  }
}

extension NodeRecord {
  static func make(
    _ name: String, labels: [String: String] = [:], taints: [TaintRecord] = [],
    isUnschedulable: Bool = false, images: [[String]] = [], created: Int64? = nil
  ) -> NodeRecord {
    var node = NodeRecord()
    node.metadata = .make(name, namespace: "", labels: labels, created: created)
    node.taints = taints
    node.isUnschedulable = isUnschedulable
    node.images = images
    return node
  }
}

extension ClusterInventory {
  static func make(
    _ workloads: [WorkloadRecord] = [], pods: [PodRecord] = [], namespaces: [String] = []
  ) -> ClusterInventory {
    var builder = InventoryBuilder()
    for workload in workloads { builder.add(workload) }
    for pod in pods { builder.add(pod) }
    for name in namespaces { builder.add(namespace: name) }
    return builder.finish()
  }

  /// `KIND/NAME IMAGE ACTIVITY[ xPODS][ — NOTE]`, a line a use.
  var summary: [String] {
    uses.map { use in
      "\(use.workload.kind)/\(use.workload.name) \(use.image.text) \(use.activity.text)"
        + (use.podCount == 0 ? "" : " x\(use.podCount)")
        + (use.origin.note.map { " — \($0)" } ?? "")
    }
  }
}

extension Activity {
  var text: String {
    if case .active(let desired?) = self { "active(\(desired))" } else { word }
  }
}
