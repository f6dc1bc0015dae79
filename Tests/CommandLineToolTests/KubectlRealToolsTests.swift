import Foundation
import TestPrograms
import Testing

@testable import CommandLineTool

/// The built plugin behind a real kubectl, which `make test-real` installs.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"))
struct KubectlRealToolsTests {
  @Test(
    arguments: [
      (["version"], 0, "\(Version.line)\n", ""),
      (
        ["--bogus"], 2, "",
        "error: unknown flag \"--bogus\"\nsee \"kubectl gcr-report help scan\" for usage\n"
      ),
    ] as [([String], Int32, String, String)])
  func kubectlRunsThePlugin(
    arguments: [String], status: Int32, output: String, error: String
  ) throws {
    let result = try RealProgram.run(
      "kubectl", ["gcr-report"] + arguments, path: [RealProgram.products.path])
    #expect(result.text == output)
    // kubectl may add a line of its own about the plugin's status.
    #expect(result.errors.hasPrefix(error))
    #expect(result.status == status)
  }
}
