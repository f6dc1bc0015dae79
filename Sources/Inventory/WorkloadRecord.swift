/// The built-in kinds that hold a pod template.
package enum WorkloadKind: String, Hashable, Sendable, CaseIterable {
  case deployment = "Deployment"
  case replicaSet = "ReplicaSet"
  case statefulSet = "StatefulSet"
  case daemonSet = "DaemonSet"
  case job = "Job"
  case cronJob = "CronJob"
  case replicationController = "ReplicationController"
  case podTemplate = "PodTemplate"

  /// The path from the object's root to its pod spec.
  package var podSpecPath: String {
    switch self {
    case .cronJob: "spec.jobTemplate.spec.template.spec"
    case .podTemplate: "template.spec"
    default: "spec.template.spec"
    }
  }
}

/// What a scan keeps of a built-in object with a pod template.
package struct WorkloadRecord: Hashable, Sendable {
  package var kind: WorkloadKind
  /// The group and version it was read in, for example `batch/v1beta1`; nil: the kind's usual one.
  package var servedVersion: String?
  package var metadata = ObjectMetadata()
  package var template = PodSpecRecord()
  /// `spec.replicas`; `status.desiredNumberScheduled` of a DaemonSet; nil where absent
  /// (the server defaults replicas to 1) or where the kind has none.
  package var desired: Int?
  /// `status.replicas` (0 when absent); `status.active` of a Job; the number of `status.active` of
  /// a CronJob.
  package var observed = 0
  /// `spec.suspend` of a Job or CronJob.
  package var isSuspended = false
  /// A Job with a condition `Complete` or `Failed` whose status is `True`.
  package var isFinished = false

  package init(kind: WorkloadKind) {
    self.kind = kind
  }
}
