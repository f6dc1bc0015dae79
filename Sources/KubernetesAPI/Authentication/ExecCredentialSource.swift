import Foundation
import Kubeconfig

/// The credentials of one plugin: runs it when they are missing, about to expire or refused, and
/// keeps them until then.
actor ExecCredentialSource {
  /// Credentials as they were issued once.
  struct Issue: Sendable, Hashable {
    let answer: ExecCredentialAnswer
    /// Grows with every different answer.
    let generation: Int
    let issuedAt: Date
    /// The plugin ran because the server had refused what it gave before.
    let followsRefusal: Bool

    /// When to ask again: a little before the expiry, so that a request on its way does not
    /// arrive too late; but never at once, or an answer that is already expired (by clocks that
    /// disagree) would run the plugin for every request.
    var renewal: Date? {
      answer.expires.map { max($0.addingTimeInterval(-10), issuedAt.addingTimeInterval(5)) }
    }
  }

  /// A refusal this soon after an answer to a refusal means that asking again does not help.
  private static let refusalPause: TimeInterval = 60

  private let plugin: ExecPlugin
  private let surroundings: CredentialSurroundings
  private let flight = SingleFlight<Issue>()
  private var current: Issue?

  init(_ plugin: ExecPlugin, surroundings: CredentialSurroundings) {
    self.plugin = plugin
    self.surroundings = surroundings
  }

  /// Valid credentials; all who ask while the plugin runs share that run.
  func credentials() async throws -> Issue {
    if let current, isFresh(current) { return current }
    return try await flight.value { try await self.issue(followsRefusal: false) }
  }

  /// Other credentials than those of a generation that the server refused; nil when asking the
  /// plugin again brought, or would bring, the same.
  func credentials(afterRefusalOf generation: Int) async throws -> Issue? {
    if let current {
      guard current.generation == generation else { return try await credentials() }
      let pauseEnd = current.issuedAt.addingTimeInterval(Self.refusalPause)
      if current.followsRefusal, surroundings.now() < pauseEnd { return nil }
    }
    let issue = try await flight.value { try await self.issue(followsRefusal: true) }
    return issue.generation == generation ? nil : issue
  }

  private func isFresh(_ issue: Issue) -> Bool {
    guard let renewal = issue.renewal else { return true }
    return surroundings.now() < renewal
  }

  private func issue(followsRefusal: Bool) async throws -> Issue {
    let answer = try await ask()
    let last = current?.generation ?? 0
    let isSame = current.map {
      $0.answer.token == answer.token
        && $0.answer.clientCertificate == answer.clientCertificate
    }
    let issue = Issue(
      answer: answer, generation: isSame == true ? last : last + 1,
      issuedAt: surroundings.now(), followsRefusal: followsRefusal)
    current = issue
    return issue
  }

  private func ask() async throws -> ExecCredentialAnswer {
    do {
      let isInteractive = try checkPermission()
      let child = try child(isInteractive: isInteractive)
      let result = try await surroundings.gate.withTurn(interactive: isInteractive) {
        try await child.run()
      }
      switch result.termination {
      case .exited(status: 0): break
      case .exited(let status): throw CredentialError.PluginProblem.failed(status: status)
      case .signalled(let signal): throw CredentialError.PluginProblem.signalled(signal)
      }
      return try ExecCredentialAnswer(
        parsing: result.output, of: plugin.command, expecting: plugin.apiVersion)
    } catch let problem as CredentialError.PluginProblem {
      throw CredentialError.plugin(command: plugin.command, problem)
    } catch let failure as ChildProcess.Failure {
      throw CredentialError.plugin(command: plugin.command, problem(of: failure))
    }
  }

  /// Whether the plugin runs interactively.
  ///
  /// - Throws: when it may not run, or not without a terminal.
  private func checkPermission() throws(CredentialError.PluginProblem) -> Bool {
    guard surroundings.isAllowed(plugin.command) else { throw .denied }
    switch (plugin.interactiveMode, surroundings.terminal) {
    case (.never, _): return false
    case (.ifAvailable, let terminal): return terminal == .available
    case (.always, .available): return true
    case (.always, .unavailable(let reason)): throw .terminalNeeded(because: reason)
    }
  }

  private func child(
    isInteractive: Bool
  ) throws(CredentialError.PluginProblem) -> ChildProcess {
    // As in Go, the PATH that counts is ours, not one that the plugin's `env` sets.
    let lookup = ExecutableLookup(
      environment: surroundings.environment, files: surroundings.files)
    guard let path = lookup.path(of: plugin.command) else {
      throw .notFound(installHint: plugin.installHint)
    }
    var environment = surroundings.environment
    for variable in plugin.variables { environment[variable.name] = variable.value.revealed }
    environment[ExecCredentialRequest.variable] =
      ExecCredentialRequest(
        apiVersion: plugin.apiVersion, isInteractive: isInteractive, cluster: plugin.cluster
      ).json
    return ChildProcess(
      executable: path, arguments: [plugin.command] + plugin.arguments, environment: environment,
      isInteractive: isInteractive, timeLimit: timeLimit(isInteractive: isInteractive),
      reportLine: { [surroundings, plugin] in surroundings.reportLine(plugin.command, $0) })
  }

  private func timeLimit(isInteractive: Bool) -> Duration {
    isInteractive ? surroundings.interactiveTimeLimit : surroundings.timeLimit
  }

  private func problem(of failure: ChildProcess.Failure) -> CredentialError.PluginProblem {
    switch failure {
    case .notStarted(let code): .notStarted(code: code)
    case .statusLost(let code): .statusLost(code: code)
    case .timeLimitReached(let limit): .timedOut(after: limit)
    case .outputLimitReached(let limit): .outputTooLarge(limit: limit)
    }
  }
}
