import Foundation
import Kubeconfig
import Testing

@testable import KubernetesAPI

@Suite struct ExecCredentialSourceTests {
  private let folder: PluginFolder
  private let clock = TestClock()

  init() throws {
    folder = try PluginFolder()
  }

  private func source(
    _ config: ExecConfig, surroundings: CredentialSurroundings? = nil
  ) throws -> ExecCredentialSource {
    try ExecCredentialSource(
      ExecPlugin(config, for: .make()),
      surroundings: surroundings ?? folder.surroundings(clock: clock))
  }

  private func problem(
    of config: ExecConfig, surroundings: CredentialSurroundings? = nil
  ) async throws -> CredentialError.PluginProblem? {
    do {
      _ = try await source(config, surroundings: surroundings).credentials()
      return nil
    } catch CredentialError.plugin(config.command, let problem) {
      return problem
    }
  }

  // MARK: Running

  @Test func `fifty requests at once run one process`() async throws {
    let source = try source(folder.answeringPlugin(execCredential(#"{"token":"one"}"#)))
    let issues = try await withThrowingTaskGroup(of: ExecCredentialSource.Issue.self) { group in
      for _ in 0..<50 { group.addTask { try await source.credentials() } }
      return try await group.reduce(into: Set<ExecCredentialSource.Issue>()) { $0.insert($1) }
    }
    #expect(issues.map(\.answer.token) == [Secret("one")])
    #expect(folder.lineCount(of: "runs") == 1)
  }

  @Test func `arguments, environment and the question arrive exactly`() async throws {
    var config = try folder.plugin(
      #"""
      printf '%s\n' "$@" > "$DIR/arguments"
      env -u _ -u PWD -u OLDPWD -u SHLVL > "$DIR/environment"
      cat "$DIR/answer"
      """#, arguments: ["get-token", "--cluster=a b"])
    try folder.write(execCredential(#"{"token":"one"}"#), to: "answer")
    config.environment = [
      .init(name: "EXTRA", value: Secret("first")), .init(name: "PROFILE", value: Secret("dev")),
      .init(name: "EXTRA", value: Secret("last")),
      .init(name: "KUBERNETES_EXEC_INFO", value: Secret("not this")),
    ]
    _ = try await source(config).credentials()
    #expect(try folder.read("arguments") == "get-token\n--cluster=a b\n")
    let question = """
      {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":\
      {"interactive":false}}
      """
    #expect(
      try folder.read("environment").split(separator: "\n").map(String.init).sorted() == [
        "DIR=\(folder.path)", "EXTRA=last", "KUBERNETES_EXEC_INFO=\(question)",
        "PATH=/usr/bin:/bin", "PROFILE=dev",
      ])
  }

  @Test func `a bare name is found in PATH`() async throws {
    var config = try folder.answeringPlugin(execCredential(#"{"token":"one"}"#))
    config.command = "plugin"
    var surroundings = folder.surroundings(clock: clock)
    surroundings.environment["PATH"] = "/nowhere:\(folder.path):/usr/bin:/bin"
    let issue = try await source(config, surroundings: surroundings).credentials()
    #expect(issue.answer.token == Secret("one"))
  }

  @Test func `what only a relative folder of PATH holds is not run`() async throws {
    var config = try folder.answeringPlugin(execCredential(#"{"token":"one"}"#))
    config.command = "plugin"
    config.installHint = "install it"
    var surroundings = folder.surroundings(clock: clock)
    let relative = String(repeating: "../", count: 32) + folder.path.dropFirst()
    for path in [relative, "/nowhere:\(relative):\(folder.path)", "", ":", "/nowhere"] {
      surroundings.environment["PATH"] = path
      #expect(
        try await problem(of: config, surroundings: surroundings)
          == .notFound(installHint: "install it"))
    }
    #expect(folder.lineCount(of: "runs") == 0)
  }

  @Test func `messages are passed on while it runs`() async throws {
    let log = LineLog()
    let config = try folder.plugin("echo 'open \u{1B}[1mhttps://login' >&2; cat \"$DIR/answer\"")
    try folder.write(execCredential(#"{"token":"one"}"#), to: "answer")
    let surroundings = folder.surroundings(reportLine: { log.append("\($0): \($1)") })
    _ = try await source(config, surroundings: surroundings).credentials()
    #expect(log.lines == [config.command + #": open \u{1B}[1mhttps://login"#])
  }

  // MARK: Refusals

  @Test func `a plugin that the policy denies does not run`() async throws {
    let config = try folder.answeringPlugin(execCredential(#"{"token":"one"}"#))
    let surroundings = folder.surroundings(isAllowed: { $0 != config.command })
    #expect(try await problem(of: config, surroundings: surroundings) == .denied)
    #expect(folder.lineCount(of: "runs") == 0)
  }

  @Test(arguments: [
    ("exit 3", CredentialError.PluginProblem.failed(status: 3)),
    ("kill -KILL $$", .signalled(SIGKILL)),
    ("exit 0", .outputEmpty),
    ("echo secret; exit 1", .failed(status: 1)),
    ("echo secret", .outputNotJSON),
    ("cat /dev/zero", .outputTooLarge(limit: 1 << 20)),
  ])
  func `each way to fail has its own error`(
    script: String, expected: CredentialError.PluginProblem
  ) async throws {
    #expect(try await problem(of: folder.plugin(script)) == expected)
  }

  @Test func `a plugin that hangs is ended`() async throws {
    let surroundings = folder.surroundings(timeLimit: .milliseconds(100))
    #expect(
      try await problem(of: folder.plugin("sleep 600"), surroundings: surroundings)
        == .timedOut(after: .milliseconds(100)))
  }

  @Test func `a failure is not kept`() async throws {
    let source = try source(
      folder.plugin("test -e \"$DIR/answer\" && cat \"$DIR/answer\""))
    await #expect(throws: CredentialError.self) { try await source.credentials() }
    try folder.write(execCredential(#"{"token":"one"}"#), to: "answer")
    #expect(try await source.credentials().answer.token == Secret("one"))
  }

  @Test func `cancelling the last request ends the plugin`() async throws {
    let (lines, continuation) = AsyncStream.makeStream(of: String.self)
    let surroundings = folder.surroundings(
      gate: CredentialProcessGate(limit: 1), reportLine: { continuation.yield($1) })
    let source = try source(
      folder.plugin("echo started >&2; sleep 600"), surroundings: surroundings)
    let task = Task { try await source.credentials() }
    var iterator = lines.makeAsyncIterator()
    #expect(await iterator.next() == "started")
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    // The gate has its turn back once the process is gone.
    #expect(try await surroundings.gate.withTurn(interactive: false) { true })
  }

  // MARK: Interactive modes

  @Test(arguments: [
    (ExecConfig.InteractiveMode.never, CredentialSurroundings.Terminal.available, false),
    (.ifAvailable, .unavailable(because: "it is a pipe"), false),
    (.ifAvailable, .available, true),
    (.always, .available, true),
  ])
  func `the plugin is told whether it may ask`(
    mode: ExecConfig.InteractiveMode, terminal: CredentialSurroundings.Terminal, expected: Bool
  ) async throws {
    var config = try folder.plugin(
      "printf %s \"$KUBERNETES_EXEC_INFO\" > \"$DIR/question\"; cat \"$DIR/answer\"")
    try folder.write(execCredential(#"{"token":"one"}"#), to: "answer")
    config.interactiveMode = mode
    _ = try await source(config, surroundings: folder.surroundings(terminal: terminal))
      .credentials()
    #expect(try folder.read("question").hasSuffix(#""spec":{"interactive":\#(expected)}}"#))
  }

  @Test func `who must ask does not run without a terminal`() async throws {
    var config = try folder.answeringPlugin(execCredential(#"{"token":"one"}"#))
    config.interactiveMode = .always
    let surroundings = folder.surroundings(terminal: .unavailable(because: "it is a pipe"))
    #expect(
      try await problem(of: config, surroundings: surroundings)
        == .terminalNeeded(because: "it is a pipe"))
    #expect(folder.lineCount(of: "runs") == 0)
  }

  @Test(arguments: [false, true])
  func `processes of the whole program stay within the gate`(isInteractive: Bool) async throws {
    let surroundings = folder.surroundings(
      terminal: .available, gate: CredentialProcessGate(limit: 3))
    let sources = ExecCredentialSources(surroundings: surroundings)
    try folder.write(execCredential(#"{"token":"one"}"#), to: "answer")
    var config = try folder.plugin(
      "echo + >> \"$DIR/log\"; cat \"$DIR/answer\"; echo - >> \"$DIR/log\"")
    config.interactiveMode = isInteractive ? .always : .never
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<12 {
        config.environment = [.init(name: "INDEX", value: Secret("\(index)"))]
        let target = try ClusterTarget.make(exec: config)
        group.addTask {
          _ = try await CredentialProvider(for: target, sources: sources).credentials()
        }
      }
      try await group.waitForAll()
    }
    #expect(folder.lineCount(of: "runs") == 12)
    var running = 0
    var peak = 0
    for line in try folder.read("log").split(separator: "\n") {
      running += line == "+" ? 1 : -1
      peak = max(peak, running)
    }
    #expect(running == 0 && (1...(isInteractive ? 1 : 3)).contains(peak))
  }

  // MARK: Renewal

  @Test func `credentials are renewed shortly before they expire`() async throws {
    let expiry = RFC3339.text(of: clock.now.addingTimeInterval(600))
    let source = try source(
      folder.answeringPlugin(
        execCredential(#"{"token":"one","expirationTimestamp":"\#(expiry)"}"#)))
    #expect(try await source.credentials().generation == 1)
    clock.advance(seconds: 589)
    #expect(try await source.credentials().generation == 1)
    #expect(folder.lineCount(of: "runs") == 1)
    try folder.write(execCredential(#"{"token":"two"}"#), to: "answer")
    clock.advance(seconds: 1)
    let renewed = try await source.credentials()
    #expect(renewed.answer.token == Secret("two") && renewed.generation == 2)
    clock.advance(seconds: 1_000_000)
    #expect(try await source.credentials() == renewed)
    #expect(folder.lineCount(of: "runs") == 2)
  }

  @Test func `an answer that has expired already is used for a moment`() async throws {
    let expiry = RFC3339.text(of: clock.now.addingTimeInterval(-600))
    let source = try source(
      folder.answeringPlugin(
        execCredential(#"{"token":"one","expirationTimestamp":"\#(expiry)"}"#)))
    for _ in 0..<3 { #expect(try await source.credentials().answer.token == Secret("one")) }
    #expect(folder.lineCount(of: "runs") == 1)
    clock.advance(seconds: 5)
    _ = try await source.credentials()
    #expect(folder.lineCount(of: "runs") == 2)
  }

  @Test func `a refusal asks the plugin once`() async throws {
    let source = try source(folder.answeringPlugin(execCredential(#"{"token":"one"}"#)))
    let first = try await source.credentials()
    try folder.write(execCredential(#"{"token":"two"}"#), to: "answer")
    let renewed = try await withThrowingTaskGroup(
      of: ExecCredentialSource.Issue?.self
    ) { group in
      for _ in 0..<20 {
        group.addTask { try await source.credentials(afterRefusalOf: first.generation) }
      }
      return try await group.reduce(into: Set<ExecCredentialSource.Issue?>()) { $0.insert($1) }
    }
    #expect(renewed.map { $0?.answer.token } == [Secret("two")])
    #expect(folder.lineCount(of: "runs") == 2)
    // What answered a refusal is refused too: asking at once again would not help.
    #expect(try await source.credentials(afterRefusalOf: 2) == nil)
    #expect(folder.lineCount(of: "runs") == 2)
    // An hour later it may.
    clock.advance(seconds: 3600)
    try folder.write(execCredential(#"{"token":"three"}"#), to: "answer")
    #expect(
      try await source.credentials(afterRefusalOf: 2)?.answer.token == Secret("three"))
  }

  @Test func `the same answer to a refusal is no other`() async throws {
    let source = try source(folder.answeringPlugin(execCredential(#"{"token":"one"}"#)))
    let first = try await source.credentials()
    for _ in 0..<3 {
      #expect(try await source.credentials(afterRefusalOf: first.generation) == nil)
    }
    #expect(folder.lineCount(of: "runs") == 2)
  }
}
