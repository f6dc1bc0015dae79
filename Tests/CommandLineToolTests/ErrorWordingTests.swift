import Testing

@testable import CommandLineTool

@Suite struct ErrorWordingTests {
  private static let cases: [(any Error, String)] = [
    (
      UsageError.unknownFlag("--namspace", suggestion: "--namespace"),
      "unknown flag \"--namspace\"; did you mean \"--namespace\"?"
    ),
    (UsageError.unknownFlag("-x", suggestion: nil), "unknown flag \"-x\""),
    (
      UsageError.unknownCommand("sacn", suggestion: "scan", known: ["scan"]),
      "unknown command \"sacn\"; did you mean \"scan\"?"
    ),
    (
      UsageError.unknownCommand("x", suggestion: nil, known: ["scan", "rules", "help"]),
      "unknown command \"x\"; expected scan, rules or help"
    ),
    (
      UsageError.malformedFlag("---x"),
      "\"---x\" is not a flag; expected --NAME or --NAME=VALUE"
    ),
    (
      UsageError.missingValue(flag: "-n", placeholder: "NAME"),
      "flag \"-n\" needs a value: -n NAME"
    ),
    (
      UsageError.invalidValue(flag: "--color", value: "blue", expected: "auto, always or never"),
      "invalid value \"blue\" for \"--color\"; expected auto, always or never"
    ),
    (
      UsageError.invalidValue(flag: "--token", value: nil, expected: "a token"),
      "invalid value for \"--token\"; expected a token"
    ),
    (
      UsageError.flagOfOtherCommand("--export", command: .scan, owners: ["rules"]),
      "flag \"--export\" does not apply to \"scan\"; it belongs to rules"
    ),
    (
      UsageError.contradiction("--only-legacy", "--all-images"),
      "\"--only-legacy\" and \"--all-images\" contradict each other; expected one of them"
    ),
    (
      UsageError.unexpectedArgument("x", command: .scan),
      "unexpected argument \"x\" after \"scan\""
    ),
    (
      OutputError(file: "standard output", code: 28),
      "cannot write to \"standard output\": No space left on device"
    ),
  ]

  @Test func texts() {
    for (error, text) in Self.cases {
      #expect(describe(error) == text)
    }
  }

  @Test func statuses() {
    #expect(ToolStatus.decide(facts(of: UsageError.malformedFlag("--"))) == .usage)
    #expect(ToolStatus.decide(facts(of: CancellationError())) == .interrupted)
    #expect(ToolStatus.decide(facts(of: OutputError(file: "x", code: 28))) == .error)
  }
}
