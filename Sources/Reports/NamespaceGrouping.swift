package import Inventory
import RegistryCatalogue

/// Sums up findings, coverage and workloads per namespace.
package enum NamespaceGrouping {
  /// One line per namespace, worst first.
  ///
  /// - Parameters:
  ///   - findings: of one cluster, in any order; history is left out of every number.
  ///   - namespaces: those that exist; empty when they could not be listed. Namespaces that hold
  ///     a workload, a finding or a coverage gap are added.
  ///   - coverage: the whole ledger. A gap in a kind that holds images, or such a kind left out by
  ///     `--kinds`, makes its namespace partly unknown; a cluster-wide gap does so for every
  ///     namespace without a `read` entry for the same kind.
  ///   - workloads: how many workloads each namespace holds; the key is empty for cluster scope.
  ///   - leftOut: findings that a filter took away.
  package static func make(
    findings: [Finding], namespaces: some Sequence<String>, coverage: [CoverageEntry],
    workloads: [String: Int], leftOut: [Finding] = []
  ) -> [NamespaceReport] {
    let gaps = Gaps(coverage)
    // Positions, not findings: a cluster has many thousand.
    let byNamespace = Dictionary(
      grouping: findings.indices, by: { findings[$0].use.workload.namespace })
    let missing = Dictionary(grouping: leftOut, by: { $0.use.workload.namespace })
    var names = Set(namespaces)
    names.formUnion(byNamespace.keys)
    names.formUnion(gaps.namespaces)
    for (name, count) in workloads where count > 0 {
      names.insert(name)
    }
    return names.map { name in
      report(
        name: name, findings: (byNamespace[name] ?? []).map { findings[$0] },
        leftOut: missing[name] ?? [],
        isPartlyUnknown: gaps.touch(name), workloads: workloads[name] ?? 0)
    }
    .sorted(by: precedes)
  }

  private static func report(
    name: String, findings: [Finding], leftOut: [Finding], isPartlyUnknown: Bool, workloads: Int
  ) -> NamespaceReport {
    let counting = findings.filter { $0.counts && $0.risk > .clean }
    let shown = Set(counting.map(\.use.workload))
    let filtered = Set(leftOut.filter { $0.counts && $0.risk > .clean }.map(\.use.workload))
      .subtracting(shown)
    let mitigated = Set(findings.filter { !$0.isHistory && $0.isMitigated }.map(\.use.workload))
      .subtracting(shown).subtracting(filtered)
    var atRisk: Set<WorkloadIdentity> = []
    var exposed: [Exposure: Set<WorkloadIdentity>] = [:]
    for finding in counting where finding.risk >= .low {
      atRisk.insert(finding.use.workload)
      exposed[finding.exposure, default: []].insert(finding.use.workload)
    }
    var report = NamespaceReport(
      name: name,
      risk: counting.map(\.risk).max() ?? .clean,
      isPartlyUnknown: isPartlyUnknown,
      workloads: max(workloads, atRisk.count),
      atRisk: atRisk.count,
      byExposure: exposed.mapValues(\.count),
      worst: counting.min(by: FindingOrder.precedes))
    report.filtered = filtered.count
    report.mitigated = mitigated.count
    return report
  }

  /// Risk, then partly unknown, then the number at risk, then the name by its scalars.
  private static func precedes(_ left: NamespaceReport, _ right: NamespaceReport) -> Bool {
    if left.risk != right.risk { return left.risk > right.risk }
    if left.isPartlyUnknown != right.isPartlyUnknown { return left.isPartlyUnknown }
    if left.atRisk != right.atRisk { return left.atRisk > right.atRisk }
    return left.name < right.name
  }

  /// Which namespaces have an unread kind that holds images.
  private struct Gaps {
    /// Namespaces with a gap of their own.
    var namespaces: Set<String> = []
    /// Per kind that has a cluster-wide gap: the namespaces where it was read all the same.
    private var readDespiteGap: [String: Set<String>] = [:]

    init(_ coverage: [CoverageEntry]) {
      let gaps = coverage.filter(\.mayHideImages)
      namespaces = Set(gaps.map(\.namespace).filter { !$0.isEmpty })
      for gap in gaps where gap.namespace.isEmpty {
        readDespiteGap[gap.resource] = []
      }
      for entry in coverage where entry.state == .read && !entry.namespace.isEmpty {
        readDespiteGap[entry.resource]?.insert(entry.namespace)
      }
    }

    func touch(_ namespace: String) -> Bool {
      namespaces.contains(namespace)
        || readDespiteGap.values.contains { !$0.contains(namespace) }
    }
  }
}
