/// A former report that findings are held against: what it holds is known.
///
/// A cluster is the same by its UID, or, where one of the two reports has none, by a context in
/// common; a finding is the same by workload, container, image and rule. What was history then
/// is new when it counts now.
package struct Baseline: Sendable {
  private struct Cluster: Sendable {
    let uid: String?
    let contexts: Set<String>
    let findings: Set<FindingIdentity>

    func isSame(as cluster: ClusterReport) -> Bool {
      if let uid, let other = cluster.clusterUID { return uid == other }
      return !contexts.isDisjoint(with: cluster.contexts)
    }
  }

  private let clusters: [Cluster]
  /// The flags of the filter that was in force: what it left out is not held.
  package let filter: [String]

  package init(_ report: Report) {
    clusters = report.clusters.map { cluster in
      // An exception that has ended makes nothing new.
      let held = cluster.findings.filter { $0.counts || ($0.waiver != nil && !$0.isHistory) }
      return Cluster(
        uid: cluster.clusterUID, contexts: Set(cluster.contexts),
        findings: Set(held.map { FindingIdentity($0) }))
    }
    filter = report.filter.flags
  }

  /// Reads what `-o json` wrote.
  package init(json bytes: [UInt8]) throws(ReportReadError) {
    self.init(try ReportReader.read(bytes))
  }

  package func holds(_ cluster: ClusterReport) -> Bool {
    clusters.contains { $0.isSame(as: cluster) }
  }

  package func holds(_ finding: Finding, of cluster: ClusterReport) -> Bool {
    let identity = FindingIdentity(finding)
    return clusters.contains { $0.isSame(as: cluster) && $0.findings.contains(identity) }
  }

  /// How many of the report's findings are new and how many are known, of those that may fail.
  package func tally(_ report: Report) -> (new: Int, known: Int) {
    var (new, known) = (0, 0)
    for cluster in report.clusters {
      for finding in cluster.findings where finding.mayFail && finding.kind != .clean {
        if holds(finding, of: cluster) { known += 1 } else { new += 1 }
      }
    }
    return (new, known)
  }
}
