import Foundation
import TemporaryFolder
import Testing

/// `--record` and `history`, as processes: killed, side by side, on files that are not theirs.
@Suite struct HistoryTests {
  private struct List: Decodable {
    struct Scan: Decodable {
      var id: Int
    }

    var scans: [Scan]
  }

  /// A report in a file, whose `merge --record` is the shortest run that records.
  private func folder() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let scanned = try await BinaryUnderTest().run("demo", "-o", "json")
    try folder.write(scanned.stdout, to: "report.json")
    return folder
  }

  private func record(_ folder: TemporaryFolder) async throws -> ProcessResult {
    try await BinaryUnderTest().run(
      ["merge", "report.json", "-o", "json=out.json", "--record=history.db"], folder: folder.url)
  }

  private func scans(_ folder: TemporaryFolder) async throws -> [Int] {
    let list = try await BinaryUnderTest().run(
      ["history", "--file", "history.db", "-o", "json"], folder: folder.url)
    #expect(list.status == 0, "\(list.stderr)")
    return try JSONDecoder().decode(List.self, from: list.output).scans.map(\.id)
  }

  /// What somebody else's SQLite says of the file.
  private func integrity(_ folder: TemporaryFolder) async throws -> String {
    let script = """
      import sqlite3
      database = sqlite3.connect("history.db")
      print(database.execute("PRAGMA integrity_check").fetchall(),
            database.execute("PRAGMA foreign_key_check").fetchall(),
            database.execute("PRAGMA journal_mode").fetchall())
      """
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["python3", "-c", script],
      environment: ["PATH": "/usr/local/bin:/usr/bin:/bin"], folder: folder.url)
    return result.stdout + result.stderr
  }

  @Test func aScanIsRecordedAndPrintedAgain() async throws {
    let folder = try TemporaryFolder()
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture(server)
    var binary = try BinaryUnderTest()
    binary.environment["XDG_DATA_HOME"] = folder.url.path
    let scan = try await binary.run(["--record", "-o", "json"], kubeconfig: fixture.url)
    #expect(scan.status == 0)
    let file = folder.url.appendingPathComponent("gcr-report/history.db").path
    #expect(scan.stderr.contains("recorded as scan 1 in \(file)\n"))
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions]
    #expect(mode as? Int == 0o600)
    let shown = try await binary.run("history", "show", "1", "-o", "json")
    #expect(shown.output == scan.output)
    let again = try await binary.run(["--record", "-q"], kubeconfig: fixture.url)
    #expect(again.status == 0)
    let diff = try await binary.run("history", "diff", "--fail-on-new")
    #expect(diff.status == 0)
    #expect(diff.stdout.hasSuffix("\n\nNothing changed.\n"))
  }

  /// SIGKILL at ever later moments of a run: whatever was recorded is whole, and the next run
  /// records as if nothing had been.
  @Test func surviveAKillAtAnyMoment() async throws {
    let folder = try await folder()
    // The processes are children of one shell, which kills each after its own time.
    let script = """
      for step in $(seq 0 59); do
        "$0" merge report.json -o json=out.json --record=history.db >/dev/null 2>&1 &
        child=$!
        sleep 0.$(printf %03d $((step * 5)))
        kill -9 $child 2>/dev/null
        wait $child 2>/dev/null
      done
      exit 0
      """
    let killed = try await ChildProcess.run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", script, BinaryUnderTest.url.path],
      environment: ["HOME": folder.url.path, "PATH": "/usr/local/bin:/usr/bin:/bin"],
      folder: folder.url)
    #expect(killed.status == 0)
    let last = try await record(folder)
    #expect(last.status == 0, "\(last.stderr)")
    let ids = try await scans(folder)
    #expect(!ids.isEmpty)
    #expect(try await integrity(folder) == "[('ok',)] [] [('wal',)]\n")
    let expected = try Data(contentsOf: folder.url.appendingPathComponent("report.json"))
    for id in ids {
      let shown = try await BinaryUnderTest().run(
        ["history", "show", "\(id)", "--file", "history.db", "-o", "json"], folder: folder.url)
      #expect(shown.output == expected)
    }
  }

  @Test func writersTakeTurns() async throws {
    let folder = try await folder()
    let results = try await withThrowingTaskGroup(of: ProcessResult.self) { group in
      for _ in 0..<6 { group.addTask { try await record(folder) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    for result in results { #expect(result.status == 0, "\(result.stderr)") }
    #expect(try await scans(folder).sorted() == Array(1...6))
    #expect(try await integrity(folder) == "[('ok',)] [] [('wal',)]\n")
  }

  @Test func otherFilesAreRefusedAndStayAsTheyAre() async throws {
    let folder = try await folder()
    let file = try folder.write("my notes\n", to: "history.db")
    for arguments in [
      ["merge", "report.json", "--record=history.db"], ["history", "--file", "history.db"],
      ["history", "prune", "--keep", "1", "--file", "history.db"],
    ] {
      let result = try await BinaryUnderTest().run(arguments, folder: folder.url)
      #expect(result.status == 1)
      #expect(result.stdout.isEmpty)
      #expect(result.stderr.contains("\" is not a history of gcr-report; name another file\n"))
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == "my notes\n")
  }
}
