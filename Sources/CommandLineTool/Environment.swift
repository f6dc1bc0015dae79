import Foundation
import Glibc

/// Everything outside the program that it depends on, as values: tests pass their own.
package struct Environment: Sendable {
  package var variables: [String: String]
  /// `$HOME`, as client-go finds it on Linux; nil when it is unset or empty.
  package var homeDirectory: String?
  package var currentDirectory: String
  /// Seconds since 1970-01-01T00:00:00Z.
  package var now: @Sendable () -> Int64
  package var terminal: TerminalFacts
  package var standardOutput: OutputWriter
  package var standardError: OutputWriter

  package init(
    variables: [String: String], homeDirectory: String?, currentDirectory: String,
    now: @escaping @Sendable () -> Int64, terminal: TerminalFacts,
    standardOutput: OutputWriter, standardError: OutputWriter
  ) {
    self.variables = variables
    self.homeDirectory = homeDirectory
    self.currentDirectory = currentDirectory
    self.now = now
    self.terminal = terminal
    self.standardOutput = standardOutput
    self.standardError = standardError
  }

  /// The same with writers that clear progress from the terminal before they write.
  func clearing(_ progress: Progress?) -> Environment {
    guard let progress else { return self }
    var copy = self
    copy.standardOutput = standardOutput.clearing(progress)
    copy.standardError = standardError.clearing(progress)
    return copy
  }

  /// The environment of this process. Cheap: no file is opened.
  package static func ofProcess() -> Environment {
    let variables = ProcessInfo.processInfo.environment
    let home = variables["HOME"] ?? ""
    return Environment(
      variables: variables,
      homeDirectory: home.isEmpty ? nil : home,
      currentDirectory: FileManager.default.currentDirectoryPath,
      now: { Int64(time(nil)) },
      terminal: .ofProcess(variables: variables),
      standardOutput: OutputWriter(descriptor: STDOUT_FILENO, file: "standard output"),
      standardError: OutputWriter(descriptor: STDERR_FILENO, file: "standard error"))
  }
}
