import CommandLineTool
import Foundation
import TemporaryFolder
import Testing

/// The embedded sample, whole: from arguments to bytes, at a fixed moment.
@Suite struct DemoTests {
  struct Case: Sendable, CustomTestStringConvertible {
    /// In `Tests/Goldens`.
    var golden: String
    var arguments: [String]
    /// Of the terminal; nil for a pipe.
    var columns: Int?
    var variables: [String: String] = [:]

    var testDescription: String { golden }
  }

  static let cases = [
    Case(golden: "demo-table-80.txt", arguments: [], columns: 80, variables: ["NO_COLOR": "1"]),
    Case(golden: "demo-table.txt", arguments: []),
    Case(golden: "demo-table-color.txt", arguments: ["--color", "always"]),
    Case(golden: "demo-table-later.txt", arguments: ["--as-of", "2027-01-04"]),
    Case(golden: "demo-wide.txt", arguments: ["-o", "wide", "--include", "history"]),
    Case(golden: "demo-wide-80.txt", arguments: ["-o", "wide", "--color", "never"], columns: 80),
    Case(golden: "demo.csv", arguments: ["-o", "csv", "--all-images", "--include", "history"]),
    Case(golden: "demo.json", arguments: ["-o", "json", "--all-images", "--include", "history"]),
  ]

  @Test(arguments: cases)
  func looksAsRecorded(_ example: Case) async throws {
    let outcome = try await Self.demo(
      example.arguments, columns: example.columns, variables: example.variables)
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    try Golden.expect(outcome.output, example.golden)
  }

  @Test func coloursFollowTheTerminalAndTheUsersWish() async throws {
    func isColoured(
      _ arguments: [String], columns: Int?, _ variables: [String: String] = [:]
    ) async throws -> Bool {
      try await Self.demo(arguments, columns: columns, variables: variables).output
        .contains("\u{1B}[")
    }
    #expect(try await isColoured([], columns: 80))
    #expect(try await !isColoured([], columns: nil))
    #expect(try await !isColoured([], columns: 80, ["NO_COLOR": "1"]))
    #expect(try await isColoured([], columns: 80, ["NO_COLOR": ""]))
    #expect(try await isColoured(["--color", "always"], columns: nil, ["NO_COLOR": "1"]))
    #expect(try await !isColoured(["--color", "never"], columns: 80))
    #expect(try await !isColoured(["--color", "always", "-o", "json"], columns: nil))
    // Colours are the only difference that they make.
    let plain = try await Self.demo([], columns: nil, variables: [:]).output
    let coloured = try await Self.demo(["--color", "always"], columns: nil, variables: [:]).output
    #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain)
  }

  @Test func tablesFitTheTerminal() async throws {
    for columns in [60, 80, 120] {
      let output = try await Self.demo([], columns: columns, variables: ["NO_COLOR": "1"]).output
      let table = output.components(separatedBy: "\n\n")[2]
      #expect(table.hasPrefix("NAMESPACE "))
      #expect(table.split(separator: "\n").allSatisfy { $0.count <= columns }, "\(columns)")
    }
  }

  /// The binary itself, with the machine's own clock: on a day that is never today.
  @Test func theBinarySaysTheSame() async throws {
    let binary = try BinaryUnderTest()
    let result = try await binary.run("demo", "--as-of", "2026-11-20")
    #expect(result.status == 0)
    #expect(result.stderr == "")
    try Golden.expect(result.stdout, "demo-table-earlier.txt")
    let coloured = try await binary.run("demo", "--color", "always")
    #expect(coloured.stdout.contains("\u{1B}["))
    let json = try await binary.run("demo", "-o", "json", "--all-images", "--include", "history")
    let report = try ScannedReport(json)
    #expect(try report.cluster.counts.imageUses == report.cluster.findings.count)
    #expect(try binary.leftovers() == [])
  }

  @Test func exitStatusFollowsTheFindings() async throws {
    for (arguments, status) in [
      (["--fail-on", "critical"], 3), (["--fail-on", "info", "--exit-zero"], 0),
      (["--require-complete"], 4), ([], 0),
    ] {
      #expect(try await Self.demo(arguments, columns: nil, variables: [:]).status == status)
    }
  }

  private struct Outcome {
    var status: Int32
    var output: String
    var error: String
  }

  /// 2026-11-21T12:00:00Z
  private static let noon: Int64 = 1_795_262_400

  private static func demo(
    _ arguments: [String], columns: Int?, variables: [String: String]
  ) async throws -> Outcome {
    let folder = try TemporaryFolder()
    let files = try ["output", "error"].map { name in
      try FileHandle(forWritingTo: folder.write("", to: name))
    }
    let environment = Environment(
      variables: variables, homeDirectory: nil, currentDirectory: folder.url.path,
      now: { noon },
      terminal: TerminalFacts(isOutputTerminal: columns != nil, columns: columns),
      standardOutput: OutputWriter(
        descriptor: files[0].fileDescriptor, file: "standard output"),
      standardError: OutputWriter(descriptor: files[1].fileDescriptor, file: "standard error"))
    let status = await CommandLineTool.run(
      arguments: ["demo"] + arguments, environment: environment)
    for file in files { try file.close() }
    func text(_ name: String) throws -> String {
      String(
        decoding: try Data(contentsOf: folder.url.appendingPathComponent(name)), as: UTF8.self)
    }
    return Outcome(status: status, output: try text("output"), error: try text("error"))
  }
}
