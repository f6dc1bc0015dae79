import Foundation
import Testing

/// Programs of the machine, run in tests that `make test-real` enables.
enum RealProgram {
  struct Result {
    let status: Int32
    let output: String
    let error: String
  }

  /// Where the built products are: beside the test bundle.
  static var products: URL {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// Runs `name` from PATH with `path` before it. Outputs must be smaller than a pipe holds.
  static func run(
    _ name: String, _ arguments: [String], path: [String] = [],
    environment extra: [String: String] = [:]
  ) throws -> Result {
    try #require(
      FileManager.default.isExecutableFile(
        atPath: products.appending(path: "kubectl-gcr_report").path))
    // The variables of the test run are no settings of the program under test.
    var environment = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("GCR_REPORT_")
    }
    environment.merge(extra) { $1 }
    environment["PATH"] = (path + [environment["PATH"] ?? "/usr/bin:/bin"]).joined(separator: ":")
    let process = Process()
    let outputPipe = Pipe()
    let errorPipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [name] + arguments
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = outputPipe
    process.standardError = errorPipe
    try process.run()
    let output = try outputPipe.fileHandleForReading.readToEnd() ?? Data()
    let error = try errorPipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
      error: String(decoding: error, as: UTF8.self))
  }
}
