import Glibc

/// The exit statuses that scripts may rely on.
enum ExitStatus: Int32, Hashable, Sendable, CaseIterable {
  case done = 0
  /// No target could be read, a kubeconfig is wrong, the output could not be written …
  case error = 1
  /// The arguments are wrong.
  case usage = 2
  /// Findings at or above `--fail-on`.
  case findings = 3
  /// A whole cluster could not be read, or any gap with `--require-complete`.
  case incomplete = 4
  /// Ctrl-C: 128 + SIGINT, as shells report it.
  case interrupted = 130
  /// SIGTERM, likewise.
  case terminated = 143
  /// SIGHUP, likewise: the terminal was closed.
  case hungUp = 129

  /// What it says, in one clause.
  var meaning: String {
    switch self {
    case .done: "done"
    case .error:
      "an error: no target could be read, a bad kubeconfig, the output could not be written"
    case .usage: "wrong usage; a bad setting, file of rules or exceptions, baseline or report"
    case .findings:
      "findings at or above --fail-on; new ones with history diff --fail-on-new; images that check"
        + " misses, or a pull that check --connectivity says would fail"
    case .incomplete: "a whole cluster could not be read; with --require-complete: any gap"
    case .interrupted: "interrupted (Ctrl-C)"
    case .terminated: "ended by SIGTERM"
    case .hungUp: "ended by SIGHUP, as when its terminal is closed"
    }
  }

  /// What one of the signals that cancel the work leaves behind.
  static func ended(by signal: Int32) -> ExitStatus {
    switch signal {
    case SIGTERM: .terminated
    case SIGHUP: .hungUp
    default: .interrupted
    }
  }

  /// Of several statuses the first one here counts; `done` comes last.
  static let precedence: [ExitStatus] = [
    .interrupted, .terminated, .hungUp, .usage, .error, .findings, .incomplete, .done,
  ]

  /// The one status for all that happened: interrupted first, then 2 > 1 > 3 > 4 > 0.
  ///
  /// `--exit-zero` turns 3 and 4 into 0, never an error.
  static func decide(_ facts: ExitFacts) -> ExitStatus {
    if facts.wasInterrupted { return .interrupted }
    if facts.hasUsageError { return .usage }
    if facts.hasError { return .error }
    if facts.exitsZero { return .done }
    if facts.hasFindings { return .findings }
    if facts.isClusterUnread { return .incomplete }
    return facts.hasGap && facts.requiresComplete ? .incomplete : .done
  }
}

/// All that the exit status depends on.
struct ExitFacts: Hashable, Sendable {
  var wasInterrupted = false
  var hasUsageError = false
  /// Something failed that leaves no answer, as no target could be read.
  var hasError = false
  /// A finding that counts is at or above `--fail-on`.
  var hasFindings = false
  /// Another cluster was read, this one could not be.
  var isClusterUnread = false
  /// Anything that was asked for stands in the coverage ledger as not read.
  var hasGap = false
  /// `--require-complete`
  var requiresComplete = false
  /// `--exit-zero`
  var exitsZero = false
}
