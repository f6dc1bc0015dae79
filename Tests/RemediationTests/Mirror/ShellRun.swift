import TemporaryFolder
import TestPrograms

/// A script of ours, run by the shell in a folder of its own.
struct ShellRun {
  let status: Int32
  let output: String

  /// - Parameter path: folders before PATH.
  init(
    _ arguments: [String], in folder: TemporaryFolder, path: [String] = [],
    environment extra: [String: String] = [:]
  ) throws {
    var environment = extra
    environment["PATH"] = (path + ["/usr/local/bin:/usr/bin:/bin"]).joined(separator: ":")
    environment["HOME"] = folder.path
    let run = try ProgramRun(
      "/bin/sh", arguments, environment: environment, folder: folder.url, joinsErrors: true)
    output = run.text
    status = run.status
  }
}
