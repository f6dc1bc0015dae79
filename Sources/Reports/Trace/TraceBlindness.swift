import Inventory
import RegistryCatalogue

/// What kept a report from showing that something of a file is live.
struct TraceBlindness {
  let report: Report
  /// What judged the files.
  let catalogue: CatalogueStamp

  /// Nil where every cluster would have shown it.
  func reason(for source: TraceSource) -> String? {
    if report.clusters.isEmpty { return "the report holds no cluster" }
    for cluster in report.clusters {
      guard let reason = reason(for: source, in: cluster) else { continue }
      let name = cluster.contexts.first ?? ""
      return report.clusters.count > 1 ? "\(name): \(reason)" : reason
    }
    return nil
  }

  private func reason(for source: TraceSource, in cluster: ClusterReport) -> String? {
    if cluster.failure != nil { return "the cluster was not read" }
    let stamp = report.stamp(of: cluster)
    if stamp.catalogue.sha256 != catalogue.sha256 || stamp.asOf != report.asOf {
      return "the report judges by other rules, or another day"
    }
    return filtered(source, in: cluster) ?? unread(source, in: cluster)
  }

  /// Rules and images choose among the files' findings too.
  private func filtered(_ source: TraceSource, in cluster: ClusterReport) -> String? {
    let filter = report.filter
    var rest = filter
    (rest.namespaces, rest.excludedNamespaces) = ([], [])
    (rest.rules, rest.images, rest.onlyLegacy) = ([], [], false)
    if !rest.isEmpty, cluster.filteredFindings > 0 { return "filtered by \(filter.words)" }
    let namespace = source.use.workload.namespace
    guard filter.namespaces.isEmpty, filter.excludedNamespaces.isEmpty else {
      return source.isInObject && !namespace.isEmpty && filter.includes(namespace: namespace)
        ? nil : "filtered by \(filter.words)"
    }
    return nil
  }

  /// An object is looked for among its kind, in its namespace; anything else may be anywhere.
  private func unread(_ source: TraceSource, in cluster: ClusterReport) -> String? {
    guard source.isInObject else {
      return cluster.coverage.first { $0.isGap && $0.holdsImages }.map(FindingWords.gap)
    }
    let workload = source.use.workload
    let own = cluster.coverage.filter { entry in
      entry.isOf(workload)
        && (workload.namespace.isEmpty || entry.touches(workload.namespace, cluster))
    }
    if let gap = own.first(where: \.isUnread) { return FindingWords.gap(gap) }
    return own.isEmpty ? "the scan does not read \(workload.kind) there" : nil
  }
}
