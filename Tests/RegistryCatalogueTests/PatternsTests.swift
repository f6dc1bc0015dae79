import Testing

@testable import RegistryCatalogue

@Suite("Patterns, templates, times and hashes")
struct PatternsTests {
  @Test(
    "tag patterns",
    arguments: [
      ("v3", "v3", true), ("v3", "v30", false), ("v3", "xv3", false),
      ("*", "", true), ("*", "anything", true),
      ("[0-9]*", "1", true), ("[0-9]*", "1.2", true), ("[0-9]*", "v1", false),
      ("[0-9]*-debian-8*", "1.2-debian-8-r3", true),
      ("[0-9]*-debian-8*", "1.2-debian-9-r3", false),
      ("a*b*c", "abbbc", true), ("a*b*c", "axbyc", true), ("a*b*c", "ac", false),
      ("a**", "a", true), ("*a", "bab", false), ("*ab", "aab", true),
    ])
  func tags(_ pattern: String, _ tag: String, _ expected: Bool) throws {
    #expect(try #require(TagPattern(pattern)).matches(tag) == expected)
  }

  @Test("bad tag patterns", arguments: ["", "[a-z]", "x["])
  func badTags(_ pattern: String) {
    #expect(TagPattern(pattern) == nil)
  }

  @Test("a hostile tag pattern costs no time")
  func hostileTag() throws {
    let pattern = try #require(TagPattern(String(repeating: "a*", count: 64) + "b"))
    #expect(!pattern.matches(String(repeating: "a", count: 128)))
  }

  @Test("templates are filled once")
  func templates() {
    #expect(TemplateText.fill("{a}/{b}", ["a": "{b}", "b": "x"]) == "{b}/x")
    #expect(TemplateText.fill("{a", ["a": "x"]) == "{a")
    #expect(TemplateText.fill("{c}}", ["a": "x"]) == "{c}}")
  }

  @Test(
    "event times",
    arguments: [
      ("2026-12-08", "2026-12-08"), ("2026-12-08T15:00Z", "2026-12-08T15:00Z"),
      ("2026-12-08T24:00Z", nil), ("2026-12-08T15:60Z", nil), ("2026-12-08T15:00", nil),
      ("2026-12-08 15:00Z", nil), ("2026-02-30", nil), ("2026-12-08T1é:00Z", nil), ("", nil),
    ] as [(String, String?)])
  func times(_ text: String, _ expected: String?) {
    #expect(EventTime(text)?.text == expected)
  }

  @Test(
    "SHA-256 gives NIST's vectors (FIPS 180-4 examples, CAVP byte-oriented)",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
          + "lmnopqrsmnopqrstnopqrstu",
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
      ),
    ])
  func sha256(_ message: String, _ digest: String) {
    #expect(SHA256.hex(Array(message.utf8)) == digest)
  }

  @Test("SHA-256 of a million times a")
  func sha256OfAMillion() {
    #expect(
      SHA256.hex([UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }
}
