import Testing

@testable import CommandLineTool

@Suite struct TextLayoutTests {
  @Test(arguments: [
    ("", 10, []), ("one two", 10, ["one two"]), ("one two three", 7, ["one two", "three"]),
    ("unbreakable", 4, ["unbreakable"]), ("a unbreakable b", 4, ["a", "unbreakable", "b"]),
  ])
  func wrapping(text: String, width: Int, expected: [String]) {
    #expect(TextLayout.wrap(text, to: width) == expected)
  }

  @Test func continuedCommandLines() {
    #expect(
      TextLayout.continued("kubectl gcr-report -n payments -o wide", to: 22) == [
        "kubectl gcr-report \\", "    -n payments \\", "    -o wide",
      ])
  }
}
