import Inventory

/// Whether a report could have held a finding of the other one at all.
struct Blindness {
  let report: Report
  /// Nil: the report does not hold it.
  let cluster: ClusterReport?
  let other: Report
  let otherCluster: ClusterReport?

  /// What kept the report from holding it; nil when nothing did.
  func reason(for finding: Finding) -> String? {
    guard let cluster else { return "this cluster is not in the report" }
    if let failure = cluster.failure { return "the cluster was not read: \(failure)" }
    if !report.filter.isEmpty, report.filter != other.filter {
      return "filtered by \(report.filter.words)"
    }
    let namespace = finding.use.workload.namespace
    for entry in cluster.coverage
    where entry.holdsImages && (entry.namespace.isEmpty || entry.namespace == namespace) {
      let isNew = !(otherCluster?.coverage.contains { $0.isLike(entry) } ?? false)
      // A gap that was there before explains only what lies in it.
      guard entry.isUnread, isNew || entry.isOf(kind: finding.use.workload.kind) else { continue }
      // What was never asked for hides its own kind alone.
      if entry.state == .skipped, !isNew { continue }
      return FindingWords.gap(entry)
    }
    return nil
  }
}

extension CoverageEntry {
  fileprivate var isUnread: Bool { isGap || state == .skipped }

  fileprivate func isLike(_ other: CoverageEntry) -> Bool {
    resource == other.resource && namespace == other.namespace && state == other.state
  }

  /// Whether the resource's name is the kind's plural.
  fileprivate func isOf(kind: String) -> Bool {
    let plural = resource.prefix { $0 != "." }
    let singular = kind.lowercased()
    return [singular + "s", singular + "es", singular.dropLast() + "ies", singular]
      .contains(String(plural))
  }
}
