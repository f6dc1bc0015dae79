import ImageReferences
import Testing

@testable import Reports

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("plain-name_1.2", "plain-name_1.2"),
    ("", ""),
    ("back\\slash", "back\\slash"),
    // C0, DEL, C1 (ECMA-48: CSI is also one byte of C1).
    ("\u{1B}[31mred", "\\u{1b}[31mred"),
    ("a\nb\r\nc\td", "a\\nb\\r\\nc\\td"),
    ("\u{0}\u{7F}\u{9B}", "\\u{0}\\u{7f}\\u{9b}"),
    // Bidi overrides and isolates (UAX #9), zero-width and tag characters, separators.
    ("a\u{202E}b\u{2066}c\u{2069}", "a\\u{202e}b\\u{2066}c\\u{2069}"),
    ("a\u{200B}\u{200D}\u{FEFF}\u{AD}", "a\\u{200b}\\u{200d}\\u{feff}\\u{ad}"),
    ("x\u{E0041}\u{E007F}", "x\\u{e0041}\\u{e007f}"),
    ("a\u{2028}\u{2029}b", "a\\u{2028}\\u{2029}b"),
    // Default-ignorable letters, private use, noncharacters.
    ("\u{3164}\u{115F}\u{E000}\u{FFFE}", "\\u{3164}\\u{115f}\\u{e000}\\u{fffe}"),
    // Marks need a base, and only so many.
    ("\u{301}a", "\\u{301}a"),
    ("e\u{301}\u{302}\u{303}\u{304}\u{305}", "e\u{301}\u{302}\u{303}\u{304}\\u{305}"),
    // A variation selector shows only behind an emoji that is not a digit.
    ("❤\u{FE0F}", "❤\u{FE0F}"),
    ("1\u{FE0F}", "1\\u{fe0f}"),
    ("❤\u{FE0F}\u{FE0F}", "❤\u{FE0F}\\u{fe0f}"),
    ("名前 é עברית 🇩🇪", "名前 é עברית 🇩🇪"),
  ])
  func sanitizes(_ text: String, _ expected: String) {
    #expect(Array(TerminalText.sanitized(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  @Test func nothingThatActsSurvives() {
    let values = [UInt32(0)...0xFFFF, 0x1F000...0x1FFFF, 0xE0000...0xE0FFF].joined()
    for scalar in values.compactMap({ Unicode.Scalar($0) }) {
      let text = TerminalText.sanitized("a\(Character(scalar))")
      if text.unicodeScalars.contains(where: { TerminalText.acts($0) }) {
        Issue.record("U+\(String(scalar.value, radix: 16)) survives")
      }
    }
  }

  @Test(arguments: [
    ("abc", 3), ("", 0), ("é", 1), ("e\u{301}", 1), ("名前", 4), ("ｆｕｌｌ", 8), ("ﾊﾝ", 2),
    ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("🚀", 2), ("🇩🇪", 2), ("👍🏽", 2),
    ("❤\u{FE0F}", 2), ("❤", 1), ("…", 1), ("·", 1), ("עברית", 5), ("䷀", 2), ("𠀀", 2), ("〈", 2),
  ])
  func measures(_ text: String, _ expected: Int) {
    #expect(TerminalText.width(text) == expected)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
    ("名前空間", 5, "名前…"), ("名前空間", 4, "名…"), ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ])
  func truncates(_ text: String, _ width: Int, _ expected: String) {
    #expect(TerminalText.truncated(text, to: width) == expected)
  }

  @Test(arguments: [
    ("abcdefgh", 8, "abcdefgh"), ("abcdefgh", 7, "abc…fgh"), ("abcdefgh", 4, "ab…h"),
    ("abcdefgh", 2, "a…"), ("名前空間", 6, "名…間"),
  ])
  func truncatesTheMiddle(_ text: String, _ width: Int, _ expected: String) {
    #expect(TerminalText.middleTruncated(text, to: width) == expected)
  }

  @Test(arguments: [
    ("abcd", 2, ["ab", "cd"]), ("abc", 5, ["abc"]), ("", 3, [""]), ("名前x", 3, ["名", "前x"]),
    ("名", 1, ["名"]),
  ])
  func breaks(_ text: String, _ width: Int, _ expected: [String]) {
    #expect(TerminalText.broken(text, to: width) == expected)
  }

  @Test func padsByColumns() {
    #expect(TerminalText.padded("名", to: 4) == "名  ")
    #expect(TerminalText.padded("long", to: 2) == "long")
  }
}

@Suite struct ImageLabelTests {
  static let digest = SampleReports.digest

  @Test(arguments: [
    (60, "gcr.io/istio-release/sub/pilot:1.29.1"),
    (36, "…/istio-release/sub/pilot:1.29.1"),
    (20, "…/sub/pilot:1.29.1"),
    (14, "…/pilot:1.29.1"),
    (13, "…pilot:1.29.1"),
    (12, "…ilot:1.29.1"),
    (8, "…:1.29.1"),
    (3, "…:1.29.1"),
  ])
  func neverCutsTheTag(_ width: Int, _ expected: String) {
    let label = ImageLabel(
      .make(registry: "gcr.io", "istio-release/sub/pilot", tag: "1.29.1"))
    #expect(label.fitted(to: width) == expected)
    #expect(label.usefulWidth == 14)
    #expect(label.leastWidth == 8)
  }

  @Test(arguments: [
    (200, "k8s.gcr.io/etcd:3.5@\(digest)"),
    (42, "k8s.gcr.io/etcd:3.5@sha256:927d98197ec1…"),
    (30, "k8s.gcr.io/etcd:3.5@…"),
    (14, "…/etcd:3.5@…"),
  ])
  func cutsTheDigestFirst(_ width: Int, _ expected: String) {
    let label = ImageLabel(.make("etcd", tag: "3.5", digest: Self.digest))
    #expect(label.fitted(to: width) == expected)
  }

  @Test func keepsTheStartOfADigestThatStandsAlone() {
    let label = ImageLabel(.make("etcd", tag: nil, digest: Self.digest))
    #expect(label.fitted(to: 20) == "…@sha256:927d98197ec1…")
    #expect(label.fitted(to: 30) == "…/etcd@sha256:927d98197ec1…")
  }

  @Test func showsNoTagThatWasNotWritten() {
    let label = ImageLabel(.make("nginx", registry: "docker.io", "library/nginx", tag: "latest"))
    #expect(label.whole == "nginx")
  }

  @Test func copesWithNothingButSlashes() {
    let label = ImageLabel(
      .invalid(raw: String(repeating: "/", count: 1 << 16), reason: "too long"))
    #expect(TerminalText.width(label.fitted(to: 40)) <= 40)
  }
}

@Suite struct ShellWordTests {
  @Test(arguments: [
    ("kube-system", "kube-system"), ("a b", "'a b'"), ("it's", "'it'\\''s'"),
    ("$(rm -rf ~)", "'$(rm -rf ~)'"), ("gke_p_z:c", "gke_p_z:c"),
  ])
  func quotes(_ text: String, _ expected: String) {
    #expect(ShellWord.text(text) == expected)
  }

  @Test(arguments: ["", "-n", "a\u{1B}b", "a\nb", "a\u{202E}b"])
  func refuses(_ text: String) {
    #expect(ShellWord.text(text) == nil)
  }

  @Test(arguments: [
    ("", 5, [""]), ("one two", 7, ["one two"]), ("one two", 6, ["one", "two"]),
    ("one two three", 9, ["one two", "three"]), ("abcdefgh ij", 5, ["abcde", "fgh", "ij"]),
    ("abcdefg h", 5, ["abcde", "fg h"]), ("a  b", 4, ["a  b"]), ("日本 語", 5, ["日本", "語"]),
  ])
  func textIsFoldedAtSpaces(text: String, width: Int, expected: [String]) {
    #expect(TerminalText.folded(text, to: width) == expected)
  }
}
