/// Finds programs as Go's `exec.LookPath` does, by the `PATH` of the environment that was given.
package struct ExecutableLookup: Sendable {
  private let folders: [String]
  private let files: any KubeconfigFiles

  package init(environment: [String: String], files: any KubeconfigFiles) {
    folders = (environment["PATH"] ?? "")
      .split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
    self.files = files
  }

  /// A name with a slash as it is; any other below the first folder of `PATH` that holds it.
  ///
  /// nil for a program in a relative folder: Go refuses these (`exec.ErrDot`), since they depend
  /// on where one stands.
  package func path(of command: String) -> String? {
    guard !command.isEmpty else { return nil }
    if command.contains("/") { return files.isExecutable(command) ? command : nil }
    for folder in folders {
      let path = FilePaths.clean((folder.isEmpty ? "." : folder) + "/" + command)
      guard files.isExecutable(path) else { continue }
      return path.hasPrefix("/") ? path : nil
    }
    return nil
  }
}
