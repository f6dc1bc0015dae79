import Testing

@testable import SourceFiles

/// gitignore(5), pattern by pattern; expectations are those of `git check-ignore`.
@Suite struct IgnoreRulesTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let patterns: String
    let ignored: [String]
    let kept: [String]
    var testDescription: String { patterns.replacing("\n", with: "⏎") }
  }

  static let cases: [Case] = [
    Case(patterns: "*.log", ignored: ["a.log", "d/a.log", ".log"], kept: ["a.logs", "alog"]),
    Case(patterns: "/a.yaml", ignored: ["a.yaml"], kept: ["d/a.yaml"]),
    Case(patterns: "d/a", ignored: ["d/a"], kept: ["x/d/a"]),
    Case(patterns: "out/", ignored: ["out/", "d/out/"], kept: ["out", "d/out"]),
    Case(patterns: "**/x", ignored: ["x", "a/x", "a/b/x"], kept: ["ax"]),
    Case(patterns: "a/**", ignored: ["a/b", "a/b/c"], kept: ["a/", "b/a"]),
    Case(patterns: "a/**/b", ignored: ["a/b", "a/x/b", "a/x/y/b"], kept: ["ab", "x/a/b"]),
    Case(patterns: "a**b", ignored: ["ab", "axxb", "d/axb"], kept: ["a/b"]),
    Case(patterns: "*.yaml\n!keep.yaml", ignored: ["a.yaml"], kept: ["keep.yaml", "d/keep.yaml"]),
    Case(patterns: "!a\na", ignored: ["a"], kept: []),
    Case(patterns: "# comment\n\\#real", ignored: ["#real"], kept: ["# comment", "comment"]),
    Case(patterns: "\\!bang", ignored: ["!bang"], kept: ["bang"]),
    Case(patterns: "a \nb\\ ", ignored: ["a", "b "], kept: ["a ", "b"]),
    Case(patterns: "a\r\nb\r\n", ignored: ["a", "b"], kept: ["a\r"]),
    Case(patterns: "[a-c].x", ignored: ["a.x", "c.x"], kept: ["d.x", "ab.x"]),
    Case(patterns: "[!a]", ignored: ["b"], kept: ["a", "bb"]),
    Case(patterns: "[]a]", ignored: ["]", "a"], kept: ["b"]),
    Case(patterns: "[a", ignored: ["[a"], kept: ["a"]),
    Case(patterns: "a?c", ignored: ["abc"], kept: ["ac", "a/c"]),
    Case(patterns: "d/*.y", ignored: ["d/a.y"], kept: ["d/e/a.y"]),
    Case(patterns: "\u{FEFF}a", ignored: ["a"], kept: []),
    Case(patterns: "/", ignored: [], kept: ["a"]),
    Case(patterns: "/*\n!/src", ignored: ["a", "b/"], kept: ["src/"]),
  ]

  @Test(arguments: cases) func pattern(_ test: Case) {
    var rules = IgnoreRules()
    rules.add(test.patterns, folder: [])
    for path in test.ignored { #expect(Self.ignores(rules, path), "\(path) should be ignored") }
    for path in test.kept { #expect(!Self.ignores(rules, path), "\(path) should be kept") }
  }

  @Test func aDeeperFileDecides() {
    var rules = IgnoreRules()
    rules.add("*.yaml\n", folder: [])
    rules.add("!a.yaml\n/b.txt\n", folder: ["d"])
    #expect(Self.ignores(rules, "a.yaml"))
    #expect(!Self.ignores(rules, "d/a.yaml"))
    #expect(!Self.ignores(rules, "d/e/a.yaml"))
    #expect(Self.ignores(rules, "d/c.yaml"))
    #expect(Self.ignores(rules, "d/b.txt"))
    #expect(!Self.ignores(rules, "b.txt"))
  }

  @Test func hostilePatternsEnd() {
    var rules = IgnoreRules()
    rules.add(String(repeating: "a*", count: 500) + "b", folder: [])
    rules.add(String(repeating: "**/a/", count: 200) + "b", folder: [])
    #expect(!Self.ignores(rules, String(repeating: "a", count: 2000)))
    #expect(
      !Self.ignores(rules, Array(repeating: "a", count: 400).joined(separator: "/")))
  }

  private static func ignores(_ rules: IgnoreRules, _ path: String) -> Bool {
    rules.ignores(
      path.split(separator: "/").map(String.init), isFolder: path.hasSuffix("/"))
  }
}
