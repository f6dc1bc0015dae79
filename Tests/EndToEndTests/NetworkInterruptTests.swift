import Foundation
import Testing

/// Ctrl-C, closed pipes and full disks.
@Suite struct NetworkInterruptTests {
  private struct Ending: Decodable {
    var status: Int
    /// From Ctrl-C to the end.
    var seconds: Double
    /// Whether the program said what was waited for.
    var wasSeen: Bool
    var stdout: String
    var stderr: String
    var keptSettings: Bool
  }

  private func environment(_ scan: FaultScan) -> [String: String] {
    [
      "HOME": scan.binary.home.url.path, "PATH": "/usr/local/bin:/usr/bin:/bin",
      "KUBECONFIG": scan.kubeconfig.url.path, "TERM": "xterm",
    ]
  }

  private func interrupted(
    _ scan: FaultScan, when text: String, onTerminal: Bool = false
  ) async throws -> Ending {
    let script = TestFolders.testCluster.appendingPathComponent("interrupting.py").path
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["python3", "-B", script, "--when", text] + (onTerminal ? ["--terminal"] : [])
        + ["--", BinaryUnderTest.url.path, "-v", "6"],
      environment: environment(scan))
    return try JSONDecoder().decode(Ending.self, from: result.output)
  }

  /// A list that stalls, a header that never comes, and a server that says nothing from the start.
  @Test(arguments: [
    (Fault.Kind.stall, #"^/api/v1/pods\?"#, "> GET /api/v1/pods"),
    (.hang, #"^/api/v1/pods\?"#, "> GET /api/v1/pods"),
    (.hang, "limit=", "?limit=500"),
    (.hang, "^/version", "> GET /version"),
    (.hang, "^/apis$", "> GET /apis"),
  ])
  func controlCEndsAScanThatWaits(kind: Fault.Kind, path: String, line: String) async throws {
    let scan = try await FaultScan()
    var fault = Fault(kind, path: path, times: 0)
    fault.bytes = kind == .stall ? 100_000 : nil
    try await scan.server.inject(fault)
    let ending = try await interrupted(scan, when: line)
    #expect(ending.wasSeen)
    #expect(ending.status == 130)
    #expect(ending.seconds < 1)
    #expect(ending.stdout.isEmpty)
    #expect(!ending.stderr.contains("error"))
  }

  @Test func controlCEndsAWaitForARetry() async throws {
    let scan = try await FaultScan()
    try await scan.server.inject(.status(503, path: "^/api/v1/pods", retryAfter: 30, times: 0))
    let ending = try await interrupted(scan, when: "retry: list pods")
    #expect(ending.status == 130)
    #expect(ending.seconds < 1)
    #expect(ending.stdout.isEmpty)
  }

  @Test func controlCEndsAPluginThatWaits() async throws {
    var plugin = KubeconfigFixture.ExecPlugin()
    plugin.script = "echo waiting >&2; exec sleep 60"
    let scan = try await FaultScan(.init(), .exec(plugin))
    let ending = try await interrupted(scan, when: "waiting")
    #expect(ending.status == 130)
    #expect(ending.seconds < 1)
    #expect(ending.stdout.isEmpty)
    #expect(try await scan.server.statistics().requests == 0)
  }

  @Test func controlCLeavesTheTerminalAsItWas() async throws {
    let scan = try await FaultScan()
    try await scan.server.inject(Fault(.hang, path: #"^/api/v1/pods\?"#))
    let ending = try await interrupted(scan, when: "> GET /api/v1/pods", onTerminal: true)
    #expect(ending.status == 130)
    #expect(ending.seconds < 1)
    #expect(ending.keptSettings)
    #expect(!ending.stdout.contains("CLUSTER"))
    // At most the sequence that ends colours.
    let rest = ending.stdout.replacingOccurrences(of: "\u{1B}[0m", with: "")
    #expect(!rest.contains("\u{1B}"))
  }

  private func shell(_ scan: FaultScan, _ script: String) async throws -> ProcessResult {
    try await ChildProcess.run(
      URL(fileURLWithPath: "/bin/bash"),
      ["-c", script, BinaryUnderTest.url.path, "-o", "csv", "--all-images"],
      environment: environment(scan))
  }

  @Test func nobodyReadsTheRest() async throws {
    let scan = try await FaultScan()
    let result = try await shell(
      scan, #""$0" "$@" | head -1; echo "${PIPESTATUS[0]}" >&2"#)
    #expect(result.stdout.hasPrefix("schema_version,"))
    #expect(result.stdout.split(whereSeparator: \.isNewline).count == 1)
    #expect(result.stderr == "0\n")
  }

  @Test func aFullDiskIsAnError() async throws {
    let scan = try await FaultScan()
    let result = try await shell(scan, #""$0" "$@" > /dev/full"#)
    #expect(result.status == 1)
    #expect(result.stderr.hasPrefix("error: cannot write to "))
    #expect(result.stderr.hasSuffix(": No space left on device\n"))
    let closed = try await shell(scan, #""$0" "$@" >&-"#)
    #expect(closed.status == 1)
    #expect(closed.stderr.hasSuffix(": Bad file descriptor\n"))
  }
}
