import Foundation
import TestPrograms

/// A script of ours, run by the shell in a folder of its own.
struct ShellRun {
  let status: Int32
  let output: String

  /// - Parameter path: folders before PATH.
  init(
    _ arguments: [String], in folder: URL, path: [String] = [],
    environment extra: [String: String] = [:]
  ) throws {
    var environment = extra
    environment["PATH"] = (path + ["/usr/local/bin:/usr/bin:/bin"]).joined(separator: ":")
    environment["HOME"] = folder.path
    let run = try ProgramRun(
      "/bin/sh", arguments, environment: environment, folder: folder, joinsErrors: true)
    output = run.text
    status = run.status
  }

  /// An empty folder; whoever asks removes it.
  static func folder() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }
}

extension URL {
  func write(_ text: String, to name: String, isExecutable: Bool = false) throws {
    let file = appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
    if isExecutable {
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
  }

  func text(_ name: String) -> String? {
    try? String(contentsOf: appending(path: name), encoding: .utf8)
  }
}
