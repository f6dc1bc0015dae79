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
