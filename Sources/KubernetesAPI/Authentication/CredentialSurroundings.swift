package import Foundation
package import Kubeconfig

/// What credentials need to know of the world around them; passed in, never looked up.
package struct CredentialSurroundings: Sendable {
  /// Whether a plugin may ask the person something.
  package enum Terminal: Sendable, Hashable {
    case available
    /// The reason in words, for example "standard input is not a terminal".
    case unavailable(because: String)
  }

  /// The environment of this program, handed on to plugins; `PATH` is looked up in it.
  package var environment: [String: String]
  /// Where programs are looked up and token files read.
  package var files: any KubeconfigFiles
  package var terminal: Terminal
  /// Bounds the plugin processes of the whole program.
  package var gate: CredentialProcessGate
  /// The policy of the user's kuberc: whether a plugin with this command may run.
  package var isAllowed: @Sendable (_ command: String) -> Bool
  /// Takes each line that a plugin writes to standard error, free of terminal controls; called on
  /// a thread of the plugin. Interactive plugins write to the terminal themselves.
  package var reportLine: @Sendable (_ command: String, _ line: String) -> Void
  package var now: @Sendable () -> Date
  /// Time for a plugin that cannot ask anybody.
  package var timeLimit: Duration
  /// Time for a plugin that may wait for a person.
  package var interactiveTimeLimit: Duration

  package init(
    environment: [String: String],
    files: any KubeconfigFiles = LocalFiles(),
    terminal: Terminal,
    gate: CredentialProcessGate,
    isAllowed: @escaping @Sendable (_ command: String) -> Bool,
    reportLine: @escaping @Sendable (_ command: String, _ line: String) -> Void,
    now: @escaping @Sendable () -> Date = { Date() },
    timeLimit: Duration = .seconds(60),
    interactiveTimeLimit: Duration = .seconds(600)
  ) {
    self.environment = environment
    self.files = files
    self.terminal = terminal
    self.gate = gate
    self.isAllowed = isAllowed
    self.reportLine = reportLine
    self.now = now
    self.timeLimit = timeLimit
    self.interactiveTimeLimit = interactiveTimeLimit
  }

  /// For a client that needs no credentials: nothing is inherited, and no plugin may run.
  package static func withoutPlugins(because reason: String) -> CredentialSurroundings {
    CredentialSurroundings(
      environment: [:], terminal: .unavailable(because: reason), gate: CredentialProcessGate(),
      isAllowed: { _ in false }, reportLine: { _, _ in })
  }
}
