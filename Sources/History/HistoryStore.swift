import CSQLite
import Glibc
package import Reports

/// The history in one file: every call is one connection and at most one transaction, so a process
/// that is killed leaves the scan whole or not at all, and others wait for it only that long.
package struct HistoryStore: Sendable {
  package let path: String
  /// How long to wait for another writer, in milliseconds.
  private let busyTimeout: Int32
  private let schema: HistorySchema

  package init(path: String, busyTimeout: Int32 = 10_000) {
    self.init(path: path, busyTimeout: busyTimeout, schema: .current)
  }

  init(path: String, busyTimeout: Int32 = 10_000, schema: HistorySchema) {
    self.path = path
    self.busyTimeout = busyTimeout
    self.schema = schema
  }

  private var file: HistoryFile { HistoryFile(path: path) }

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
    try file.create()
    return try write { (database) throws(Database.Failure) in
      Int(try ScanRows.insert(report, stored, into: database))
    }
  }

  /// Makes the file, or checks that it is a history that can be written.
  package func prepare() throws(HistoryError) {
    try file.create()
    try write { (_) throws(Database.Failure) in }
  }

  /// What `prune` did.
  package struct Pruning: Hashable, Sendable {
    /// Numbers of scans, rising.
    package let removed: [Int]
    package let left: Int
    /// Of the file.
    package let bytesBefore: Int
    package let bytesAfter: Int
  }

  /// Removes the scans that began before a time, in seconds since 1970, and of each cluster all but
  /// the newest `count`; gives their room back to the disk.
  package func prune(before time: Int64?, keeping count: Int?) throws(HistoryError) -> Pruning {
    let before = file.size
    let (removed, left) = try write { (database) throws(Database.Failure) in
      let scans = try ScanRows.scans(database).identified()
      var old = Set(
        scans.filter { scan in
          time.map { scan.scannedAt < $0 } ?? false
        }.map(\.id))
      if let count { old.formUnion(scans.beyond(newest: count)) }
      for scan in old.sorted() {
        try database.run("DELETE FROM scans WHERE id = ?", [.integer(Int64(scan))])
      }
      return (old.sorted(), scans.count - old.count)
    }
    if !removed.isEmpty { try shrink() }
    return Pruning(
      removed: removed, left: left, bytesBefore: before, bytesAfter: file.size)
  }

  /// Another process may be in the way; then the room is used by scans to come.
  private func shrink() throws(HistoryError) {
    try patiently {
      let database = try open()
      do throws(Database.Failure) {
        try database.run("VACUUM")
        _ = try database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
      } catch {
        guard error.code == SQLITE_BUSY || error.code == SQLITE_LOCKED else { throw error }
      }
    }
  }

  // MARK: Reading

  /// Every scan, oldest first, without its report.
  package func scans() throws(HistoryError) -> [RecordedScan] {
    try read { (database) throws(Database.Failure) in
      try ScanRows.scans(database).identified()
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

  // MARK: The database

  /// Checks whose file it is before SQLite opens it.
  private func open() throws -> Database {
    try file.check()
    let database = try Database(path: path, busyTimeout: busyTimeout)
    // A file may come from somebody else: what its schema calls must do no harm.
    try database.run("PRAGMA trusted_schema = OFF")
    let version = Int(try database.integer("PRAGMA user_version"))
    guard version <= schema.version else {
      throw HistoryError.newer(path: path, version: version, known: schema.version)
    }
    return database
  }

  /// An older schema is brought up to date first, where the file can be written.
  private func read<Result>(
    _ body: (Database) throws(Database.Failure) -> Result
  ) throws(HistoryError) -> Result {
    try patiently {
      let database = try open()
      let version = try database.integer("PRAGMA user_version")
      // A file that somebody made and never wrote to holds no scan.
      guard version > 0 else { throw HistoryError.missing(path: path) }
      if version < schema.version { try migrate(database) }
      return try body(database)
    }
  }

  private func write<Result>(
    _ body: (Database) throws(Database.Failure) -> Result
  ) throws(HistoryError) -> Result {
    try patiently {
      let database = try open()
      // In the file itself, before the log of changes hides it: whose it is must be read there.
      if try database.integer("PRAGMA user_version") == 0 {
        try database.run("PRAGMA application_id = \(HistorySchema.applicationID)")
      }
      _ = try database.rows("PRAGMA journal_mode = WAL")
      try database.run("PRAGMA synchronous = FULL")
      try database.run("PRAGMA foreign_keys = ON")
      try migrate(database)
      return try database.transaction { () throws(Database.Failure) in try body(database) }
    }
  }

  /// In one transaction; of two processes that start together the second finds nothing to do.
  private func migrate(_ database: Database) throws(Database.Failure) {
    guard try database.integer("PRAGMA user_version") < schema.version else { return }
    try database.transaction { () throws(Database.Failure) in
      let version = Int(try database.integer("PRAGMA user_version"))
      guard version < schema.version else { return }
      for statement in schema.migrations[max(0, version)...].joined() {
        try database.run(statement)
      }
      try database.run("PRAGMA user_version = \(schema.version)")
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
