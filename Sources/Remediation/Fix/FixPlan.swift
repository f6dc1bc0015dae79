package import Inventory
package import RegistryCatalogue
package import Reports

/// What to change so that a report's findings go away: per finding the smallest change at the
/// place that owns it.
package struct FixPlan: Hashable, Sendable {
  package let report: Report
  package let clusters: [ClusterFixes]

  /// - Parameter isWanted: the workloads that were asked for; nil: all.
  package init(_ report: Report, isWanted: ((WorkloadIdentity) -> Bool)? = nil) {
    self.report = report
    clusters = report.clusters.map { cluster in
      FixPlanner(report: report, cluster: cluster, isWanted: isWanted).fixes()
    }
  }
}

/// One cluster's part of a plan. Each finding that counts stands in exactly one list.
package struct ClusterFixes: Hashable, Sendable {
  package let cluster: ClusterReport
  let target: KubectlTarget
  /// Changes of objects in the cluster, in the order in which to make them.
  package internal(set) var live: [LiveFix] = []
  /// Mechanical changes that last only elsewhere.
  package internal(set) var sources: [SourceFix] = []
  /// Another name or version: a person decides.
  package internal(set) var successors: [Finding] = []
  /// No replacement is known.
  package internal(set) var open: [Finding] = []
  /// The exceptions file sets these aside.
  package internal(set) var aside: [Finding] = []
  package internal(set) var historyCount = 0
  /// Everything there is on file for the same namespaces, for what changes all tags of a name.
  var neighbours: [Finding] = []
  /// What could not be read, in words.
  package internal(set) var gaps: [String] = []

  var isEmpty: Bool {
    live.isEmpty && sources.isEmpty && successors.isEmpty && open.isEmpty
  }
}

/// The changes of one object.
package struct LiveFix: Hashable, Sendable {
  package let identity: WorkloadIdentity
  package let workload: Workload
  package let risk: Risk
  package let exposure: Exposure
  package let changes: [ImageChange]
}

/// Changes that one source owns.
package struct SourceFix: Hashable, Sendable {
  let place: EditPlace
  /// The workload they belong to; of managers and injectors nil: they stand behind many.
  let identity: WorkloadIdentity?
  package let risk: Risk
  package let findings: [Finding]
}

extension FixPlan {
  /// `3 objects to change in the cluster, 2 places to change at their source, 1 image use for a
  /// person to decide, 4 without a replacement`
  package var summary: String {
    let counts = [
      (clusters.reduce(0) { $0 + $1.live.count }, "object", "to change in the cluster"),
      (clusters.reduce(0) { $0 + $1.sources.count }, "place", "to change at the source"),
      (clusters.reduce(0) { $0 + $1.successors.count }, "image use", "for a person to decide"),
      (clusters.reduce(0) { $0 + $1.open.count }, "image use", "without a replacement"),
    ]
    let parts = counts.filter { $0.0 > 0 }.map { "\(CountWords.text($0.0, $0.1)) \($0.2)" }
    return parts.isEmpty ? "nothing to change in what was read" : parts.joined(separator: ", ")
  }
}
