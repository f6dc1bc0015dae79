import CSQLite
import Foundation
import ImageReferences
import Inventory
import RegistryCatalogue
import Reports
import Testing

@testable import History

@Suite struct HistoryStoreTests {
  @Test func readsBackWhatWasRecorded() throws {
    try Folder.use { folder in
      let store = HistoryStore(path: folder.path("new/deep/history.db"))
      let report = Report.sample(risks: [.high, .high, .low], at: 1_795_248_549)
      #expect(try store.record(report) == 1)
      #expect(try render(store.report(of: 1), as: .json) == render(report, as: .json))
      let scans = try store.scans()
      #expect(scans.map(\.id) == [1])
      #expect(scans[0].findings(.high) == 2)
      #expect(scans[0].findings(.critical) == 0)
      #expect(scans[0].asOf == "2026-11-21")
      #expect(scans[0].clusters.map(\.name) == ["prod-eu"])
      #expect(scans[0].clusters.map(\.isRead) == [true])
    }
  }

  @Test func nobodyElseMayReadIt() throws {
    try Folder.use { folder in
      try _ = HistoryStore(path: folder.path("own/history.db")).record(.sample())
      #expect(try folder.mode("own") == 0o700)
      #expect(try folder.mode("own/history.db") == 0o600)
    }
  }

  @Test func prunesTheOldest() throws {
    try Folder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      for day in [5, 1, 3, 4] { try _ = store.record(.sample(at: Int64(day) * 86_400)) }
      let (former, later) = try store.lastTwo()
      #expect(former == 4 && later == 1)
      #expect(try store.prune(before: 3 * 86_400) == 1)
      #expect(try store.prune(keeping: 2) == 1)
      #expect(try store.scans().map(\.id) == [4, 1])
      #expect(try store.prune(keeping: 2) == 0)
      // What hangs on a scan goes with it, and no number is given twice.
      let database = try Database(path: store.path, mode: .reading, busyTimeout: 0)
      #expect(try database.integer("SELECT count(DISTINCT scan) FROM clusters") == 2)
      #expect(try store.record(.sample(at: 6 * 86_400)) == 5)
    }
  }

  @Test func missingThings() throws {
    try Folder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      #expect(throws: HistoryError.missing(path: store.path)) { try store.scans() }
      #expect(throws: HistoryError.missing(path: store.path)) { try store.prune(keeping: 1) }
      _ = try store.record(.sample())
      #expect(throws: HistoryError.tooFew(1, path: store.path)) { try store.lastTwo() }
      #expect(throws: HistoryError.noSuchScan(7, path: store.path)) { try store.report(of: 7) }
    }
  }

  @Test(arguments: [
    "not a database at all, but long enough to be looked at as if it were one, line after line",
    "SQLite format 3\0 and then nothing",
  ]) func otherFilesAreLeftAlone(_ text: String) throws {
    try Folder.use { folder in
      let store = HistoryStore(path: folder.path("notes.txt"))
      try Data(text.utf8).write(to: URL(fileURLWithPath: store.path))
      #expect(throws: HistoryError.notHistory(path: store.path)) { try store.record(.sample()) }
      #expect(throws: HistoryError.notHistory(path: store.path)) { try store.scans() }
      #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == Data(text.utf8))
    }
  }

  @Test func anotherProgramsDatabase() throws {
    try Folder.use { folder in
      let store = HistoryStore(path: folder.path("other.db"))
      try Data().write(to: URL(fileURLWithPath: store.path))
      let other = try Database(path: store.path, mode: .writing, busyTimeout: 0)
      try other.run("CREATE TABLE passwords (name TEXT)")
      #expect(throws: HistoryError.notHistory(path: store.path)) { try store.record(.sample()) }
      #expect(try other.integer("SELECT count(*) FROM sqlite_schema") == 1)
    }
  }

  @Test func aNewerSchemaIsRefused() throws {
    try Folder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      _ = try store.record(.sample())
      let database = try Database(path: store.path, mode: .writing, busyTimeout: 0)
      try database.run("PRAGMA user_version = 99")
      let expected = HistoryError.newer(path: store.path, version: 99, known: 1)
      #expect(throws: expected) { try store.record(.sample()) }
      #expect(throws: expected) { try store.scans() }
    }
  }

  @Test func damageIsTold() throws {
    try Folder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      _ = try store.record(.sample())
      let database = try Database(path: store.path, mode: .writing, busyTimeout: 0)
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

  @Test func aLockedFileIsWaitedForAndThenNamed() throws {
    try Folder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"), busyTimeout: 1)
      _ = try store.record(.sample())
      let other = try Database(path: store.path, mode: .writing, busyTimeout: 0)
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
    try Folder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      _ = try store.record(.sample())
      do {
        let dying = try Database(path: store.path, mode: .writing, busyTimeout: 0)
        try dying.run("BEGIN IMMEDIATE")
        try dying.run("DELETE FROM scans")
      }
      #expect(try store.scans().count == 1)
    }
  }

  @Test func writersTakeTurns() async throws {
    let folder = try Folder()
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

  @Test func aFolderInItsPlace() throws {
    try Folder.use { folder in
      let store = HistoryStore(path: folder.root)
      #expect {
        _ = try store.record(.sample())
      } throws: { error in
        guard case HistoryError.cannotOpen? = error as? HistoryError else { return false }
        return true
      }
    }
  }
}
