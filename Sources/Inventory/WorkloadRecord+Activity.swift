extension WorkloadRecord {
  /// Whether something starts containers of this object, seen on its own.
  ///
  /// `replicas` and `parallelism` default to 1 on the server (`apps/v1`, `batch/v1` defaults). An
  /// object that still has replicas counts as active whatever it asks for.
  package var activity: Activity {
    switch kind {
    case .deployment, .replicaSet, .statefulSet, .replicationController:
      return desired ?? 1 > 0 || observed > 0 ? .active(desired: desired ?? 1) : .scaledToZero
    case .daemonSet:
      // 0 desired is not asleep: the next matching node starts it.
      return .active(desired: desired ?? 0)
    case .job:
      if isFinished { return .completed }
      if isSuspended && observed == 0 { return .suspended }
      return desired ?? 1 > 0 || observed > 0 ? .active(desired: desired ?? 1) : .scaledToZero
    case .cronJob:
      return isSuspended && observed == 0 ? .suspended : .active(desired: nil)
    case .podTemplate:
      return .inert
    }
  }

  /// The API version under which a person finds it on that server.
  package var apiVersion: String {
    if let servedVersion { return servedVersion }
    return switch kind {
    case .deployment, .replicaSet, .statefulSet, .daemonSet: "apps/v1"
    case .job, .cronJob: "batch/v1"
    case .replicationController, .podTemplate: "v1"
    }
  }

  package var identity: WorkloadIdentity {
    WorkloadIdentity(
      apiVersion: apiVersion, kind: kind.rawValue, namespace: metadata.namespace,
      name: metadata.name)
  }

  /// In the order of identities.
  var names: (namespace: String, kind: String, name: String, apiVersion: String) {
    (metadata.namespace, kind.rawValue, metadata.name, apiVersion)
  }
}
