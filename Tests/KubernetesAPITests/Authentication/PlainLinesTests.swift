import Testing

@testable import KubernetesAPI

@Suite struct PlainLinesTests {
  private func lines(_ chunks: [[UInt8]]) -> [String] {
    var splitter = PlainLines()
    let complete = chunks.flatMap { splitter.append($0) }
    return complete + (splitter.finish().map { [$0] } ?? [])
  }

  @Test(arguments: [
    ("", []),
    ("a", ["a"]),
    ("a\n", ["a"]),
    ("a\nb\n", ["a", "b"]),
    ("a\r\nb", ["a", "b"]),
    ("10 %\r20 %\r", ["10 %", "20 %"]),
    ("\n\n", ["", ""]),
    ("tab\there", ["tab\there"]),
    ("\u{1B}]0;title\u{7}", [#"\u{1B}]0;title\u{7}"#]),
    ("\u{9B}31m", [#"\u{9B}31m"#]),
    ("abc\u{202E}def\u{2066}", [#"abc\u{202E}def\u{2066}"#]),
    ("a\u{2028}b", [#"a\u{2028}b"#]),
    ("\u{7F}\u{0}", [#"\u{7F}\u{0}"#]),
    ("Grüße 漢字", ["Grüße 漢字"]),
  ])
  func `lines are cut at every kind of end, at every split`(text: String, expected: [String]) {
    let bytes = Array(text.utf8)
    #expect(lines([bytes]) == expected)
    for split in 0...bytes.count {
      #expect(lines([Array(bytes[..<split]), Array(bytes[split...])]) == expected)
    }
  }

  @Test func `bytes that are not text are replaced`() {
    #expect(lines([[0x61, 0xFF, 0x62]]) == ["a\u{FFFD}b"])
  }

  @Test func `a line without end is cut`() {
    let cut = lines([[UInt8](repeating: 0x61, count: 20_000)])
    #expect(cut.map(\.utf8.count) == [8192, 8192, 3616])
  }
}
