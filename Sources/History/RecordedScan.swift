package import RegistryCatalogue

/// One line of the history: what a scan was and what it counted.
package struct RecordedScan: Hashable, Sendable {
  package let id: Int
  /// Seconds since 1970-01-01T00:00:00Z when the scan began.
  package let scannedAt: Int64
  /// `YYYY-MM-DD`
  package let asOf: String
  package let toolVersion: String
  package let catalogueVersion: String
  /// The flags of its filter; empty without one.
  package let filter: String
  /// Of the stored report, compressed.
  package let bytes: Int
  package let clusters: [ScanCluster]

  init?(_ row: [Database.Value], _ clusters: [Int64: [ScanCluster]]) {
    guard row.count == 7, case .integer(let id) = row[0], case .integer(let time) = row[1],
      case .text(let asOf) = row[2], case .text(let tool) = row[3],
      case .text(let catalogue) = row[4], case .text(let filter) = row[5],
      case .integer(let bytes) = row[6]
    else { return nil }
    self.id = Int(id)
    scannedAt = time
    self.asOf = asOf
    toolVersion = tool
    catalogueVersion = catalogue
    self.filter = filter
    self.bytes = Int(bytes)
    self.clusters = clusters[id] ?? []
  }

  /// Findings of this risk in all clusters.
  package func findings(_ risk: Risk) -> Int {
    clusters.reduce(0) { $0 + $1.findings(risk) }
  }
}

/// One cluster of a recorded scan.
package struct ScanCluster: Hashable, Sendable {
  struct Key: Hashable {
    let scan: Int64
    let number: Int64
  }

  let scan: Int64
  /// The UID of kube-system, or the name where that is unknown: the same cluster in other scans.
  package let identity: String
  package let name: String
  package let isRead: Bool
  /// Entries of the coverage ledger that were not read.
  package let gaps: Int
  package let counts: [ScanCount]

  init?(_ row: [Database.Value], _ counts: [Key: [ScanCount]]) {
    guard row.count == 6, case .integer(let scan) = row[0], case .integer(let number) = row[1],
      case .text(let identity) = row[2], case .text(let name) = row[3],
      case .integer(let isRead) = row[4], case .integer(let gaps) = row[5]
    else { return nil }
    self.scan = scan
    self.identity = identity
    self.name = name
    self.isRead = isRead != 0
    self.gaps = Int(gaps)
    self.counts = counts[Key(scan: scan, number: number)] ?? []
  }

  package func findings(_ risk: Risk) -> Int {
    counts.filter { $0.risk == risk }.reduce(0) { $0 + $1.findings }
  }
}

/// Findings of one risk that one team has in one cluster.
package struct ScanCount: Hashable, Sendable {
  struct Key: Hashable {
    let team: String
    let risk: Risk
  }

  /// Empty: no team is known.
  package let team: String
  package let risk: Risk
  package let findings: Int

  init?(_ row: [Database.Value]) {
    guard row.count == 5, case .text(let team) = row[2], case .text(let word) = row[3],
      let risk = Risk(rawValue: word), case .integer(let findings) = row[4]
    else { return nil }
    self.team = team
    self.risk = risk
    self.findings = Int(findings)
  }
}
