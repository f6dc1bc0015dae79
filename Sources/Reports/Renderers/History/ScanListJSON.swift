import RegistryCatalogue

/// `history -o json`: `kind` `History`.
enum ScanListJSON {
  static func document(_ scans: [RecordedScan]) -> JSONValue {
    .members([
      "apiVersion": .string("gcr-report/v1"),
      "kind": .string("History"),
      "scans": .array(scans.map(scan)),
    ])
  }

  private static func scan(_ scan: RecordedScan) -> JSONValue {
    .members([
      "id": .count(scan.id),
      "scannedAt": .string(Timestamp.text(secondsSince1970: scan.scannedAt)),
      "asOf": .string(scan.asOf.description),
      "toolVersion": .string(scan.toolVersion),
      "catalogueVersion": .string(scan.catalogueVersion),
      "filter": .string(scan.filter),
      "storedBytes": .count(scan.bytes),
      "clusters": .array(scan.clusters.map(cluster)),
    ])
  }

  private static func cluster(_ cluster: RecordedCluster) -> JSONValue {
    .members([
      "name": .string(cluster.name),
      "identity": .string(cluster.identity),
      "isRead": .bool(cluster.isRead),
      "gaps": .count(cluster.gaps),
      "findings": cluster.isRead
        ? TrendJSON.counts(Trend.risks.map { cluster.counts($0) }) : .null,
    ])
  }
}
