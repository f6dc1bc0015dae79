import Foundation
import Reports
import TemporaryFolder
import Testing

@testable import CommandLineTool

@Suite struct CompletionTests {
  private func complete(
    _ words: [String], registry: CommandRegistry = .standard, folder: String = "/",
    variables: [String: String] = ["GCR_REPORT_NO_CONFIG": "1"]
  ) async throws -> (values: [String], directive: Int) {
    let output = try Capture()
    let error = try Capture()
    let environment = Environment(
      variables: variables, homeDirectory: nil, currentDirectory: folder, now: { 0 },
      terminal: TerminalFacts(isInputTerminal: true),
      standardOutput: output.writer(named: "standard output"),
      standardError: error.writer(named: "standard error"))
    let status = await CommandLineTool.run(
      arguments: ["__complete"] + words, environment: environment, registry: registry)
    #expect(status == .done)
    #expect(try error.text() == "")
    let text = try output.text()
    #expect(text.hasSuffix("\n"))
    let lines = text.split(separator: "\n").map(String.init)
    let last = try #require(lines.last)
    let directive = try #require(Int(last.dropFirst()))
    return (lines.dropLast().map { String($0.prefix { $0 != "\t" }) }, directive)
  }

  private static let formats = OutputFormat.allCases.map(\.rawValue)

  static let cases: [(words: [String], values: [String], directive: Int)] = [
    // Commands and arguments.
    (["acc"], ["access"], 4), (["config", ""], ["view"], 4), (["scan", ""], [], 4),
    (["completion", ""], ["bash", "zsh", "fish", "kubectl"], 4),
    (["bogus", ""], [], 4), (["config", "view", ""], [], 4),
    (["help", "exit"], ["exit-status"], 4), (["help", "rul"], ["rules"], 4),
    (["help", "top"], ["topics"], 4), (["rules", "istio-release-"], ["istio-release-charts"], 4),
    (["--fail-on", "high", "acc"], ["access"], 4), (["-qn", "x", "acc"], ["access"], 4),
    (["--fail-on=high", "-nx", "acc"], ["access"], 4), (["-v", "acc"], ["access"], 4),
    // Names of flags: those of the command, each once unless it may be repeated.
    (["--fail"], ["--fail-on"], 4), (["rules", "--fail"], [], 4),
    (["rules", "--ex"], ["--export"], 4), (["--export", "rules", "--ex"], [], 4),
    (["--fail-on", "high", "--fail"], [], 4), (["-n", "a", "--namesp"], ["--namespace"], 4),
    (["-A"], ["-A"], 4), (["--", "--fail"], [], 4), (["--bogus", "--fail"], ["--fail-on"], 4),
    // Values.
    (["--fail-on", ""], ["critical", "high", "medium", "low", "info"], 36),
    (["--fail-on=hi"], ["high"], 36), (["--color=a"], ["auto", "always"], 36),
    (["--no-headers="], ["true", "false"], 4), (["-o", ""], formats, 36),
    (["-o", "json"], ["json", "json="], 36), (["-o=js"], ["json"], 36), (["-o", "x="], [], 4),
    (["config", "-o", ""], ["table", "yaml"], 36),
    (["--columns", "image,ri"], ["image,risk"], 36),
    (["--columns", "risk,ri"], [], 36), (["--as-of", ""], [], 4), (["--as", ""], [], 4),
    (["--rules", ""], [], 0), (["--rules=x"], [], 0), (["--config", ""], [], 0),
    (["--kubeconfig-dir", ""], [], 16),
    // No kubeconfig, no cluster: nothing, and not a word.
    (["--context", ""], [], 4), (["-n", ""], [], 4), (["access", "-n", "a,"], [], 4),
    (["merge", "-n", ""], [], 4), (["--rule", "istio-release-"], ["istio-release-charts"], 4),
    (["--kubeconfig", "/missing", "--context", ""], [], 4), (["--exclude-contexts", ""], [], 4),
    // The sample's namespaces need no cluster.
    (["demo", "-n", "is"], ["istio-system"], 4), (["demo", "-n", "ci,sh"], ["ci,shop"], 4),
    // What needs no cluster of a workload's place.
    (["explain", "d"], ["deployment/", "daemonset/"], 6),
    (["explain", "shop/cr"], ["shop/cronjob/"], 6), (["explain", "shop/deploy/"], [], 4),
    (["explain", "deploy/a"], [], 4), (["explain", "a/b/c/d"], [], 4),
    (["explain", "deploy/a", ""], [], 4),
    // Files, as many as there are.
    (["merge", ""], [], 0), (["merge", "a.json", "b"], [], 0), (["files", "a", "b", ""], [], 0),
  ]

  @Test(arguments: cases)
  func answers(words: [String], values: [String], directive: Int) async throws {
    let answer = try await complete(words)
    #expect(answer.values == values)
    #expect(answer.directive == directive)
  }

  @Test func everyCommandAndFlagIsOffered() async throws {
    for words in [[], [""]] {
      #expect(
        try await complete(words, registry: TestRegistry.all).values
          == CommandName.allCases.map(\.rawValue))
    }
    for command in CommandName.allCases {
      let values = try await complete([command.rawValue, "--"], registry: TestRegistry.all).values
      #expect(
        values == TestRegistry.all.flags.definitions(for: command).map(\.spelling))
    }
  }

  @Test func namesFromKubeconfigFiles() async throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let kubeconfig = """
      contexts:
      - {name: prod, context: {cluster: c, user: u}}
      - {name: "a b", context: {cluster: c, user: u}}
      - {name: "$(reboot)", context: {cluster: c, user: u}}
      - {name: "x\\ty", context: {cluster: c, user: u}}
      - {name: "arn:aws:eks:eu-1:1:cluster/x", context: {cluster: c, user: u}}
      clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: u, user: {}}]

      """
    try folder.write(kubeconfig, to: "kc")
    try folder.write("kubeconfig: kc\n", to: "config.yaml")
    let file = ["--kubeconfig", folder.path("kc")]
    let contexts = ["arn:aws:eks:eu-1:1:cluster/x", "prod"]
    #expect(try await complete(file + ["--context", ""]).values == contexts)
    #expect(try await complete(file + ["access", "--context=pr"]).values == ["prod"])
    #expect(try await complete(file + ["--cluster", ""]).values == ["c"])
    #expect(try await complete(file + ["--user", ""]).values == ["u"])
    // Found by a setting, too; and a wrong setting is no reason to say anything.
    #expect(
      try await complete(
        ["--context", ""], variables: ["GCR_REPORT_CONFIG": folder.path + "/config.yaml"]
      ).values == contexts)
    #expect(
      try await complete(
        file + ["--context", ""], variables: ["GCR_REPORT_BOGUS": "1"]
      ).values == contexts)
    // After a format, files are the program's own business: the word has a beginning.
    let written = try await complete(["-o", "csv=k"], folder: folder.path)
    #expect(written.values == ["csv=kc"])
    #expect(written.directive == 4)
    #expect(try await complete(["--output=csv=k"], folder: folder.path).values == ["csv=kc"])
  }

  @Test(arguments: [
    ("prod", true), ("a:b@c/d+e=f,g%h", true), ("süd", true), ("", false), ("a b", false),
    ("~x", false), ("#x", false), ("$(x)", false), ("`x`", false), ("a;b", false),
    ("a\nb", false), ("a\u{1B}b", false), ("a\u{202E}b", false), ("*", false), ("a'b", false),
  ])
  func candidatesAreOneWord(text: String, expected: Bool) {
    #expect(CompletionAnswer.isOneWord(text) == expected)
  }

  @Test func descriptionsAreHarmless() {
    let answer = CompletionAnswer(
      candidates: [.init(value: "a", help: "x\ty\n:1\u{1B}[2J")], directive: [.noFiles, .noSpace])
    let lines = answer.text().split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.last == ":6")
    #expect(lines[0].filter { $0 == "\t" }.count == 1)
    #expect(!answer.text().contains("\u{1B}"))
  }

  @Test func workThatNeverEndsIsGivenUp() async {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let result = await TimeLimit.run(.milliseconds(1)) {
      for await _ in stream {}
      return 1
    }
    #expect(result == nil)
    continuation.finish()
    #expect(await TimeLimit.run(.seconds(60)) { 2 } == 2)
  }

  @Test func scripts() async throws {
    for script in CompletionScript.allCases {
      #expect(script.text.contains("kubectl-gcr_report"))
      #expect(script.text.contains(CompletionRequest.word))
      #expect(script.text.hasSuffix("\n") && !script.text.hasSuffix("\n\n"))
    }
    #expect(CompletionScript.kubectl.text.hasPrefix("#!/bin/sh\n"))
  }
}
