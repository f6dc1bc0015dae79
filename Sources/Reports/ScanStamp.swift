import Inventory
package import RegistryCatalogue

/// When and by what one cluster was judged, where that is not what its report says of all.
package struct ScanStamp: Hashable, Sendable {
  package var toolVersion: String
  /// Seconds since 1970-01-01T00:00:00Z when the scan began.
  package var scannedAt: Int64
  package var asOf: CalendarDate
  package var catalogue: CatalogueStamp

  package init(
    toolVersion: String, scannedAt: Int64, asOf: CalendarDate, catalogue: CatalogueStamp
  ) {
    self.toolVersion = toolVersion
    self.scannedAt = scannedAt
    self.asOf = asOf
    self.catalogue = catalogue
  }

  /// Whether the exposure comes from the specs alone (`--as-of` names another day than the scan's).
  package var isAsOfAnotherDay: Bool {
    asOf != CalendarDate(secondsSince1970: scannedAt)
  }
}

extension Report {
  /// What the report says of all its clusters.
  package var stamp: ScanStamp {
    ScanStamp(
      toolVersion: toolVersion, scannedAt: scannedAt, asOf: asOf, catalogue: catalogue)
  }

  package func stamp(of cluster: ClusterReport) -> ScanStamp {
    cluster.stamp ?? stamp
  }
}

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
