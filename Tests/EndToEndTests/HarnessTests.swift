import Foundation
import TemporaryFolder
import Testing

/// The harness itself: server, kubeconfigs, child processes and expectations.
@Suite struct HarnessTests {
  @Test func theTestClusterProvesItself() async throws {
    var environment = ProcessInfo.processInfo.environment
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["python3", "-m", "unittest", "discover"],
      environment: environment, folder: TestFolders.testCluster, limit: 600)
    #expect(result.status == 0, "\(result.stderr.suffix(4000))")
  }

  @Test(arguments: TestClusterOptions.Population.allCases)
  func everyPopulationStarts(population: TestClusterOptions.Population) async throws {
    var options = TestClusterOptions()
    options.population = population
    options.pods = 50
    let server = try await TestClusterProcess.start(options)
    #expect(server.address.url == "https://127.0.0.1:\(server.address.port)")
    #expect(try await server.log().isEmpty)
    #expect(try await server.statistics().requests == 0)
  }

  @Test func requestsAndFaultsAreSeen() async throws {
    var options = TestClusterOptions()
    options.faults = [.status(503, path: "^/api/v1/pods", retryAfter: 2)]
    options.prefix = "/behind/a/proxy"
    let server = try await TestClusterProcess.start(options)
    try await server.inject(Fault(.html, path: "^/api/v1/pods", nth: 2))
    for wanted in ["503", "200", "200"] {
      let answer = try await curl(server, "/api/v1/pods?limit=7", token: "admin-token")
      #expect(answer.stdout == wanted)
    }
    let log = try await server.log()
    #expect(log.map(\.fault) == ["status", "html", nil])
    #expect(log.map(\.status) == [503, 200, 200])
    #expect(log.allSatisfy { $0.list == "pods" && $0.isReadOnly && $0.authorization == "Bearer" })
    #expect(log[0].queryItem("limit") == "7")
    #expect(log[0].userAgent == "harness")
    #expect(try await server.statistics().peakListsInFlight == 1)
    try await server.reset()
    #expect(try await server.log().isEmpty)
  }

  @Test func tokensComeAndGo() async throws {
    let server = try await TestClusterProcess.start()
    try await server.grant(token: "fresh", to: "lab-viewer")
    #expect(try await curl(server, "/api/v1/nodes", token: "fresh").stdout == "200")
    try await server.revoke(token: "fresh")
    #expect(try await curl(server, "/api/v1/nodes", token: "fresh").stdout == "401")
  }

  @Test func aWrongFaultIsRefused() async throws {
    let server = try await TestClusterProcess.start()
    await #expect(throws: TestClusterError.self) {
      try await server.inject(Fault(.status, path: "("))
    }
  }

  private func curl(
    _ server: TestClusterProcess, _ path: String, token: String
  ) async throws -> ProcessResult {
    try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      [
        "curl", "-sS", "-o", "/dev/null", "-w", "%{http_code}", "-A", "harness",
        "--cacert", server.address.ca ?? "", "-H", "Authorization: Bearer \(token)",
        server.address.url + path,
      ], environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test func childProcessesAreDrainedLimitedAndClean() async throws {
    let shell = URL(fileURLWithPath: "/bin/sh")
    let script = "head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2; cat; exit 7"
    let loud = try await ChildProcess.run(shell, ["-c", script], environment: [:])
    #expect(loud.ending == .exited(7))
    #expect(loud.output.count == 300_000 && loud.errors.count == 300_000)
    let slow = try await ChildProcess.run(
      shell, ["-c", "exec sleep 30"], environment: ["PATH": "/usr/bin:/bin"], limit: 0.2)
    #expect(slow.ending == .timedOut)
    let killed = try await ChildProcess.run(shell, ["-c", "kill -9 $$"], environment: [:])
    #expect(killed.ending == .killed(signal: 9))
    let clean = try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"), [], environment: ["ONLY": "this"])
    #expect(clean.stdout == "ONLY=this\n")
  }

  @Test func theBinaryIsBesideTheTests() {
    #expect(FileManager.default.isExecutableFile(atPath: BinaryUnderTest.url.path))
  }

  @Test func kubeconfigsHoldWhatTheySay() async throws {
    let server = try await TestClusterProcess.start()
    var plugin = KubeconfigFixture.ExecPlugin(token: "admin-token")
    plugin.installHint = "install \"it\""
    let fixture = try KubeconfigFixture([
      .init(name: "admin", server: server.address, namespace: "team-a"),
      .init(name: "exec", server: server.address, credential: .exec(plugin), authority: .other),
      .init(name: "nobody", server: server.address, credential: .none, authority: .insecure),
    ])
    let text = try String(contentsOf: fixture.url, encoding: .utf8)
    #expect(text.contains("current-context: \"admin\""))
    #expect(text.contains("client-key-data: LS0t"))
    #expect(text.contains("installHint: \"install \\\"it\\\"\""))
    #expect(text.contains("insecure-skip-tls-verify: true"))
    #expect(fixture.pluginCalls(context: "exec") == 0)
    let script = fixture.folder.url.appendingPathComponent("exec-plugin")
    let answer = try await ChildProcess.run(script, [], environment: ["PATH": "/usr/bin:/bin"])
    #expect(answer.stdout.contains(#""token":"admin-token""#))
    #expect(fixture.pluginCalls(context: "exec") == 1)
  }

  @Test func theExpectationsOfTheRecordedClusterLoad() throws {
    let expected = try ExpectedImages.load()
    #expect(expected.refs.count == 705)
    #expect(expected.refs.filter(\.legacy).count == 266)
    #expect(expected.generated.count == 575)
    #expect(expected.other.count == 29)
    #expect(expected.nodes.count == 781)
    let custom = expected.refs.count - expected.references().count
    #expect(custom > 0 && custom < 40)
    for profile in TestClusterOptions.Profile.allCases {
      let roles = Set(expected.references(servedBy: profile).map(\.type))
      #expect(roles.contains(.sidecar) == (profile == .current))
      #expect(roles.contains(.imageVolume) == (profile == .current))
      #expect(roles.contains(.ephemeral) == (profile == .current || profile == .v1_24))
    }
  }

  @Test func theExpectationsOfTheSecondPopulationLoad() throws {
    let expected = try ExpectedPopulation.loadSecond()
    #expect(expected.workloads.count == 37)
    #expect(Set(expected.workloads.map(\.activity)).count == 5)
    #expect(expected.neverFound.count == 10)
  }
}
