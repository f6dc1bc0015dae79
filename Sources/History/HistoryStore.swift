import CSQLite
import Glibc
import Inventory
import RegistryCatalogue
package import Reports

/// The history in one file: every call is one connection and at most one transaction, so a process
/// that is killed leaves the scan whole or not at all, and others wait for it only that long.
package struct HistoryStore: Sendable {
  package let path: String
  /// How long to wait for another writer, in milliseconds.
  let busyTimeout: Int32

  package init(path: String, busyTimeout: Int32 = 10_000) {
    self.path = path
    self.busyTimeout = busyTimeout
  }

  // MARK: Writing

  /// Stores a report and returns the scan's number; the file and its folder are made if they are
  /// missing, for their owner alone.
  package func record(_ report: Report) throws(HistoryError) -> Int {
    let stored: StoredReport
    do {
      stored = try StoredReport(render(report, as: .json))
    } catch {
      throw .failed(path: path, reason: "the report cannot be stored: \(error)")
    }
    try createFile()
    return try write { (database) throws(Database.Failure) in
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
        try Self.insert(cluster, number: number, of: scan, into: database)
      }
      return Int(scan)
    }
  }

  /// Makes the file, or checks that it is a history that can be written.
  package func prepare() throws(HistoryError) {
    try createFile()
    try write { (_) throws(Database.Failure) in }
  }

  /// Removes all but the newest `count` scans; returns how many went.
  package func prune(keeping count: Int) throws(HistoryError) -> Int {
    try prune(
      "id NOT IN (SELECT id FROM scans ORDER BY scanned_at DESC, id DESC LIMIT ?)", Int64(count))
  }

  /// Removes the scans that began before a time, in seconds since 1970; returns how many went.
  package func prune(before time: Int64) throws(HistoryError) -> Int {
    try prune("scanned_at < ?", time)
  }

  private func prune(_ condition: String, _ value: Int64) throws(HistoryError) -> Int {
    try requireFile()
    return try write { (database) throws(Database.Failure) in
      try database.run("DELETE FROM scans WHERE \(condition)", [.integer(value)])
      return database.changes
    }
  }

  private static func insert(
    _ cluster: ClusterReport, number: Int, of scan: Int64, into database: Database
  ) throws(Database.Failure) {
    let name = cluster.contexts.first ?? cluster.server
    try database.run(
      "INSERT INTO clusters (scan, number, identity, name, is_read, gaps) VALUES (?, ?, ?, ?, ?, ?)",
      [
        .integer(scan), .integer(Int64(number)), .text(cluster.clusterUID ?? name), .text(name),
        .integer(cluster.failure == nil ? 1 : 0),
        .integer(Int64(cluster.coverage.count(where: \.isGap))),
      ])
    var counts: [ScanCount.Key: Int] = [:]
    for finding in cluster.findings where finding.counts && finding.kind != .clean {
      counts[.init(team: finding.team ?? "", risk: finding.risk), default: 0] += 1
    }
    for (key, count) in counts {
      try database.run(
        "INSERT INTO counts (scan, cluster, team, risk, findings) VALUES (?, ?, ?, ?, ?)",
        [
          .integer(scan), .integer(Int64(number)), .text(key.team), .text(key.risk.rawValue),
          .integer(Int64(count)),
        ])
    }
  }

  // MARK: Reading

  /// Every scan, oldest first, without its report.
  package func scans() throws(HistoryError) -> [RecordedScan] {
    try read { (database) throws(Database.Failure) in
      let counts = try Self.counts(database)
      var clusters: [Int64: [ScanCluster]] = [:]
      for row in try database.rows(
        "SELECT scan, number, identity, name, is_read, gaps FROM clusters ORDER BY scan, number")
      {
        guard let cluster = ScanCluster(row, counts) else { continue }
        clusters[cluster.scan, default: []].append(cluster)
      }
      return try database.rows(
        """
        SELECT id, scanned_at, as_of, tool_version, catalogue_version, filter, length(report)
        FROM scans ORDER BY scanned_at, id
        """
      ).compactMap { RecordedScan($0, clusters) }
    }
  }

  /// Reads one scan's report back.
  package func report(of scan: Int) throws(HistoryError) -> Report {
    let rows = try read { (database) throws(Database.Failure) in
      try database.rows("SELECT length, report FROM scans WHERE id = ?", [.integer(Int64(scan))])
    }
    guard let row = rows.first else { throw .noSuchScan(scan, path: path) }
    guard case .integer(let length) = row[0], case .blob(let bytes) = row[1] else {
      throw .damagedReport(scan: scan, reason: "its columns are not what they should be")
    }
    do {
      let text = try StoredReport(length: Int(length), deflated: bytes).text()
      return try ReportReader.read(text)
    } catch {
      throw .damagedReport(scan: scan, reason: "\(error)")
    }
  }

  /// The numbers of the last two scans, the older one first.
  package func lastTwo() throws(HistoryError) -> (Int, Int) {
    let numbers = try read { (database) throws(Database.Failure) in
      try database.rows("SELECT id FROM scans ORDER BY scanned_at DESC, id DESC LIMIT 2")
    }.compactMap { row -> Int? in
      guard case .integer(let number)? = row.first else { return nil }
      return Int(number)
    }
    guard numbers.count == 2 else { throw .tooFew(numbers.count, path: path) }
    return (numbers[1], numbers[0])
  }

  private static func counts(
    _ database: Database
  ) throws(Database.Failure) -> [ScanCluster.Key: [ScanCount]] {
    var counts: [ScanCluster.Key: [ScanCount]] = [:]
    for row in try database.rows(
      "SELECT scan, cluster, team, risk, findings FROM counts ORDER BY scan, cluster, team, risk")
    {
      guard case .integer(let scan) = row[0], case .integer(let number) = row[1],
        let count = ScanCount(row)
      else { continue }
      counts[.init(scan: scan, number: number), default: []].append(count)
    }
    return counts
  }

  // MARK: The file

  private func read<Result>(
    _ body: (Database) throws(Database.Failure) -> Result
  ) throws(HistoryError) -> Result {
    try requireFile()
    return try patiently {
      let database = try Database(path: path, mode: .reading, busyTimeout: busyTimeout)
      // A file that somebody made and never wrote to holds no scan.
      guard try schemaVersion(database) > 0 else { throw HistoryError.missing(path: path) }
      return try body(database)
    }
  }

  private func write<Result>(
    _ body: (Database) throws(Database.Failure) -> Result
  ) throws(HistoryError) -> Result {
    return try patiently {
      let database = try Database(path: path, mode: .writing, busyTimeout: busyTimeout)
      // Before anything is changed: a file of somebody else stays as it is.
      _ = try schemaVersion(database)
      _ = try database.rows("PRAGMA journal_mode = WAL")
      try database.run("PRAGMA synchronous = FULL")
      try database.run("PRAGMA foreign_keys = ON")
      try migrate(database)
      return try database.transaction { () throws(Database.Failure) in try body(database) }
    }
  }

  /// SQLite itself waits for a lock, but not where two processes open a new file at once, or one
  /// opens it while the last other one closes it: then all is done anew, for nothing was.
  private func patiently<Result>(_ body: () throws -> Result) throws(HistoryError) -> Result {
    let deadline = ContinuousClock.now + .milliseconds(Int(busyTimeout))
    while true {
      do {
        return try body()
      } catch let failure as Database.Failure
        where failure.code == SQLITE_BUSY && ContinuousClock.now < deadline
      {
        usleep(10_000)
      } catch {
        throw wording(error)
      }
    }
  }

  /// 0 for a database that nobody has written to.
  private func schemaVersion(_ database: Database) throws -> Int {
    let version = Int(try database.integer("PRAGMA user_version"))
    let tables = try database.integer("SELECT count(*) FROM sqlite_schema")
    // Last: whoever made the tables in between has said whose they are.
    let owner = try database.integer("PRAGMA application_id")
    guard owner == HistorySchema.applicationID || (owner == 0 && tables == 0 && version == 0)
    else { throw HistoryError.notHistory(path: path) }
    guard version <= HistorySchema.version else {
      throw HistoryError.newer(path: path, version: version, known: HistorySchema.version)
    }
    return version
  }

  /// In one transaction; of two processes that start together the second finds nothing to do.
  private func migrate(_ database: Database) throws(Database.Failure) {
    guard try database.integer("PRAGMA user_version") < HistorySchema.version else { return }
    try database.transaction { () throws(Database.Failure) in
      let version = Int(try database.integer("PRAGMA user_version"))
      guard version < HistorySchema.version else { return }
      for statement in HistorySchema.migrations[max(0, version)...].joined() {
        try database.run(statement)
      }
      try database.run("PRAGMA application_id = \(HistorySchema.applicationID)")
      try database.run("PRAGMA user_version = \(HistorySchema.version)")
    }
  }

  private func requireFile() throws(HistoryError) {
    guard access(path, F_OK) == 0 else {
      if errno == ENOENT { throw .missing(path: path) }
      throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
  }

  /// SQLite gives its other files the mode of this one.
  private func createFile() throws(HistoryError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if descriptor >= 0 {
      close(descriptor)
      return
    }
    if errno == EEXIST { return }
    guard errno == ENOENT else {
      throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
    }
    try createFolder(Self.folder(of: path))
    let second = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard second >= 0 else {
      throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
    }
    close(second)
  }

  private func createFolder(_ folder: String) throws(HistoryError) {
    if mkdir(folder, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, folder.contains("/") else {
      throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
    }
    try createFolder(Self.folder(of: folder))
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func wording(_ error: any Error) -> HistoryError {
    guard let failure = error as? Database.Failure else {
      return error as? HistoryError ?? .failed(path: path, reason: "\(error)")
    }
    switch failure.code {
    case SQLITE_NOTADB: return .notHistory(path: path)
    case SQLITE_CORRUPT: return .corrupt(path: path, reason: failure.words)
    case SQLITE_READONLY: return .readOnly(path: path)
    case SQLITE_BUSY, SQLITE_LOCKED: return .busy(path: path)
    case SQLITE_CANTOPEN: return .cannotOpen(path: path, reason: failure.words)
    default: return .failed(path: path, reason: failure.words)
    }
  }
}
