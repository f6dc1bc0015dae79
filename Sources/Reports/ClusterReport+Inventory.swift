package import Inventory

extension ClusterReport {
  /// A cluster that was read: counts its workloads and sums its findings up per namespace.
  package init(
    contexts: [String], server: String, clusterUID: String?, serverVersion: String?,
    inventory: ClusterInventory, findings: [Finding], coverage: [CoverageEntry],
    nodes: NodeCensus? = nil
  ) {
    let workloads: [String: Int] = inventory.workloads.reduce(into: [:]) { counts, workload in
      counts[workload.identity.namespace, default: 0] += 1
    }
    self.init(
      contexts: contexts, server: server, clusterUID: clusterUID, serverVersion: serverVersion,
      namespaces: NamespaceGrouping.make(
        findings: findings, namespaces: inventory.namespaces, coverage: coverage,
        workloads: workloads),
      findings: findings, workloadCount: inventory.workloads.count,
      useCount: inventory.uses.count, coverage: coverage,
      nodes: nodes.map { NodeReport.all(of: $0, findings: findings) })
  }
}
