import Foundation
import Glibc
import TemporaryFolder
import Testing

/// What a run needs that nobody watches: rotation, a lock, a log for machines.
@Suite struct ScheduledRunTests {
  @Test func theNewestFilesStayAndNothingElseGoes() async throws {
    let folder = try TemporaryFolder()
    let ours = (1...5).map { "r-2026-01-0\($0)T060000Z.json" }
    let others = [
      "notes.txt", "r-2026-02-30T060000Z.json", "r-2026-01-01T060000Z.json.bak",
      "r-2026-01-01.json", "x-2026-01-01T060000Z.json", "r-2026-01-01T250000Z.json",
    ]
    for name in ours + others { try folder.write("old", to: name) }
    let link = folder.url.appending(path: "r-2025-01-01T000000Z.json")
    try FileManager.default.createSymbolicLink(
      at: link, withDestinationURL: folder.url.appending(path: "notes.txt"))
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "r-2025-01-02T000000Z.json"),
      withIntermediateDirectories: false)
    let scan = try await FaultScan()
    let result = try await scan.binary.run(
      ["scan", "-o", "json=r-%dT%t.json", "-o", "prometheus=r.prom", "--keep", "3"],
      kubeconfig: scan.kubeconfig.url, folder: folder.url)
    #expect(result.status == 0)
    #expect(result.stderr == "")
    let left = try folder.names
    #expect(Set(left).isSuperset(of: others + ["r-2025-01-01T000000Z.json", "r.prom"]))
    #expect(left.contains("r-2025-01-02T000000Z.json"))
    #expect(left.filter(ours.contains) == Array(ours.suffix(2)))
    let written = left.filter { !others.contains($0) && !ours.contains($0) && $0 > "r-2026-05" }
    #expect(written.count == 2)
    #expect(
      try folder.text("notes.txt") == "old")
  }

  @Test(arguments: [
    (
      ["-o", "json=r.json", "--keep", "3"],
      "error: \"--keep\" counts files with a date in their name, and no output has one; add"
        + " -o FORMAT=FILE with %d in FILE\n"
    ),
    (
      ["-o", "json=%d/r-%d.json", "--keep", "3"],
      "error: \"--keep\" removes files, never folders, and \"%d/r-%d.json\" names a folder by date;"
        + " give the file the date\n"
    ),
    (
      ["--keep", "-1"], "error: invalid value \"-1\" for \"--keep\"; expected a whole number, 0 or"
    ),
  ])
  func keepNeedsADate(arguments: [String], message: String) async throws {
    let result = try await BinaryUnderTest().run(["scan"] + arguments)
    #expect(result.status == 2)
    #expect(result.stderr.hasPrefix(message))
  }

  // MARK: The lock

  @Test func aSecondRunEndsAtOnceAndADeadOneHoldsNothing() async throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "lock").path
    let scan = try await FaultScan()
    let arguments = ["scan", "-o", "name", "--lock", path]
    let free = try await scan.binary.run(arguments, kubeconfig: scan.kubeconfig.url)
    #expect(free.status == 0)

    // As another run holds it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let second = try await scan.binary.run(arguments, kubeconfig: scan.kubeconfig.url)
    #expect(second.status == 1)
    #expect(second.stdout == "")
    #expect(
      second.stderr
        == "error: another run holds the lock \"\(path)\"; it is free when that run has ended,"
        + " however it ends\n")
    close(descriptor)
    let third = try await scan.binary.run(arguments, kubeconfig: scan.kubeconfig.url)
    #expect(third.status == 0)
  }

  /// A run that is killed in the middle leaves no lock, and no file that looks like a report.
  @Test func aKilledRunLeavesNoLock() async throws {
    let folder = try TemporaryFolder()
    var options = TestClusterOptions()
    options.faults = [Fault(.hang, path: "/pods", times: 0)]
    let scan = try await FaultScan(options)
    let script = """
      "$0" scan -o json=r.json --lock lock -v 2>log & pid=$!
      tries=0
      until grep -q /version log || [ $tries -ge 400 ]; do sleep 0.05; tries=$((tries + 1)); done
      "$0" scan -o json=other.json --lock lock -q; echo "second $?"
      kill -9 $pid; wait $pid 2>/dev/null
      flock -n lock true && echo free
      """
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", script, BinaryUnderTest.url.path],
      environment: [
        "HOME": folder.url.path, "PATH": "/usr/bin:/bin",
        "KUBECONFIG": scan.kubeconfig.url.path,
      ], folder: folder.url)
    #expect(result.stdout == "second 1\nfree\n")
    #expect(try folder.names.filter { $0.hasSuffix(".json") } == [])
  }

  @Test(arguments: ["link", "folder", "missing/lock"])
  func whatIsNoFileIsNotLocked(name: String) async throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(
      atPath: folder.url.appending(path: "link").path, withDestinationPath: "elsewhere")
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "folder"), withIntermediateDirectories: false)
    let scan = try await FaultScan()
    let result = try await scan.binary.run(
      ["scan", "--lock", name], kubeconfig: scan.kubeconfig.url, folder: folder.url)
    #expect(result.status == 1)
    #expect(result.stderr.hasPrefix("error: cannot lock \"\(name)\": "))
    #expect(try folder.names == ["folder", "link"])
  }

  // MARK: The log

  private struct Line: Decodable {
    var time: String
    var level: String
    var message: String
    var context: String?
  }

  private func lines(_ result: ProcessResult) throws -> [Line] {
    try result.stderr.split(separator: "\n").map {
      try JSONDecoder().decode(Line.self, from: Data($0.utf8))
    }
  }

  @Test func everyLineIsAnObject() async throws {
    let scan = try await FaultScan(.init(), .token("partial-token"))
    let result = try await scan.run("-o", "name", "--log-format", "json", "-v")
    #expect(result.status == 0)
    let lines = try lines(result)
    #expect(Set(lines.map(\.level)) == ["warning", "debug"])
    #expect(lines.contains { $0.level == "warning" && $0.message.hasPrefix("not read: ") })
    #expect(lines.contains { $0.message.hasPrefix("totals: ") && $0.context == "test" })
    #expect(lines.allSatisfy { $0.time.hasSuffix("Z") && $0.time.count == 20 })
  }

  @Test(arguments: [
    (["scan", "--log-format", "json", "--bogus"], [:]),
    (["scan", "--bogus", "--log-format=json"], [:]),
    (["scan", "--bogus"], ["GCR_REPORT_LOG_FORMAT": "json"]),
    (["scan", "--log-format=json", "--context", "no\u{1B}[31m\u{202E}\n\"one"], [:]),
  ])
  func errorsToo(arguments: [String], variables: [String: String]) async throws {
    var binary = try BinaryUnderTest()
    for (name, value) in variables { binary.environment[name] = value }
    let result = try await binary.run(arguments)
    #expect(result.status == 1 || result.status == 2)
    #expect(!result.stderr.contains("\u{1B}") && !result.stderr.contains("\u{202E}"))
    let lines = try lines(result)
    #expect(lines.first?.level == "error")
  }

  @Test func theClusterHasTheNameItIsGiven() async throws {
    let scan = try await FaultScan()
    let table = try await scan.run("--cluster-name", "prod-eu")
    #expect(table.stdout.hasPrefix("CLUSTER prod-eu · "))
    let sweep = try await scan.binary.run(
      ["scan", "--cluster-name", "x", "--all-contexts"], kubeconfig: scan.kubeconfig.url)
    #expect(sweep.status == 2)
    #expect(sweep.stderr.hasPrefix("error: \"--cluster-name\" and \"--contexts\" contradict"))
  }
}
