import Testing

@testable import Inventory

@Suite struct GlobTests {
  @Test(arguments: [
    ("web", "web", true), ("web", "Web", false), ("web", "web2", false), ("", "", true),
    ("", "a", false), ("*", "", true), ("*", "a/b", true), ("?", "", false), ("?", "é", true),
    ("kube-*", "kube-system", true), ("kube-*", "kube-", true), ("kube-*", "kube", false),
    ("*-system", "istio-system", true), ("*-system", "istio-system-2", false),
    ("gcr.io/*/pilot:1.?", "gcr.io/a/b/pilot:1.2", true), ("gcr.io/*", "eu.gcr.io/x", false),
    ("a*b*c", "aXbYbZc", true), ("a*b*c", "aXcYb", false), ("**", "x", true), ("a.c", "abc", false),
    ("[a]", "a", false), ("*a", "aaab", false),
  ])
  func matching(pattern: String, text: String, expected: Bool) {
    #expect(Glob(pattern).matches(text) == expected)
  }

  /// What would take a naive matcher for ever.
  @Test func hostilePatternsEnd() {
    let text = String(repeating: "a", count: 5_000)
    #expect(!Glob(String(repeating: "a*", count: 200) + "b").matches(text))
  }

  @Test func plainNamesAreNoPatterns() {
    #expect(!Glob("kube-system").isPattern)
    #expect(Glob("kube-?").isPattern && Glob("*").isPattern)
  }
}
