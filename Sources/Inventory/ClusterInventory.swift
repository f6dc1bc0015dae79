/// Every image use of one cluster, attributed to the workloads that people edit.
package struct ClusterInventory: Sendable {
  /// Sorted by identity.
  package var workloads: [Workload]
  /// Sorted by workload, then by place.
  package var uses: [ImageUse]
  /// Names of the namespaces that exist or hold a workload, sorted; "" when a cluster-scoped
  /// object holds images.
  package var namespaces: [String]
  /// Labels and annotations of the namespaces that were read, by name.
  package var namespaceMarks: [String: NamespaceMarks] = [:]
  package var waiting = WaitingPods()

  package init(workloads: [Workload], uses: [ImageUse], namespaces: [String]) {
    self.workloads = workloads
    self.uses = uses
    self.namespaces = namespaces
  }
}
