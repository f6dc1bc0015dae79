import RegistryCatalogue
import Reports

/// Scans as rows of the tables: what stands in which column.
enum ScanRows {
  /// Gives the scan's number.
  static func insert(
    _ report: Report, _ stored: StoredReport, into database: Database
  ) throws(Database.Failure) -> Int64 {
    try database.run(
      """
      INSERT INTO scans (scanned_at, as_of, tool_version, catalogue_version, catalogue_sha256,
        filter, length, report) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(report.scannedAt), .text("\(report.asOf)"), .text(report.toolVersion),
        .text(report.catalogue.version), .text(report.catalogue.sha256),
        .text(report.filter.words), .integer(Int64(stored.length)), .blob(stored.deflated),
      ])
    let scan = database.lastRowID
    for (number, cluster) in report.clusters.enumerated() {
      try insert(RecordedCluster(cluster), scan, Int64(number), into: database)
    }
    return scan
  }

  private static func insert(
    _ cluster: RecordedCluster, _ scan: Int64, _ number: Int64, into database: Database
  ) throws(Database.Failure) {
    try database.run(
      "INSERT INTO clusters (scan, number, identity, name, is_read) VALUES (?, ?, ?, ?, ?)",
      [
        .integer(scan), .integer(number), .text(cluster.identity), .text(cluster.name),
        .integer(cluster.isRead ? 1 : 0),
      ])
    for count in cluster.counts {
      try database.run(
        "INSERT INTO counts (scan, cluster, team, risk, findings) VALUES (?, ?, ?, ?, ?)",
        [
          .integer(scan), .integer(number), .text(count.team), .text(count.risk.rawValue),
          .integer(Int64(count.findings)),
        ])
    }
    for unread in cluster.unread {
      try database.run(
        "INSERT INTO unread (scan, cluster, resource, namespace, is_gap) VALUES (?, ?, ?, ?, ?)",
        [
          .integer(scan), .integer(number), .text(unread.resource), .text(unread.namespace),
          .integer(unread.isGap ? 1 : 0),
        ])
    }
  }

  /// No scan began later: the last second of the year 9999.
  private static let lastTime: Int64 = 253_402_300_799
  /// More findings than a report of the greatest length could list.
  private static let mostFindings: Int64 = 1_000_000_000

  /// Oldest first. Rows whose columns are not what they should be are passed over.
  static func scans(_ database: Database) throws(Database.Failure) -> [RecordedScan] {
    var clusters = try clusters(database)
    return try database.rows(
      """
      SELECT id, scanned_at, as_of, tool_version, catalogue_version, filter, length(report)
      FROM scans ORDER BY scanned_at, id
      """
    ).compactMap { row in
      guard case .integer(let id) = row[0], case .integer(let time) = row[1],
        (0...lastTime).contains(time), case .text(let day) = row[2], let asOf = CalendarDate(day),
        case .text(let tool) = row[3],
        case .text(let catalogue) = row[4], case .text(let filter) = row[5],
        case .integer(let bytes) = row[6]
      else { return nil }
      return RecordedScan(
        id: Int(id), scannedAt: time, asOf: asOf, toolVersion: tool, catalogueVersion: catalogue,
        filter: filter, bytes: Int(bytes), clusters: clusters.removeValue(forKey: id) ?? [])
    }
  }

  private struct Place: Hashable {
    let scan: Int64
    let cluster: Int64

    init?(_ row: [Database.Value]) {
      guard case .integer(let scan) = row[0], case .integer(let cluster) = row[1] else {
        return nil
      }
      self.scan = scan
      self.cluster = cluster
    }
  }

  private static func clusters(
    _ database: Database
  ) throws(Database.Failure) -> [Int64: [RecordedCluster]] {
    let counts = try grouped(
      "SELECT scan, cluster, team, risk, findings FROM counts ORDER BY scan, cluster, team, risk",
      database
    ) { row -> RecordedCluster.Count? in
      guard case .text(let team) = row[2], case .text(let word) = row[3],
        let risk = Risk(rawValue: word), case .integer(let findings) = row[4],
        (0...mostFindings).contains(findings)
      else { return nil }
      return .init(team: team, risk: risk, findings: Int(findings))
    }
    let unread = try grouped(
      "SELECT scan, cluster, resource, namespace, is_gap FROM unread ORDER BY rowid", database
    ) { row -> RecordedCluster.Unread? in
      guard case .text(let resource) = row[2], case .text(let namespace) = row[3],
        case .integer(let isGap) = row[4]
      else { return nil }
      return .init(resource: resource, namespace: namespace, isGap: isGap != 0)
    }
    var clusters: [Int64: [RecordedCluster]] = [:]
    for row in try database.rows(
      "SELECT scan, number, identity, name, is_read FROM clusters ORDER BY scan, number")
    {
      guard let place = Place(row), case .text(let identity) = row[2],
        case .text(let name) = row[3], case .integer(let isRead) = row[4]
      else { continue }
      clusters[place.scan, default: []].append(
        RecordedCluster(
          identity: identity, name: name, isRead: isRead != 0, counts: counts[place] ?? [],
          unread: unread[place] ?? []))
    }
    return clusters
  }

  private static func grouped<Element>(
    _ sql: String, _ database: Database, _ element: ([Database.Value]) -> Element?
  ) throws(Database.Failure) -> [Place: [Element]] {
    var groups: [Place: [Element]] = [:]
    for row in try database.rows(sql) {
      guard let place = Place(row), let element = element(row) else { continue }
      groups[place, default: []].append(element)
    }
    return groups
  }
}
