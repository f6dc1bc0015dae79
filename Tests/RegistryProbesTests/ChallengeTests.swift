import Testing

@testable import RegistryProbes

@Suite struct ChallengeTests {
  // Forms of RFC 9110, section 11.6.1, and of registries.
  @Test(arguments: [
    (
      "Bearer realm=\"https://auth.test/token\",service=\"reg\",scope=\"repository:a/b:pull\"",
      [
        Challenge.bearer(
          realm: "https://auth.test/token", service: "reg", scope: "repository:a/b:pull")
      ]
    ),
    (
      "bearer REALM = https , Service=x",
      [.bearer(realm: "https", service: "x", scope: nil)]
    ),
    ("Basic realm=\"x, y\"", [.basic]), ("Basic", [.basic]),
    (
      "Negotiate, Basic realm=\"a\\\"b\", Bearer realm=\"r\"",
      [.basic, .bearer(realm: "r", service: nil, scope: nil)]
    ),
    ("Bearer realm=\"a\",realm=\"b\"", [.bearer(realm: "a", service: nil, scope: nil)]),
    ("Bearer", []), ("Bearer realm=\"open", []), ("Bearer service=\"x\"", []),
    ("", []), (",,, ,", []), ("Digest realm=\"x\"", []), ("\u{7f}\u{0}", []), ("=\"x\"", []),
  ])
  func parses(field: String, expected: [Challenge]) {
    #expect(Challenge.parse(field) == expected)
  }

  @Test func bearerGoesBeforeBasic() {
    #expect(
      Challenge.best(of: ["Basic realm=\"x\"", "Bearer realm=\"r\""])
        == .bearer(realm: "r", service: nil, scope: nil))
    #expect(Challenge.best(of: ["Basic"]) == .basic)
    #expect(Challenge.best(of: ["Negotiate"]) == nil)
    #expect(Challenge.best(of: []) == nil)
  }

  @Test func everyTruncationIsRead() {
    let field = "Basic realm=\"x\", Bearer realm=\"https://a.test/t\\\\\",service=\"s\",scope=\"c\""
    for count in 0...field.count { _ = Challenge.parse(String(field.prefix(count))) }
    #expect(Challenge.parse(field).count == 2)
    #expect(Challenge.parse(String(repeating: "Basic,", count: 100_000)).count < 2000)
  }
}
