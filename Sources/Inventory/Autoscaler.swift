/// Something that changes a workload's replicas by itself: `HorizontalPodAutoscaler`
/// (`autoscaling/v2`), KEDA `ScaledObject`.
package struct AutoscalerRecord: Hashable, Sendable {
  package var metadata = ObjectMetadata()
  package var kind = ""
  /// `spec.scaleTargetRef`; KEDA defaults the kind to Deployment.
  package var targetKind = ""
  package var targetName = ""

  package init() {}
}

/// Which workloads start without a person, and what of that is known.
package struct AutoscalerIndex: Hashable, Sendable {
  private struct Target: Hashable {
    let namespace: String
    let kind: String
    let name: String
  }

  private var scalers: [Target: String] = [:]

  package init(_ records: [AutoscalerRecord] = []) {
    for record in records {
      let target = Target(
        namespace: record.metadata.namespace, kind: record.targetKind, name: record.targetName)
      let scaler = "\(record.kind)/\(record.metadata.name)"
      scalers[target] = min(scalers[target] ?? scaler, scaler)
    }
  }

  /// `KIND/NAME` of what scales this workload; nil when nothing read does.
  package func scaler(of workload: WorkloadIdentity) -> String? {
    scalers[
      Target(namespace: workload.namespace, kind: workload.kind, name: workload.name)]
  }
}

extension Workload {
  /// The queue of Kueue that will unsuspend this Job (`kueue.x-k8s.io/queue-name`).
  package var kueueQueue: String? {
    labels["kueue.x-k8s.io/queue-name"]
  }
}
