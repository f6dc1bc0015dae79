import Foundation
import Glibc
import TemporaryFolder
import Testing

/// Ctrl-C and other signals, closed pipes and full disks.
@Suite struct NetworkInterruptTests {
  private struct Ending: Decodable {
    var status: Int
    /// From the signal to the end.
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
    _ scan: FaultScan, when text: String, onTerminal: Bool = false, signals: [String] = [],
    through wrapper: [String] = []
  ) async throws -> Ending {
    let script = TestFolders.testCluster.appendingPathComponent("interrupting.py").path
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["python3", "-B", script, "--when", text] + (onTerminal ? ["--terminal"] : [])
        + signals.flatMap { ["--signal", $0] } + ["--"] + wrapper
        + [BinaryUnderTest.url.path, "-v", "6"],
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

  struct Signals: Sendable {
    var names: [String]
    var status: Int
    var wrapper: [String] = []
  }

  /// A plugin that notes its process id and waits, and perhaps does not listen to SIGTERM.
  private func waitingPlugin(isStubborn: Bool) throws -> (
    plugin: KubeconfigFixture.ExecPlugin, folder: TemporaryFolder
  ) {
    let folder = try TemporaryFolder()
    var plugin = KubeconfigFixture.ExecPlugin()
    plugin.script =
      (isStubborn ? "trap '' TERM; " : "")
      + "echo $$ > '\(folder.url.path)/process'; echo waiting >&2; exec sleep 60"
    return (plugin, folder)
  }

  private func hasEnded(_ folder: TemporaryFolder) throws -> Bool {
    let text = try folder.text("process")
    let process = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    return kill(process, 0) != 0 && errno == ESRCH
  }

  /// The first signal decides on the status, and `nohup` keeps SIGHUP away.
  @Test(arguments: [
    Signals(names: ["INT"], status: 130),
    Signals(names: ["TERM"], status: 143),
    Signals(names: ["HUP"], status: 129),
    Signals(names: ["HUP", "TERM"], status: 143, wrapper: ["nohup"]),
  ])
  func signalsEndAPluginThatWaits(signals: Signals) async throws {
    let (plugin, folder) = try waitingPlugin(isStubborn: false)
    let scan = try await FaultScan(.init(), .exec(plugin))
    let ending = try await interrupted(
      scan, when: "waiting", signals: signals.names, through: signals.wrapper)
    #expect(ending.status == signals.status)
    #expect(ending.seconds < 1)
    #expect(ending.stdout.isEmpty)
    #expect(try hasEnded(folder))
    #expect(try await scan.server.statistics().requests == 0)
  }

  /// One that does not listen is killed; signals that come twice, as from timeout(1), change
  /// nothing.
  @Test(arguments: [
    Signals(names: ["INT"], status: 130),
    Signals(names: ["TERM", "TERM"], status: 143),
    Signals(names: ["HUP", "HUP"], status: 129),
  ])
  func signalsEndAPluginThatDoesNotListen(signals: Signals) async throws {
    let (plugin, folder) = try waitingPlugin(isStubborn: true)
    let scan = try await FaultScan(.init(), .exec(plugin))
    let ending = try await interrupted(scan, when: "waiting", signals: signals.names)
    #expect(ending.status == signals.status)
    #expect(ending.seconds < 3)
    #expect(try hasEnded(folder))
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
