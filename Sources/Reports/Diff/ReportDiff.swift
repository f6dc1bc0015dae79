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
    /// Not in the later report, which did not look everywhere: not the same as fixed. With a risk
    /// in both: what made it as bad as it was could not be seen.
    case unreadable
    /// Not in the former report, which did not look everywhere: it may be old.
    case readable

    package var words: String {
      switch self {
      case .appeared, .worse, .better, .fixed: rawValue
      case .unreadable: "no longer readable"
      case .readable: "readable now"
      }
    }

    /// Whether the later report holds what the former did not.
    package var isNew: Bool { self == .appeared || self == .readable }
  }

  package enum Cause: String, Hashable, Sendable, CaseIterable {
    case cluster
    case catalogue
    case date
    /// Several changed, and the reports do not tell which one did it.
    case undetermined
    /// Another part was read, or another filter was in force.
    case coverage

    package var words: String {
      switch self {
      case .cluster: "cluster changed"
      case .catalogue: "catalogue changed"
      case .date: "date passed"
      case .undetermined: "cluster, catalogue or date"
      case .coverage: "coverage changed"
      }
    }
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
    /// Where it stands; nil for what a cluster holds.
    package var file: String?
    /// Nil where it is not in the former report.
    package var before: Risk?
    /// Nil where it is not in the later report.
    package var after: Risk?
    /// What was not read or shown, where that is the cause.
    package var note: String?
  }

  /// One of the two reports.
  package struct Side: Hashable, Sendable {
    /// What people call it: `scan 12`, `"monday.json"`.
    package var name: String
    /// Its number in the history; nil for a file.
    package var scan: Int?
    package var stamp: ScanStamp
    package var filter: ReportFilter

    package init(_ report: Report, name: String, scan: Int? = nil) {
      self.name = name
      self.scan = scan
      stamp = report.stamp
      filter = report.filter
    }
  }

  /// What the later report could not read and the former could, found there or not.
  package struct Loss: Hashable, Sendable {
    package var cluster: String
    package var what: String
  }

  /// How many entries there are of each change, parted by cause.
  package struct Tally: Hashable, Sendable {
    private var counts: [Change: [Cause: Int]] = [:]

    init(_ entries: [Entry]) {
      for entry in entries { counts[entry.change, default: [:]][entry.cause, default: 0] += 1 }
    }

    package subscript(change: Change) -> Int {
      counts[change, default: [:]].values.reduce(0, +)
    }

    /// Those that there are, in the order of `Cause`.
    package func causes(of change: Change) -> [(cause: Cause, count: Int)] {
      Cause.allCases.compactMap { cause in counts[change]?[cause].map { (cause, $0) } }
    }
  }

  package var from: Side
  package var to: Side
  /// By cluster, then change, the worst first, then by place.
  package var entries: [Entry]
  package var losses: [Loss]
  /// A cluster of the former report was not read at all in the later one.
  package var lostCluster: Bool

  /// - Parameter judge: the catalogue at hand, which tells what changed: it is asked only about a
  ///   report that it judged.
  package init(
    from before: Report, as from: Side? = nil, to after: Report, as to: Side? = nil,
    judge: DiffJudge? = nil
  ) {
    self.from = from ?? Side(before, name: "the former report")
    self.to = to ?? Side(after, name: "the later report")
    let comparison = ReportComparison(before: before, after: after, judge: judge)
    entries = comparison.entries
    losses = comparison.losses
    lostCluster = comparison.lostCluster
  }

  package var hasNew: Bool { entries.contains { $0.change.isNew } }

  package var total: Tally { Tally(entries) }

  package enum Dimension: Sendable {
    case cluster
    case namespace
    case team
  }

  package struct Group: Hashable, Sendable {
    /// Nil where entries of several clusters are counted.
    package var cluster: String?
    /// Nil for a whole cluster, and for what has no team; empty for objects of no namespace.
    package var name: String?
    package var tally: Tally
  }

  /// Sorted by cluster and name; what has no team comes first.
  package func groups(by dimension: Dimension) -> [Group] {
    struct Key: Hashable, Comparable {
      let cluster: String?
      let name: String?

      static func < (left: Key, right: Key) -> Bool {
        (left.cluster ?? "", left.name ?? "") < (right.cluster ?? "", right.name ?? "")
      }
    }
    let groups = Dictionary(grouping: entries) { entry in
      switch dimension {
      case .cluster: Key(cluster: entry.cluster, name: nil)
      case .team: Key(cluster: nil, name: entry.team)
      case .namespace: Key(cluster: entry.cluster, name: entry.workload.namespace)
      }
    }
    return groups.sorted { $0.key < $1.key }.map {
      Group(cluster: $0.key.cluster, name: $0.key.name, tally: Tally($0.value))
    }
  }
}
