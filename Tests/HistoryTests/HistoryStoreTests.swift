import CSQLite
import Foundation
import Glibc
import RegistryCatalogue
import Reports
import TemporaryFolder
import Testing

@testable import History

@Suite struct HistoryStoreTests {
  @Test func readsBackWhatWasRecorded() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("new/deep/history.db"))
      let report = Report.sample(risks: [.high, .high, .low], at: 1_795_248_549)
      #expect(try store.record(report) == 1)
      #expect(try render(store.report(of: 1), as: .json) == render(report, as: .json))
      let scans = try store.scans()
      #expect(scans.map(\.id) == [1])
      #expect(scans[0].counts(.high) == 2)
      #expect(scans[0].counts(.critical) == 0)
      #expect(scans[0].asOf.description == "2026-11-21")
      #expect(scans[0].clusters.map(\.name) == ["prod-eu"])
      #expect(scans[0].clusters.map(\.isRead) == [true])
    }
  }

  @Test func nobodyElseMayReadIt() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("own/history.db"))
      _ = try store.record(.sample())
      let database = try Database(path: store.path, busyTimeout: 0)
      _ = try database.rows("SELECT * FROM scans")
      #expect(try folder.mode("own") == 0o700)
      for ending in ["", "-wal", "-shm"] {
        #expect(try folder.mode("own/history.db" + ending) == 0o600)
      }
    }
  }

  @Test func prunesTheOldest() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      for day in [5, 1, 3, 4] { try _ = store.record(.sample(at: Int64(day) * 86_400)) }
      let first = try store.prune(before: 3 * 86_400, keeping: nil)
      #expect(first.removed == [2])
      #expect(first.left == 3)
      #expect(try store.prune(before: nil, keeping: 2).removed == [3])
      #expect(try store.scans().map(\.id) == [4, 1])
      #expect(try store.prune(before: 0, keeping: 2).removed == [])
      // What hangs on a scan goes with it, and no number is given twice.
      let database = try Database(path: store.path, busyTimeout: 0)
      #expect(try database.integer("SELECT count(DISTINCT scan) FROM clusters") == 2)
      #expect(try store.record(.sample(at: 6 * 86_400)) == 5)
    }
  }

  @Test func missingThings() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      #expect(throws: HistoryError.missing(path: store.path)) { try store.scans() }
      #expect(throws: HistoryError.missing(path: store.path)) {
        try store.prune(before: nil, keeping: 1)
      }
      _ = try store.record(.sample())
      #expect(throws: HistoryError.noSuchScan(7, path: store.path)) { try store.report(of: 7) }
    }
  }

  @Test(arguments: [
    "not a database at all, but long enough to be looked at as if it were one, line after line",
    "SQLite format 3\0 and then nothing",
  ]) func otherFilesAreLeftAlone(_ text: String) throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("notes.txt"))
      try Data(text.utf8).write(to: URL(fileURLWithPath: store.path))
      #expect(throws: HistoryError.notHistory(path: store.path)) { try store.record(.sample()) }
      #expect(throws: HistoryError.notHistory(path: store.path)) { try store.scans() }
      #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == Data(text.utf8))
    }
  }

  @Test func anotherProgramsDatabase() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("other.db"))
      try Data().write(to: URL(fileURLWithPath: store.path))
      let other = try Database(path: store.path, busyTimeout: 0)
      _ = try other.rows("PRAGMA journal_mode = WAL")
      try other.run("CREATE TABLE passwords (name TEXT)")
      func bytes() throws -> [Data] {
        try ["", "-wal"].map { try Data(contentsOf: URL(fileURLWithPath: store.path + $0)) }
      }
      let before = try bytes()
      let expected = HistoryError.notHistory(path: store.path)
      #expect(throws: expected) { try store.record(.sample()) }
      #expect(throws: expected) { try store.prepare() }
      #expect(throws: expected) { try store.scans() }
      #expect(throws: expected) { try store.prune(before: nil, keeping: 1) }
      #expect(try bytes() == before)
    }
  }

  /// What a release to come may add.
  private static let next = HistorySchema(
    migrations: HistorySchema.current.migrations + [
      ["ALTER TABLE scans ADD COLUMN note TEXT NOT NULL DEFAULT 'none'"]
    ])

  @Test(arguments: ["record", "scans", "prune"])
  func anOlderSchemaIsBroughtUpToDate(by action: String) throws {
    try TemporaryFolder.use { folder in
      let old = HistoryStore(path: folder.path("history.db"))
      let report = Report.sample(risks: [.high])
      _ = try old.record(report)
      let new = HistoryStore(path: old.path, schema: Self.next)
      switch action {
      case "record": #expect(try new.record(report) == 2)
      case "scans": #expect(try new.scans().map(\.id) == [1])
      default: #expect(try new.prune(before: 0, keeping: nil).left == 1)
      }
      #expect(try render(new.report(of: 1), as: .json) == render(report, as: .json))
      let database = try Database(path: old.path, busyTimeout: 0)
      #expect(try database.integer("PRAGMA user_version") == 2)
      #expect(try database.rows("SELECT note FROM scans WHERE id = 1") == [[.text("none")]])
    }
  }

  /// A migration that fails half-way leaves the former version, whole.
  @Test func aMigrationIsWholeOrNotAtAll() throws {
    try TemporaryFolder.use { folder in
      let old = HistoryStore(path: folder.path("history.db"))
      _ = try old.record(.sample())
      let broken = HistorySchema(
        migrations: HistorySchema.current.migrations + [
          ["ALTER TABLE scans ADD COLUMN note TEXT", "no SQL"]
        ])
      #expect(throws: HistoryError.self) {
        try HistoryStore(path: old.path, schema: broken).scans()
      }
      #expect(try old.scans().map(\.id) == [1])
      #expect(try old.record(.sample()) == 2)
    }
  }

  @Test func aNewerSchemaIsRefused() throws {
    try TemporaryFolder.use { folder in
      let new = HistoryStore(path: folder.path("history.db"), schema: Self.next)
      _ = try new.record(.sample())
      let before = try Data(contentsOf: URL(fileURLWithPath: new.path))
      let store = HistoryStore(path: new.path)
      let expected = HistoryError.newer(path: store.path, version: 2, known: 1)
      #expect(throws: expected) { try store.record(.sample()) }
      #expect(throws: expected) { try store.prepare() }
      #expect(throws: expected) { try store.scans() }
      #expect(throws: expected) { try store.report(of: 1) }
      #expect(throws: expected) { try store.prune(before: 0, keeping: nil) }
      #expect(try Data(contentsOf: URL(fileURLWithPath: new.path)) == before)
    }
  }

  @Test func writesAheadAndSaysWhoseItIs() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      _ = try store.record(.sample())
      let database = try Database(path: store.path, busyTimeout: 0)
      #expect(try database.rows("PRAGMA journal_mode") == [[.text("wal")]])
      #expect(
        try database.integer("PRAGMA application_id") == Int64(HistorySchema.applicationID))
      #expect(try database.rows("PRAGMA integrity_check") == [[.text("ok")]])
    }
  }

  /// Its last user died, and what it had committed stands in the log of changes alone.
  @Test func whatIsOnlyInTheLogIsRead() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      try store.prepare()
      let open = try Database(path: store.path, busyTimeout: 0)
      _ = try open.rows("SELECT * FROM scans")
      _ = try store.record(.sample())
      // As the files are while the other connection keeps the log from being put away.
      for ending in ["", "-wal"] {
        try FileManager.default.copyItem(
          atPath: store.path + ending, toPath: folder.path("copy.db") + ending)
      }
      #expect(try HistoryStore(path: folder.path("copy.db")).scans().map(\.id) == [1])
    }
  }

  @Test func damageIsTold() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      _ = try store.record(.sample())
      let database = try Database(path: store.path, busyTimeout: 0)
      for change in [
        "report = x'789c00'", "report = substr(report, 1, 20)", "length = length + 1",
        "length = -1", "length = 9000000000000", "report = x''",
      ] {
        let saved = try database.rows("SELECT length, report FROM scans")[0]
        try database.run("UPDATE scans SET \(change)")
        #expect("\(change)") {
          _ = try store.report(of: 1)
        } throws: { error in
          guard case HistoryError.damagedReport(scan: 1, _)? = error as? HistoryError else {
            return false
          }
          return true
        }
        try database.run("UPDATE scans SET length = ?, report = ?", saved)
      }
    }
  }

  /// Numbers that no scan has are passed over, and none of them ends the program.
  @Test(arguments: [
    "UPDATE counts SET findings = 9223372036854775807", "UPDATE counts SET findings = -1",
    "UPDATE counts SET risk = risk || '!'", "UPDATE scans SET scanned_at = 9223372036854775807",
    "UPDATE scans SET scanned_at = -1", "UPDATE scans SET as_of = 'tomorrow'",
    "DELETE FROM clusters", "UPDATE clusters SET number = 9223372036854775807",
  ]) func oddRows(_ change: String) throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      for _ in 0..<2 { _ = try store.record(.sample(risks: [.high, .low])) }
      let database = try Database(path: store.path, busyTimeout: 0)
      try database.run(change)
      let scans = try store.scans()
      #expect(scans.allSatisfy { $0.counts(.high) == ($0.clusters.first?.counts(.high) ?? 0) })
      _ = Trend(scans)
      #expect(try store.report(of: 1).clusters.count == 1)
    }
  }

  @Test func aLockedFileIsWaitedForAndThenNamed() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"), busyTimeout: 1)
      _ = try store.record(.sample())
      let other = try Database(path: store.path, busyTimeout: 0)
      try other.run("BEGIN IMMEDIATE")
      #expect(throws: HistoryError.busy(path: store.path)) { try store.record(.sample()) }
      // Readers wait for nobody.
      #expect(try store.scans().count == 1)
      try other.run("ROLLBACK")
      #expect(try store.record(.sample()) == 2)
    }
  }

  /// What was not committed when the process died is not there.
  @Test func aTransactionThatWasCutOffLeavesNothing() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      _ = try store.record(.sample())
      do {
        let dying = try Database(path: store.path, busyTimeout: 0)
        try dying.run("BEGIN IMMEDIATE")
        try dying.run("DELETE FROM scans")
      }
      #expect(try store.scans().count == 1)
    }
  }

  @Test func writersTakeTurns() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let store = HistoryStore(path: folder.path("history.db"), busyTimeout: 60_000)
    let ids = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<16 {
        group.addTask { try store.record(.sample(at: Int64(number))) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(ids.sorted() == Array(1...16))
    #expect(try store.scans().map(\.scannedAt) == (0..<16).map(Int64.init))
  }

  /// Neither waits for a pipe nor follows a name that leads nowhere.
  @Test(arguments: ["pipe", "link"]) func otherThingsInItsPlace(_ name: String) throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path(name))
      if name == "pipe" {
        try #require(mkfifo(store.path, 0o600) == 0)
      } else {
        try FileManager.default.createSymbolicLink(
          atPath: store.path, withDestinationPath: folder.path("nowhere"))
      }
      #expect(throws: HistoryError.self) { try store.record(.sample()) }
      #expect(throws: HistoryError.self) { try store.scans() }
      #expect(!FileManager.default.fileExists(atPath: folder.path("nowhere")))
    }
  }

  @Test func aFolderInItsPlace() throws {
    try TemporaryFolder.use { folder in
      let store = HistoryStore(path: folder.path)
      #expect {
        _ = try store.record(.sample())
      } throws: { error in
        guard case HistoryError.cannotOpen? = error as? HistoryError else { return false }
        return true
      }
    }
  }
}
