import Inventory
import Kubeconfig
import Reports

/// Workloads that somebody may have meant.
enum NearWorkloads {
  private static let limit = 5

  /// Nearest first: the same name, a name that begins the other (a Pod's begins with its owner's),
  /// a slip of the fingers; each as it can be typed.
  static func names(_ query: WorkloadQuery, among workloads: [WorkloadIdentity]) -> [String] {
    let allowed = max(1, query.name.count / 3)
    let ranked = workloads.compactMap { workload -> (rank: Int, workload: WorkloadIdentity)? in
      if workload.name == query.name {
        return (query.kind.matches(workload) ? 0 : 1, workload)
      }
      if query.name.hasPrefix("\(workload.name)-") || workload.name.hasPrefix(query.name) {
        return (2, workload)
      }
      // Distances cost their lengths' product: names of the cluster may be long.
      guard abs(workload.name.utf8.count - query.name.utf8.count) <= allowed else { return nil }
      let distance = EditDistance.between(query.name, workload.name)
      return distance <= allowed ? (2 + distance, workload) : nil
    }
    return ranked.sorted { ($0.rank, $0.workload) < ($1.rank, $1.workload) }.prefix(limit).map {
      let workload = $0.workload
      return [workload.namespace, workload.kind, workload.name].filter { !$0.isEmpty }
        .joined(separator: "/")
    }
  }
}
