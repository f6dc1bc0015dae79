import Inventory

/// How much is history: it is counted always and listed on request.
package struct HistoryTotals: Hashable, Sendable {
  package var uses = 0
  package var workloads = 0

  package init(uses: Int, workloads: Int) {
    self.uses = uses
    self.workloads = workloads
  }

  package init(_ findings: [Finding]) {
    let past = findings.filter(\.isHistory)
    self.init(uses: past.count, workloads: Set(past.map(\.use.workload)).count)
  }

  /// What to say where a filter was held against a report that counts history and does not list it.
  package static let uncounted =
    "history is not counted under this filter: the report was made without --include history"

  static func + (left: HistoryTotals, right: HistoryTotals) -> HistoryTotals {
    HistoryTotals(uses: left.uses + right.uses, workloads: left.workloads + right.workloads)
  }
}

extension ClusterReport {
  /// Of findings that are there, and of those that the report it was read from did not list.
  package var historyTotals: HistoryTotals {
    HistoryTotals(findings) + unlistedHistory
  }
}
