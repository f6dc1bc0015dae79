import Inventory

extension ReportFilter {
  /// The report without what the filter leaves out; it says which filter, and how much is missing.
  ///
  /// Coverage stays whole: what was not read might have passed. Namespaces and workloads that are
  /// not looked at vanish from the numbers; workloads whose findings alone are left out stay in
  /// them, and their namespaces are *filtered*, never clean.
  package func applied(to report: Report) -> Report {
    guard !isEmpty else { return report }
    var filtered = report
    filtered.filter = self
    filtered.clusters = report.clusters.map { applied(to: $0, of: report) }
    return filtered
  }

  private func applied(to cluster: ClusterReport, of report: Report) -> ClusterReport {
    guard cluster.failure == nil else { return cluster }
    let kept = cluster.findings.filter(includes)
    let dropped = cluster.findings.filter { !includes($0) }
    let lookedAt = cluster.findings.filter(includesWorkload)
    let workloads = workloadCounts(cluster, lookedAt)
    var result = cluster
    result.findings = kept
    result.filteredFindings += dropped.count {
      $0.kind != .clean && (report.includesHistory || !$0.isHistory)
    }
    if !passesAll(of: cluster) {
      result.isHistoryUncounted = cluster.unlistedHistory.uses > 0
      result.unlistedHistory = HistoryTotals(uses: 0, workloads: 0)
    }
    result.isNarrowed = choosesMoreThanNamespaces || result.filteredFindings > 0
    result.workloadCount = workloads.values.reduce(0, +)
    result.useCount = isScoped ? lookedAt.count : cluster.useCount
    result.namespaces = NamespaceGrouping.make(
      findings: kept,
      namespaces: cluster.namespaces.filter { shows($0, workloads) }.map(\.name),
      coverage: cluster.coverage, workloads: workloads,
      leftOut: dropped.filter { includesWorkload(of: $0) })
    return result
  }

  /// What `-n` leaves out was not even read.
  var choosesMoreThanNamespaces: Bool {
    var rest = self
    rest.namespaces = []
    return !rest.isEmpty
  }

  /// Whether nothing of a cluster is left out, known or not.
  private func passesAll(of cluster: ClusterReport) -> Bool {
    var rest = self
    (rest.namespaces, rest.excludedNamespaces) = ([], [])
    return rest.isEmpty && cluster.namespaces.allSatisfy { includes(namespace: $0.name) }
  }

  private var isScoped: Bool {
    choosesWorkloads || !namespaces.isEmpty || !excludedNamespaces.isEmpty
  }

  /// How many workloads of each namespace are looked at.
  private func workloadCounts(
    _ cluster: ClusterReport, _ lookedAt: [Finding]
  ) -> [String: Int] {
    guard choosesWorkloads else {
      return Dictionary(
        cluster.namespaces.filter { includes(namespace: $0.name) }.map { ($0.name, $0.workloads) },
        uniquingKeysWith: max)
    }
    return Dictionary(grouping: Set(lookedAt.map(\.use.workload)), by: \.namespace)
      .mapValues(\.count)
  }

  /// A namespace without a chosen workload is no answer, unless one could be there unread.
  private func shows(_ namespace: NamespaceReport, _ workloads: [String: Int]) -> Bool {
    guard includes(namespace: namespace.name) else { return false }
    return !choosesWorkloads || namespace.isPartlyUnknown || (workloads[namespace.name] ?? 0) > 0
  }
}

extension Report {
  /// `filtered by --risk high, -l app=web: 12 findings not shown`; nil when nothing but whole
  /// namespaces was left out, of which nothing is known. Not sanitised.
  package var filterInWords: String? {
    guard clusters.contains(where: \.isNarrowed) else { return nil }
    return words(filtered: clusters.reduce(0) { $0 + $1.filteredFindings })
  }

  func filterInWords(_ cluster: ClusterReport) -> String? {
    cluster.isNarrowed ? words(filtered: cluster.filteredFindings) : nil
  }

  private func words(filtered count: Int) -> String {
    // Nothing is known of namespaces that were not read: a zero would say that nothing is there.
    if count == 0, !filter.namespaces.isEmpty || !filter.excludedNamespaces.isEmpty {
      return "filtered by \(filter.words)"
    }
    return "filtered by \(filter.words): \(CountWords.text(count, "finding")) not shown"
  }
}
