import Glibc
import Testing

@testable import CommandLineTool

/// Whole calls: arguments in; status, standard output and standard error out.
@Suite struct RunTests {
  private struct Outcome: Equatable {
    var status: ToolStatus
    var output: String
    var error: String
  }

  private func run(
    _ arguments: [String], registry: CommandRegistry = .standard
  ) async throws -> Outcome {
    let output = try Capture()
    let error = try Capture()
    let environment = Environment(
      variables: [:], homeDirectory: nil, currentDirectory: "/", now: { 0 },
      terminal: TerminalFacts(),
      standardOutput: output.writer(named: "standard output"),
      standardError: error.writer(named: "standard error"))
    let status = await CommandLineTool.run(
      arguments: arguments, environment: environment, registry: registry)
    return Outcome(status: status, output: try output.text(), error: try error.text())
  }

  @Test func version() async throws {
    #expect(
      try await run(["version"])
        == Outcome(
          status: .done,
          output: "kubectl gcr-report \(Version.number) (\(Version.platform))\n", error: ""))
  }

  @Test(arguments: [
    ["help"], ["help", "--all"], ["help", "version"], ["--help"], ["-h"], ["version", "--help"],
    ["help", "-h"],
  ])
  func help(arguments: [String]) async throws {
    let outcome = try await run(arguments)
    #expect(outcome.status == .done)
    #expect(outcome.output.contains("Usage:\n  kubectl gcr-report"))
    #expect(outcome.error == "")
  }

  @Test func helpOfAnUnknownCommand() async throws {
    #expect(
      try await run(["help", "versoin"])
        == Outcome(
          status: .usage, output: "",
          error: """
            error: unknown command "versoin"; did you mean "version"?
            see "kubectl gcr-report help" for usage

            """))
  }

  @Test func hostileArgumentsAreShownNotObeyed() async throws {
    let outcome = try await run(["\u{1B}[2Jx"])
    #expect(outcome.status == .usage)
    #expect(outcome.error.hasPrefix("error: unknown command \"\\u{1b}[2Jx\"; expected "))
  }

  @Test func secretsAreNeverEchoed() async throws {
    for arguments in [["--token=s3cret", "--bogus"], ["--tokne=s3cret"], ["-s3cret", "--x"]] {
      let outcome = try await run(arguments, registry: TestRegistry.all)
      #expect(outcome.status == .usage)
      #expect(!outcome.error.contains("s3cret"))
    }
  }

  @Test func aCancelledCommandSaysNothing() async throws {
    let command = Command(
      name: .demo, group: .look, summary: "Cancel", examples: [],
      run: { _ in throw CancellationError() })
    #expect(
      try await run(["demo"], registry: CommandRegistry(commands: [command]))
        == Outcome(status: .interrupted, output: "", error: ""))
  }

  @Test func outputThatCannotBeWritten() async throws {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let error = try Capture()
    let environment = Environment(
      variables: [:], homeDirectory: nil, currentDirectory: "/", now: { 0 },
      terminal: TerminalFacts(),
      standardOutput: OutputWriter(descriptor: descriptor, file: "standard output"),
      standardError: error.writer(named: "standard error"))
    #expect(await CommandLineTool.run(arguments: ["version"], environment: environment) == 1)
    #expect(
      try error.text() == "error: cannot write to \"standard output\": No space left on device\n")
  }
}
