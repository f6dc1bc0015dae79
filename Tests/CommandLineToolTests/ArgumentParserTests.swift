import RegistryCatalogue
import Reports
import Testing

@testable import CommandLineTool

@Suite struct ArgumentParserTests {
  private func parse(_ arguments: [String]) throws(UsageError) -> ParsedArguments {
    try ArgumentParser(registry: TestRegistry.all).parse(arguments)
  }

  // pflag's spellings: flag.go, parseLongArg and parseSingleShortArg.
  @Test(arguments: [
    (["-n", "a"], ["a"]), (["-na"], ["a"]), (["-n=a"], ["a"]), (["--namespace", "a"], ["a"]),
    (["--namespace=a"], ["a"]), (["-n", "a", "-n", "b"], ["a", "b"]), (["-n", "a,b"], ["a", "b"]),
    (["-qna"], ["a"]), (["-qn=a"], ["a"]), (["-qn", "a"], ["a"]), (["-n", "-q"], ["-q"]),
    (["--namespace", "--quiet"], ["--quiet"]), (["--namespace="], []), (["-n", ""], []),
  ])
  func namespacesInEverySpelling(arguments: [String], expected: [String]) throws {
    #expect(try parse(arguments)[Flags.selection.namespaces] == expected)
  }

  @Test(arguments: [
    (["-A"], true), (["--all-namespaces"], true), (["--all-namespaces=true"], true),
    (["--all-namespaces=false"], false), (["-A=false"], false), (["-A", "-A=0"], false),
    (["-qA"], true), (["--all-namespaces=T"], true), ([], false),
  ])
  func switches(arguments: [String], expected: Bool) throws {
    #expect(try parse(arguments)[Flags.selection.allNamespaces] == expected)
  }

  @Test(arguments: [
    ([], 0), (["-v"], 1), (["-vv"], 2), (["-v", "-v"], 2), (["-v=6"], 6), (["-v6"], 6),
    (["-v", "6"], 6), (["--v=6"], 6), (["--v", "6"], 6), (["-v", "-q"], 1), (["-qv"], 1),
    (["-vq"], 1), (["-v=0"], 0),
  ])
  func verbosity(arguments: [String], expected: Int) throws {
    #expect(try parse(arguments)[Flags.general.verbosity] == expected)
  }

  @Test func lastOfARepeatedScalarWins() throws {
    let parsed = try parse(["--context", "a", "--context=b", "-o", "csv", "-ojson"])
    #expect(parsed[Flags.connection.context] == "b")
    #expect(parsed[Flags.output.targets] == [OutputTarget(.csv), OutputTarget(.json)])
  }

  @Test func defaults() throws {
    let parsed = try parse([])
    #expect(parsed.command == .scan)
    #expect(!parsed.isCommandNamed)
    #expect(parsed[Flags.scanning.chunkSize] == 500)
    #expect(parsed[Flags.scanning.maximumNamespaces] == 500)
    #expect(parsed[Flags.scanning.parallelCredentials] == 4)
    #expect(parsed[Flags.output.targets] == [OutputTarget(.table)])
    #expect(parsed[Flags.output.color] == .auto)
    #expect(parsed[Flags.status.failOn] == nil)
    #expect(parsed[Flags.connection.context] == nil)
    #expect(parsed[Flags.connection.requestTimeout] == nil)
    #expect(parsed[Flags.report.include] == [])
    #expect(!parsed.isGiven(Flags.connection.context))
  }

  @Test func typedValues() throws {
    let parsed = try parse([
      "scan", "--fail-on", "high", "--as-of=2026-12-01", "--include", "history",
      "--request-timeout", "1m30s", "--chunk-size=0", "--as-group", "a,b", "--as-group=c",
    ])
    #expect(parsed.isCommandNamed)
    #expect(parsed[Flags.status.failOn] == Risk.high)
    #expect(parsed[Flags.report.asOf] == CalendarDate(year: 2026, month: 12, day: 1))
    #expect(parsed[Flags.report.include] == [.history])
    #expect(parsed[Flags.connection.requestTimeout] == .seconds(90))
    #expect(parsed[Flags.scanning.chunkSize] == 0)
    #expect(parsed[Flags.connection.impersonatedGroups] == ["a,b", "c"])
    #expect(parsed.isGiven(Flags.scanning.chunkSize))
  }

  @Test(arguments: [
    (["rules", "k8s"], CommandName.rules, ["k8s"]),
    (["--rules", "f", "rules", "k8s"], .rules, ["k8s"]),
    (["rules", "--", "--export"], .rules, ["--export"]),
    (["rules", "-"], .rules, ["-"]),
    (["-h"], .scan, []),
    (["version"], .version, []),
  ])
  func commandsAndPositionals(
    arguments: [String], command: CommandName, positionals: [String]
  ) throws {
    let parsed = try parse(arguments)
    #expect(parsed.command == command)
    #expect(parsed.positionals == positionals)
  }

  @Test(arguments: [
    (
      ["--namspace", "a"],
      UsageError.unknownFlag("--namspace", suggestion: "--namespace")
    ),
    // `--all` is a flag of `help` alone.
    (["--alll"], .unknownFlag("--alll", suggestion: nil)),
    (["--alll", "scan"], .unknownFlag("--alll", suggestion: nil)),
    (["help", "--alll"], .unknownFlag("--alll", suggestion: "--all")),
    (["--alll", "help"], .unknownFlag("--alll", suggestion: "--all")),
    (["--version"], .unknownFlag("--version", suggestion: "kubectl gcr-report version")),
    (["--xyzzy=secret"], .unknownFlag("--xyzzy", suggestion: nil)),
    (["-x"], .unknownFlag("-x", suggestion: nil)),
    (["-Ax"], .unknownFlag("-x", suggestion: nil)),
    (["---x"], .malformedFlag("---x")),
    (["--=x"], .malformedFlag("--")),
    (["--context"], .missingValue(flag: "--context", placeholder: "NAME")),
    (["-n"], .missingValue(flag: "-n", placeholder: "NAME")),
    (
      ["-o", "tabel"],
      .invalidValue(
        flag: "--output", value: "tabel",
        expected: WordList.either(OutputFormat.allCases.map(\.rawValue))
          + "; did you mean \"table\"?")
    ),
    (
      ["--chunk-size=-1"],
      .invalidValue(flag: "--chunk-size", value: "-1", expected: "a whole number, 0 or more")
    ),
    (
      ["--chunk-size", "99999999999999999999"],
      .invalidValue(
        flag: "--chunk-size", value: "99999999999999999999",
        expected: "a whole number, 0 or more")
    ),
    (
      ["--fail-on=clean"],
      .invalidValue(
        flag: "--fail-on", value: "clean", expected: "critical, high, medium, low or info")
    ),
    (
      ["--include", "history,futures"],
      .invalidValue(flag: "--include", value: "futures", expected: "history")
    ),
    (
      ["-A=maybe"],
      .invalidValue(flag: "--all-namespaces", value: "maybe", expected: "true or false")
    ),
    (
      ["--as-of", "2026-02-30"],
      .invalidValue(flag: "--as-of", value: "2026-02-30", expected: "a day as YYYY-MM-DD")
    ),
    (
      ["sacn"],
      .unknownCommand(
        "sacn", suggestion: "scan",
        known: TestRegistry.all.commands.map(\.name.rawValue))
    ),
    (["scan", "payments"], .unexpectedArgument("payments", command: .scan)),
    (["rules", "a", "b"], .unexpectedArgument("b", command: .rules)),
    (
      ["version", "--fail-on", "high"],
      .flagOfOtherCommand(
        "--fail-on", command: .version, owners: ["scan", "files", "merge", "demo"])
    ),
  ])
  func mistakes(arguments: [String], expected: UsageError) {
    #expect(throws: expected) { try parse(arguments) }
  }

  /// A flag that no registered command acts on is not known at all.
  @Test func flagsOfAbsentCommandsAreUnknown() {
    let registry = CommandRegistry(commands: [VersionCommand.command, HelpCommand.command])
    #expect(throws: UsageError.unknownFlag("--fail-on", suggestion: nil)) {
      try ArgumentParser(registry: registry).parse(["--fail-on", "high"])
    }
  }

  @Test(arguments: ["--token", "--password"])
  func secretsAreMarked(flag: String) throws {
    let entry = try #require(TestRegistry.all.flags.entries(named: String(flag.dropFirst(2))).first)
    #expect(entry.definition.isSecret)
  }
}
