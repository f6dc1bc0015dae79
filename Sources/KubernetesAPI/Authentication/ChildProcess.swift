import Foundation

/// A program to run once: what it gets, what it may use, and where its messages go.
///
/// It counts as done when the program itself exits, not when a grandchild closes the pipes. Every
/// wait happens on a thread of its own; the caller's task only suspends. Cancelling that task ends
/// the process.
package struct ChildProcess: Sendable {
  /// Path of the program, already looked up (`ExecutableLookup`).
  package var executable: String
  /// The whole argument vector; the first entry is the name that the program sees.
  package var arguments: [String]
  /// The whole environment; nothing else is passed on.
  package var environment: [String: String]
  /// Interactive: our terminal, standard input, standard error and process group. Otherwise
  /// `/dev/null`, a pipe, and a group of its own that is killed as one.
  package var isInteractive = false
  /// What it reads from standard input; nil: see above.
  package var input: [UInt8]?
  /// Bytes of standard output that are accepted.
  package var outputLimit = 1 << 20
  /// Time after which the process is ended.
  package var timeLimit: Duration
  /// Time between the request to end (SIGTERM) and the end (SIGKILL).
  package var terminationGrace: Duration = .seconds(1)
  /// Takes each line of standard error as it comes, neutralised, on a thread of the process.
  package var reportLine: @Sendable (String) -> Void = { _ in }

  package init(
    executable: String, arguments: [String], environment: [String: String],
    isInteractive: Bool = false, input: [UInt8]? = nil, outputLimit: Int = 1 << 20,
    timeLimit: Duration,
    terminationGrace: Duration = .seconds(1),
    reportLine: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.isInteractive = isInteractive
    self.input = input
    self.outputLimit = outputLimit
    self.timeLimit = timeLimit
    self.terminationGrace = terminationGrace
    self.reportLine = reportLine
  }

  package struct Result: Sendable, Hashable {
    package var termination: Termination
    package var output: [UInt8]
  }

  package enum Termination: Sendable, Hashable {
    case exited(status: Int32)
    case signalled(Int32)
  }

  package enum Failure: Error, Hashable {
    /// The operating system refused to start it: the errno value.
    case notStarted(code: Int32)
    /// How it ended cannot be known: the errno value of the wait.
    case statusLost(code: Int32)
    case timeLimitReached(Duration)
    case outputLimitReached(bytes: Int)
  }

  /// Runs the program to its end.
  ///
  /// - Throws: `Failure`, or `CancellationError` when the task was cancelled or our program ends.
  package func run(among running: RunningProcesses = .shared) async throws -> Result {
    try Task.checkCancellation()
    let cancellation: WakeSignal
    do {
      cancellation = try WakeSignal()
    } catch {
      throw Failure.notStarted(code: error.code)
    }
    guard let id = running.enter(cancellation) else { throw CancellationError() }
    defer { running.leave(id) }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let thread = Thread {
          continuation.resume(
            with: Swift.Result {
              var supervision = try ProcessSupervision(of: self, cancellation: cancellation)
              return try supervision.runToEnd()
            })
        }
        thread.stackSize = 512 << 10
        thread.start()
      }
    } onCancel: {
      cancellation.send()
    }
  }
}
