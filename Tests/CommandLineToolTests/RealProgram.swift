import Foundation
import TestPrograms
import Testing

/// Programs of the machine, run in tests that `make test-real` enables.
enum RealProgram {
  /// Where the built products are: beside the test bundle.
  static var products: URL {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// Runs `name` from PATH with `path` before it.
  static func run(
    _ name: String, _ arguments: [String], path: [String] = [],
    environment extra: [String: String] = [:]
  ) throws -> ProgramRun {
    try #require(
      FileManager.default.isExecutableFile(
        atPath: products.appending(path: "kubectl-gcr_report").path))
    // The variables of the test run are no settings of the program under test.
    var environment = ProcessInfo.processInfo.environment.filter {
      !$0.key.hasPrefix("GCR_REPORT_")
    }
    environment.merge(extra) { $1 }
    environment["PATH"] = (path + [environment["PATH"] ?? "/usr/bin:/bin"]).joined(separator: ":")
    return try ProgramRun(name, arguments, environment: environment)
  }
}
