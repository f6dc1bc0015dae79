import Foundation
import TemporaryFolder
import Testing

/// What a scan that takes its time shows on a terminal, and leaves there.
@Suite struct ProgressTests {
  private struct Ending: Decodable {
    var status: Int
    var terminal: String
    var stdout: String
  }

  /// The list of Pods begins after a second: long after progress is first drawn.
  private func slowScan() async throws -> FaultScan {
    let scan = try await FaultScan()
    var fault = Fault(.delay, path: #"^/api/v1/pods\?"#, times: 0)
    fault.seconds = 1
    try await scan.server.inject(fault)
    return scan
  }

  private func run(
    _ scan: FaultScan, _ arguments: [String] = [], columns: Int = 80, term: String = "xterm",
    pipesOutput: Bool = true
  ) async throws -> Ending {
    let script = TestFolders.testCluster.appendingPathComponent("on_terminal.py").path
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["python3", "-B", script, "--columns", "\(columns)"]
        + (pipesOutput ? ["--pipe-output"] : []) + ["--", BinaryUnderTest.url.path]
        + BinaryUnderTest.fixedDay + arguments,
      environment: [
        "HOME": scan.binary.home.url.path, "PATH": "/usr/local/bin:/usr/bin:/bin",
        "KUBECONFIG": scan.kubeconfig.url.path, "TERM": term,
      ])
    return try JSONDecoder().decode(Ending.self, from: result.output)
  }

  /// The terminal's rows after everything that was written; only what `Progress` and tables use.
  private static func screen(_ text: String) -> [String] {
    var rows: [[Character]] = [[]]
    var (row, column) = (0, 0)
    // A carriage return and a line feed are one character to Swift.
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "\r": column = 0
      case "\n":
        row += 1
        if row == rows.count { rows.append([]) }
      case "\u{1B}":
        let digits = rest.dropFirst().prefix { ("0"..."9").contains($0) }
        let count = Int(String(String.UnicodeScalarView(digits))) ?? 1
        rest = rest.dropFirst(1 + digits.count)
        switch rest.popFirst() {
        case "A": row -= count
        case "J":
          rows[row].removeSubrange(min(column, rows[row].count)...)
          rows.removeSubrange((row + 1)...)
        default: break
        }
      default:
        while rows[row].count <= column { rows[row].append(" ") }
        rows[row][column] = Character(scalar)
        column += 1
      }
    }
    return rows.map { String($0) }
  }

  @Test func progressIsDrawnAndTakenAway() async throws {
    let ending = try await run(try await slowScan())
    #expect(ending.status == 0)
    #expect(ending.terminal.contains(" kinds · "))
    #expect(ending.terminal.contains(" items"))
    #expect(Self.screen(ending.terminal) == [""])
    #expect(ending.stdout.hasPrefix("CLUSTER "))
    #expect(!ending.stdout.contains("\u{1B}"))
  }

  /// Progress and report share the terminal: what remains is the report alone.
  @Test func theReportStandsAlone() async throws {
    let scan = try await slowScan()
    let ending = try await run(scan, ["--color", "never"], pipesOutput: false)
    #expect(ending.terminal.contains(" kinds"))
    let rows = Self.screen(ending.terminal)
    #expect(rows.first?.hasPrefix("CLUSTER ") == true)
    #expect(!rows.contains { $0.contains(" kinds") })
  }

  /// In 24 columns no row is longer than 23, so that nothing wraps.
  @Test func narrowTerminals() async throws {
    let ending = try await run(try await slowScan(), columns: 24)
    #expect(ending.terminal.contains(" kinds"))
    let drawn = ending.terminal.components(separatedBy: "\r").map {
      $0.replacingOccurrences(of: "\u{1B}[J", with: "")
    }
    #expect(drawn.allSatisfy { $0.count <= 23 })
    #expect(Self.screen(ending.terminal) == [""])
  }

  @Test(arguments: [(["--quiet"], "xterm"), ([], "dumb"), (["-q", "-o", "csv"], "xterm")])
  func nothingIsDrawn(arguments: [String], term: String) async throws {
    let ending = try await run(try await slowScan(), arguments, term: term)
    #expect(ending.status == 0)
    #expect(ending.terminal == "")
  }

  /// Ctrl-C takes the line away before the process ends.
  @Test func controlCTakesItAway() async throws {
    let scan = try await FaultScan()
    try await scan.server.inject(Fault(.hang, path: #"^/api/v1/pods\?"#))
    let script = TestFolders.testCluster.appendingPathComponent("interrupting.py").path
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      [
        "python3", "-B", script, "--when", " kinds", "--terminal", "--", BinaryUnderTest.url.path,
      ],
      environment: [
        "HOME": scan.binary.home.url.path, "PATH": "/usr/local/bin:/usr/bin:/bin",
        "KUBECONFIG": scan.kubeconfig.url.path, "TERM": "xterm",
      ])
    struct Interrupted: Decodable {
      var status: Int
      var wasSeen: Bool
      var stdout: String
    }
    let ending = try JSONDecoder().decode(Interrupted.self, from: result.output)
    #expect(ending.wasSeen)
    #expect(ending.status == 130)
    let rows = Self.screen(ending.stdout.replacingOccurrences(of: "\u{1B}[0m", with: ""))
    #expect(!rows.contains { $0.contains(" kinds") })
  }
}
