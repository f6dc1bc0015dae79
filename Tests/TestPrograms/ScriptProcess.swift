package import Foundation

/// A Python program that serves tests: its first line tells how to reach it, and it stops when its
/// standard input closes, at the latest with this object.
package final class ScriptProcess: Sendable {
  package struct DidNotStart: Error {
    package let script: String
    package let arguments: [String]
  }

  /// Up to its line feed.
  package let firstLine: Data
  package let input: FileHandle
  package let output: FileHandle
  private let process: Process

  /// Blocks until the first line is there.
  ///
  /// - Parameter isQuiet: standard error goes nowhere.
  package init(_ script: URL, _ arguments: [String], isQuiet: Bool = false) throws {
    process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-B", script.path] + arguments
    if isQuiet { process.standardError = FileHandle.nullDevice }
    (input, output) = try process.start { [process] in
      let (input, output) = (Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      return (input.fileHandleForWriting, output.fileHandleForReading)
    }
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      let more = output.availableData
      guard !more.isEmpty else { throw DidNotStart(script: script.path, arguments: arguments) }
      line.append(more)
    }
    firstLine = line
  }

  deinit {
    try? input.close()
  }

  /// Stops it, and returns when it has.
  package func end() {
    try? input.close()
    process.waitUntilExit()
  }
}
