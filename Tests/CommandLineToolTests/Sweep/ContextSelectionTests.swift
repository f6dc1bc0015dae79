import Testing

@testable import CommandLineTool

@Suite struct ContextSelectionTests {
  private static let known = [
    "prod-eu", "prod-us", "staging", "arn:aws:eks:eu-west-1:1:cluster/shop", "a/b", "[x]",
  ]

  private func selection(_ flags: [String]) throws -> ContextSelection? {
    try ContextSelection(ArgumentParser(registry: TestRegistry.all).parse(["scan"] + flags))
  }

  @Test func nothingIsSweptByDefault() throws {
    #expect(try selection([]) == nil)
    #expect(try selection(["--context", "prod-eu"]) == nil)
    #expect(try selection(["--kubeconfig-dir", "x"]) == nil)
  }

  @Test(arguments: [
    (["--contexts", "prod-*"], ["prod-eu", "prod-us"]),
    (["--contexts", "staging", "--contexts", "prod-eu"], ["prod-eu", "staging"]),
    (["--contexts", "staging,prod-??"], ["prod-eu", "prod-us", "staging"]),
    (["--contexts", "arn:*/shop"], ["arn:aws:eks:eu-west-1:1:cluster/shop"]),
    (["--contexts", "a*b"], ["a/b"]),
    (["--contexts", "[x]"], ["[x]"]),
    (["--contexts-regex", "^prod-(eu|us)$"], ["prod-eu", "prod-us"]),
    (["--contexts-regex", "ag"], ["staging"]),
    (["--contexts", "a/b", "--contexts-regex", "^stag"], ["staging", "a/b"]),
    (
      ["--all-contexts", "--exclude-contexts", "*prod*,a/b"],
      ["staging", "arn:aws:eks:eu-west-1:1:cluster/shop", "[x]"]
    ),
    (["--all-contexts", "--exclude-contexts", "nothing"], known),
  ])
  func chosen(flags: [String], expected: [String]) throws {
    let selection = try #require(try selection(flags))
    #expect(try selection.names(among: Self.known) == expected)
  }

  @Test(arguments: [
    (
      ["--contexts", "prdo-*"],
      "\"--contexts prdo-*\" matches no context; the kubeconfig has \"prod-eu\", \"staging\""
    ),
    (
      ["--contexts", "prod-eu", "--contexts", "x"],
      "\"--contexts x\" matches no context; the kubeconfig has \"prod-eu\", \"staging\""
    ),
    (
      ["--contexts-regex", "^eu"],
      "\"--contexts-regex ^eu\" matches no context; the kubeconfig has \"prod-eu\", \"staging\""
    ),
    (
      ["--contexts-regex", "("],
      "invalid value \"(\" for \"--contexts-regex\"; expected a regular expression"
    ),
    (
      ["--all-contexts", "--exclude-contexts", "*"],
      "\"--exclude-contexts\" leaves none of the 2 chosen contexts"
    ),
  ])
  func noMatch(flags: [String], expected: String) throws {
    let selection = try #require(try selection(flags))
    do {
      _ = try selection.names(among: ["prod-eu", "staging"])
      Issue.record("it was accepted")
    } catch {
      #expect(describe(error) == expected)
      #expect(ExitStatus.decide(facts(of: error)) == .usage)
    }
  }

  @Test func noContextAtAll() throws {
    let selection = try #require(try selection(["--all-contexts"]))
    #expect(throws: ContextSelectionError.nothingLeft(chosen: [], known: [])) {
      try selection.names(among: [])
    }
  }

  @Test(arguments: [
    (
      ["--all-contexts", "--context", "x"], UsageError.contradiction("--context", "--all-contexts")
    ),
    (["--contexts", "*", "--token", "secret"], .contradiction("--token", "--contexts")),
    (
      ["--contexts-regex", "a", "--server", "https://x"],
      .contradiction("--server", "--contexts-regex")
    ),
    (
      ["--exclude-contexts", "a"],
      .needsOther("--exclude-contexts", ["--contexts", "--contexts-regex", "--all-contexts"])
    ),
    (
      ["--shard", "1/2"],
      .needsOther("--shard", ["--contexts", "--contexts-regex", "--all-contexts"])
    ),
    (
      ["--stream", "-o", "json"],
      .needsOther("--stream", ["--contexts", "--contexts-regex", "--all-contexts"])
    ),
    (
      ["--parallel-clusters", "4"],
      .needsOther("--parallel-clusters", ["--contexts", "--contexts-regex", "--all-contexts"])
    ),
  ])
  func contradictions(flags: [String], expected: UsageError) {
    #expect(throws: expected) { try selection(flags) }
  }
}
