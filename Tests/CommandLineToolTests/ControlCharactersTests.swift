import Testing

@testable import CommandLineTool

@Suite struct ControlCharactersTests {
  @Test(arguments: [
    ("plain: ä 日本 🙂 \"x\"", "plain: ä 日本 🙂 \"x\""),
    ("two\nlines", "two\nlines"),
    ("\u{1B}[31mred\u{1B}[0m", "\\u{1b}[31mred\\u{1b}[0m"),
    ("\u{1B}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"),
    ("\r\u{8}\t\0\u{7F}", "\\u{d}\\u{8}\\u{9}\\u{0}\\u{7f}"),
    ("a\r\nb", "a\\u{d}\nb"),
    ("\u{9B}31m", "\\u{9b}31m"),
    ("\u{202E}evil\u{202C}", "\\u{202e}evil\\u{202c}"),
    ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"),
    ("a\u{200B}b\u{FEFF}", "a\\u{200b}b\\u{feff}"),
    ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
    ("\u{E0041}", "\\u{e0041}"),
  ])
  func escaping(text: String, expected: String) {
    #expect(ControlCharacters.escaped(text) == expected)
  }
}
