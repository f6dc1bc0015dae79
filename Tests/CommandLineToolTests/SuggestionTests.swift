import Testing

@testable import CommandLineTool

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("sacn", "scan"), ("SCAN", "scan"), ("rule", "rules"), ("vers", "version"), ("halp", "help"),
    ("xyzzy", nil), ("v", nil), ("", nil),
  ])
  func nearest(word: String, expected: String?) {
    let commands = ["scan", "rules", "demo", "version", "help"]
    #expect(Suggestion.nearest(to: word, among: commands) == expected)
  }
}
