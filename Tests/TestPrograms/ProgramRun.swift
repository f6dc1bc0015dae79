package import Foundation
import Synchronization

/// A program that has run to its end.
package struct ProgramRun: Sendable {
  package let status: Int32
  package let output: Data
  /// Empty when these were joined with the output.
  package let errors: String

  package var text: String { String(decoding: output, as: UTF8.self) }

  /// Runs a program of PATH, or of a path, and blocks until it has ended.
  ///
  /// - Parameters:
  ///   - environment: of the test run unless given.
  ///   - input: the file to read; nothing unless given.
  ///   - joinsErrors: whether standard error is a part of the output, in the order said.
  package init(
    _ program: String, _ arguments: [String], environment: [String: String]? = nil,
    folder: URL? = nil, input: URL? = nil, joinsErrors: Bool = false
  ) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [program] + arguments
    if let environment { process.environment = environment }
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput =
      try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
    let (outputPipe, errorPipe) = try process.start {
      let output = Pipe()
      let errors = joinsErrors ? output : Pipe()
      process.standardOutput = output
      process.standardError = errors
      return (output, errors)
    }
    // Both at once: a full pipe would stall the program.
    let said = Mutex(Data())
    let isRead = DispatchSemaphore(value: 0)
    if !joinsErrors {
      Thread.detachNewThread {
        let data = errorPipe.fileHandleForReading.readDataToEndOfFile()
        said.withLock { $0 = data }
        isRead.signal()
      }
    }
    output = outputPipe.fileHandleForReading.readDataToEndOfFile()
    if !joinsErrors { isRead.wait() }
    errors = String(decoding: said.withLock { $0 }, as: UTF8.self)
    process.waitUntilExit()
    status = process.terminationStatus
  }
}
