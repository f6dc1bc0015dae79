import Foundation
import TemporaryFolder
import Testing

/// How much memory a scan takes when a cluster has very much of something.
@Suite struct MemoryTests {
  /// 2,500 Workflows of 100 KB each are a list of 250 MB, of which nothing but the specs matters.
  @Test func largeWorkflowsAreReadInBoundedMemory() async throws {
    var options = TestClusterOptions()
    options.population = .workflows
    options.pods = 2500
    let scan = try await FaultScan(options)
    // The kernel counts what a finished child took at most, in KiB (getrusage(2)).
    let script = """
      import resource, subprocess, sys
      status = subprocess.run(sys.argv[1:]).returncode
      print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
      sys.exit(status)
      """
    let python = URL(fileURLWithPath: "/usr/bin/env")
    let result = try await ChildProcess.run(
      python,
      [
        "python3", "-c", script, BinaryUnderTest.url.path, "-o", "csv", "--include", "history",
        "--all-images",
      ],
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin",
        "HOME": scan.binary.home.url.path, "KUBECONFIG": scan.kubeconfig.url.path,
      ])
    #expect(result.status == 0)
    #expect(result.stdout.split(whereSeparator: \.isNewline).count == 2501)
    #expect(!result.stdout.contains("k8s.gcr.io/status"))
    #expect(try await scan.lists(of: "workflows.argoproj.io").count == 5)
    let peak = try #require(Int(result.stderr.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(peak < 128 * 1024, "\(peak) KiB")
  }
}
