import Testing

@testable import CommandLineTool

@Suite struct TerminalFactsTests {
  private static let terminal = TerminalFacts(isOutputTerminal: true, columns: 80)
  private static let pipe = TerminalFacts()

  @Test(
    arguments: [
      (true, 120, [:], 120), (true, nil, [:], 80), (true, 120, ["COLUMNS": "60"], 60),
      (true, 120, ["COLUMNS": "0"], 120), (true, 120, ["COLUMNS": "wide"], 120),
      (true, nil, ["COLUMNS": "60"], 60), (false, 120, ["COLUMNS": "60"], nil),
    ] as [(Bool, Int?, [String: String], Int?)])
  func columns(
    isTerminal: Bool, measured: Int?, variables: [String: String], expected: Int?
  ) {
    #expect(
      TerminalFacts.columns(isTerminal: isTerminal, measured: measured, variables: variables)
        == expected)
  }

  @Test(arguments: [(nil, 80), (10, 40), (40, 40), (120, 120), (500, 200)] as [(Int?, Int)])
  func layoutWidth(columns: Int?, expected: Int) {
    #expect(TerminalFacts(columns: columns).layoutWidth == expected)
  }

  @Test(
    arguments: [
      (terminal, .auto, [:], true),
      (pipe, .auto, [:], false),
      (terminal, .never, [:], false),
      (pipe, .always, [:], true),
      (pipe, .always, ["NO_COLOR": "1"], true),
      (terminal, .never, ["CLICOLOR_FORCE": "1"], false),
      (terminal, .auto, ["NO_COLOR": "1"], false),
      (terminal, .auto, ["NO_COLOR": ""], true),
      (terminal, .auto, ["NO_COLOR": "1", "CLICOLOR_FORCE": "1"], false),
      (pipe, .auto, ["CLICOLOR_FORCE": "1"], true),
      (pipe, .auto, ["CLICOLOR_FORCE": "0"], false),
      (terminal, .auto, ["TERM": "dumb"], false),
    ] as [(TerminalFacts, ColorChoice, [String: String], Bool)])
  func color(
    facts: TerminalFacts, choice: ColorChoice, variables: [String: String], expected: Bool
  ) {
    #expect(facts.usesColor(choice, variables: variables) == expected)
  }
}
