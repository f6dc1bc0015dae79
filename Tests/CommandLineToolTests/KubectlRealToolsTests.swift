import Foundation
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
        "error: unknown flag \"--bogus\"\nsee \"kubectl gcr-report help\" for usage\n"
      ),
    ] as [([String], Int32, String, String)])
  func kubectlRunsThePlugin(
    arguments: [String], status: Int32, output: String, error: String
  ) throws {
    // The products stand beside the test bundle.
    let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
    try #require(
      FileManager.default.isExecutableFile(
        atPath: folder.appending(path: "kubectl-gcr_report").path))
    var environment = ProcessInfo.processInfo.environment
    environment["PATH"] = folder.path + ":" + (environment["PATH"] ?? "/usr/bin:/bin")

    let process = Process()
    let outputPipe = Pipe()
    let errorPipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["kubectl", "gcr-report"] + arguments
    process.environment = environment
    process.standardOutput = outputPipe
    process.standardError = errorPipe
    try process.run()
    // Both texts are far smaller than a pipe holds, so one after the other is safe.
    let outputData = try outputPipe.fileHandleForReading.readToEnd() ?? Data()
    let errorData = try errorPipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()

    #expect(String(decoding: outputData, as: UTF8.self) == output)
    // kubectl may add a line of its own about the plugin's status.
    #expect(String(decoding: errorData, as: UTF8.self).hasPrefix(error))
    #expect(process.terminationStatus == status)
  }
}
