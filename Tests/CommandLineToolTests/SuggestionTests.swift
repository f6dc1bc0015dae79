import Testing

@testable import CommandLineTool

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("scan", "scan", 0), ("sacn", "scan", 1),
    ("scn", "scan", 1), ("scann", "scan", 1), ("scam", "scan", 1), ("kitten", "sitting", 3),
    ("ca", "abc", 3),
  ])
  func distances(left: String, right: String, expected: Int) {
    #expect(Suggestion.distance(left, right) == expected)
    #expect(Suggestion.distance(right, left) == expected)
  }

  @Test(arguments: [
    ("sacn", "scan"), ("SCAN", "scan"), ("rule", "rules"), ("vers", "version"), ("halp", "help"),
    ("xyzzy", nil), ("v", nil), ("", nil),
  ])
  func nearest(word: String, expected: String?) {
    let commands = ["scan", "rules", "demo", "version", "help"]
    #expect(Suggestion.nearest(to: word, among: commands) == expected)
  }
}
