package import Inventory
package import RegistryCatalogue

/// What became of findings from one report to a later one, and why.
///
/// A place is one image in one container of one workload; its worst finding stands for it. History
/// and clean uses are left out, and exceptions change nothing: who sets a finding aside has not
/// fixed it.
package struct ReportDiff: Hashable, Sendable {
  package enum Change: String, Hashable, Sendable, CaseIterable {
    case appeared
    case worse
    case better
    case fixed
    /// Not in the later report, which did not look everywhere: not the same as fixed.
    case unreadable = "no longer readable"
    /// Not in the former report, which did not look everywhere: it may be old.
    case readable = "readable now"

    /// Whether the later report says more or worse than the former.
    package var isNew: Bool { self == .appeared || self == .readable }
  }

  package enum Cause: String, Hashable, Sendable, CaseIterable {
    case cluster = "cluster changed"
    case catalogue = "catalogue changed"
    case date = "date passed"
    /// Several changed, and the reports do not tell which one did it.
    case undetermined = "cluster, catalogue or date"
    /// Another part was read, or another filter was in force.
    case coverage = "coverage changed"
  }

  package struct Entry: Hashable, Sendable {
    package var change: Change
    package var cause: Cause
    /// The first context of the cluster, or its server.
    package var cluster: String
    package var team: String?
    package var workload: WorkloadIdentity
    package var container: String
    /// As written.
    package var image: String
    /// Nil where it is not in the former report.
    package var before: Risk?
    /// Nil where it is not in the later report.
    package var after: Risk?
    /// What was not read or shown, for `unreadable` and `readable`.
    package var note: String?
  }

  /// How many entries there are of each change.
  package typealias Tally = [Change: Int]

  /// By cluster, then change, the worst first, then by place.
  package var entries: [Entry]

  /// - Parameter judge: the catalogue at hand, which tells what changed: it is asked only about a
  ///   report that it judged.
  package init(from before: Report, to after: Report, judge: DiffJudge? = nil) {
    entries = ReportComparison(before: before, after: after, judge: judge).entries()
  }

  package var hasNew: Bool { entries.contains { $0.change.isNew } }

  package var total: Tally { Self.tally(entries) }

  package enum Dimension: Sendable {
    case cluster
    case namespace
    case team
  }

  /// Sorted by name. Namespaces are parted by cluster where there are several.
  package func tallies(by dimension: Dimension) -> [(name: String, tally: Tally)] {
    let isFleet = Set(entries.map(\.cluster)).count > 1
    let groups = Dictionary(grouping: entries) { entry in
      switch dimension {
      case .cluster: entry.cluster
      case .team: entry.team ?? "(no team)"
      case .namespace:
        (isFleet ? "\(entry.cluster)/" : "")
          + (entry.workload.namespace.isEmpty ? "(cluster)" : entry.workload.namespace)
      }
    }
    return groups.sorted { $0.key < $1.key }.map { ($0.key, Self.tally($0.value)) }
  }

  private static func tally(_ entries: [Entry]) -> Tally {
    entries.reduce(into: [:]) { $0[$1.change, default: 0] += 1 }
  }
}
