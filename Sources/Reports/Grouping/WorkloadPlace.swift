import Inventory

/// A workload among those of several clusters.
struct WorkloadPlace: Hashable {
  /// Position in `Report.clusters`.
  let cluster: Int
  let workload: WorkloadIdentity
}
