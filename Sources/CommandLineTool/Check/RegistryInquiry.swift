import ImageReferences
import Kubeconfig
import KubernetesAPI
import RegistryProbes
import Synchronization

/// Asks registries, once for each reference however many clusters and reports name it.
final class RegistryInquiry: Sendable {
  struct Question: Hashable, Sendable {
    let reference: ImageReference
    /// Whether the platforms are worth a request more.
    let wantsPlatforms: Bool
  }

  struct Answer: Hashable, Sendable {
    let outcome: ProbeOutcome
    /// When it came, in seconds since 1970-01-01T00:00:00Z.
    let seconds: Int64
  }

  private struct Key: Hashable {
    let canonical: String
    let wantsPlatforms: Bool
  }

  /// Questions in flight; each registry gets fewer.
  private static let parallel = 16

  private let probe: RegistryProbe
  private let now: @Sendable () -> Int64
  private let known = Mutex<[Key: Task<Answer, any Error>]>([:])

  init(probe: RegistryProbe, now: @escaping @Sendable () -> Int64) {
    self.probe = probe
    self.now = now
  }

  /// With the credentials of Docker's configuration and the flags of this call.
  convenience init(_ invocation: Invocation) {
    self.init(probe: Self.probe(invocation), now: invocation.environment.now)
  }

  static func probe(
    _ invocation: Invocation, _ adjust: (inout ProbeOptions) -> Void = { _ in }
  ) -> RegistryProbe {
    let environment = invocation.environment
    let arguments = invocation.arguments
    let diagnostics = invocation.diagnostics
    var options = ProbeOptions(
      userAgent: Version.userAgent,
      plainHTTP: Set(arguments[Flags.check.plainHTTP].map { $0.lowercased() }),
      timeout: arguments[Flags.connection.requestTimeout] ?? .seconds(30),
      environment: environment.variables, now: environment.now,
      trace: { method, url, status in
        diagnostics.trace(level: 1, "\(method) \(url) \(status.map(String.init) ?? "failed")")
      })
    adjust(&options)
    return RegistryProbe(
      options: options,
      credentials: CredentialKeeper(
        environment: environment.variables, home: environment.homeDirectory,
        gate: CredentialProcessGate()))
  }

  /// By canonical reference.
  ///
  /// - Throws: `CancellationError` only; whatever goes wrong with a registry is an answer.
  func ask(_ questions: some Sequence<Question>) async throws -> [String: Answer] {
    var wishes: [String: Question] = [:]
    for question in questions {
      let name = question.reference.canonical
      let wants = wishes[name]?.wantsPlatforms ?? false
      wishes[name] = Question(
        reference: question.reference, wantsPlatforms: wants || question.wantsPlatforms)
    }
    var waiting = wishes.values.sorted { $0.reference < $1.reference }[...]
    return try await withThrowingTaskGroup(of: (String, Answer).self) { group in
      var answers: [String: Answer] = [:]
      var running = 0
      while running > 0 || !waiting.isEmpty {
        if running < Self.parallel, let question = waiting.popFirst() {
          running += 1
          group.addTask { (question.reference.canonical, try await self.answer(question)) }
        } else if let (name, answer) = try await group.next() {
          running -= 1
          answers[name] = answer
        }
      }
      return answers
    }
  }

  private func answer(_ question: Question) async throws -> Answer {
    let key = Key(
      canonical: question.reference.canonical, wantsPlatforms: question.wantsPlatforms)
    while true {
      try Task.checkCancellation()
      let task = known.withLock { known in
        if let running = known[key] { return running }
        let task = Task { [probe, now] in
          let outcome = try await probe.ask(
            question.reference, wantsPlatforms: question.wantsPlatforms)
          return Answer(outcome: outcome, seconds: now())
        }
        known[key] = task
        return task
      }
      let result = await withTaskCancellationHandler {
        await task.result
      } onCancel: {
        task.cancel()
      }
      if case .success(let answer) = result { return answer }
      // Somebody who asked for the same gave up: whoever still waits asks again.
      known.withLock { known in
        if known[key] == task { known[key] = nil }
      }
    }
  }
}
