import Foundation
import TemporaryFolder
import Testing
import YAMLDocuments

/// A scan of one cluster that fails as a whole: the terminal has the error and nothing else, the
/// files tell that a scan was tried, and what was read before stays.
@Suite struct UnreadClusterTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// In the folder of this test.
  private func run(
    _ arguments: [String], _ kubeconfig: KubeconfigFixture?, home: TemporaryFolder? = nil
  ) async throws -> ProcessResult {
    var binary = try BinaryUnderTest()
    if let home { binary.environment = ["HOME": home.url.path] }
    return try await binary.run(
      arguments, kubeconfig: kubeconfig?.url, folder: folder.url)
  }

  private func context(
    _ server: TestClusterProcess, _ credential: KubeconfigFixture.Credential = .token("worthless"),
    _ change: (inout KubeconfigFixture.Context) -> Void = { _ in }
  ) throws -> KubeconfigFixture {
    var context = KubeconfigFixture.Context(
      name: "test", server: server.address, credential: credential)
    change(&context)
    return try KubeconfigFixture([context])
  }

  // MARK: What went wrong

  enum Trouble: String, CaseIterable, Sendable {
    case refused, certificate, credentials, plugin, silent, unknownContext, nothingAllowed
  }

  private static let causes: [Trouble: String] = [
    .refused: "refused the connection", .certificate: "certificate", .credentials: "(401)",
    .plugin: "exit status 3", .silent: "not read within 2s", .unknownContext: "gone",
    .nothingAllowed: "forbids it (403)",
  ]

  /// - Returns: also the server, which must live until it has been asked.
  private func kubeconfig(
    _ trouble: Trouble
  ) async throws -> (KubeconfigFixture, TestClusterProcess) {
    let server = try await server(trouble)
    return (try kubeconfig(trouble, server), server)
  }

  private func server(_ trouble: Trouble) async throws -> TestClusterProcess {
    guard trouble == .silent else { return try await SharedClusters.shared.server() }
    var options = TestClusterOptions()
    options.faults = [Fault(.hang, path: "/pods", times: 0)]
    return try await TestClusterProcess.start(options)
  }

  private func kubeconfig(
    _ trouble: Trouble, _ server: TestClusterProcess
  ) throws -> KubeconfigFixture {
    switch trouble {
    case .refused: return try context(server) { $0.url = "https://127.0.0.1:1" }
    case .certificate: return try context(server) { $0.authority = .other }
    case .credentials, .unknownContext: return try context(server)
    case .plugin:
      var plugin = KubeconfigFixture.ExecPlugin()
      plugin.script = "exit 3"
      return try context(server, .exec(plugin))
    case .silent: return try context(server, .token("admin-token"))
    case .nothingAllowed: return try context(server, .token("nobody-token"))
    }
  }

  private static let files = [
    "prometheus=r.prom", "json=r-%d.json", "csv=r.csv", "junit=r.xml", "github=r.github",
    "sarif=r.sarif", "html=r.html", "markdown=r.md", "yaml=r.yaml", "wide=r.txt", "name=r.names",
  ].flatMap { ["-o", $0] }

  @Test(arguments: Trouble.allCases)
  func everyFileTellsOfIt(trouble: Trouble) async throws {
    let (kubeconfig, server) = try await kubeconfig(trouble)
    defer { withExtendedLifetime(server) {} }
    var arguments = Self.files + ["-o", "table", "--exit-zero"]
    if trouble == .silent { arguments += ["--cluster-timeout", "2s"] }
    if trouble == .unknownContext { arguments += ["--context", "gone"] }
    let result = try await run(arguments, kubeconfig)
    #expect(result.status == 1)
    #expect(result.stdout == "")
    let cause = try #require(Self.causes[trouble])
    #expect(result.stderr.hasPrefix("error: "))
    #expect(result.stderr.contains(cause), "\(result.stderr)")
    #expect(
      result.stderr.hasSuffix(
        "\nwarning: \"r.names\" is not written: an empty list would say that there is nothing to"
          + " find\n"))
    let name = trouble == .unknownContext ? "gone" : "test"
    let metrics = try folder.text("r.prom")
    #expect(metrics.contains("\ngcr_report_scan_success{cluster=\"\(name)\"} 0\n"))
    #expect(metrics.contains("\ngcr_report_scan_timestamp_seconds{cluster=\"\(name)\"} 1"))
    #expect(!metrics.contains("gcr_report_workloads"))
    let json = try #require(try folder.names.first { $0.hasSuffix(".json") })
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(try folder.text(json).utf8)) as? [String: Any])
    let cluster = try #require((document["clusters"] as? [[String: Any]])?.first)
    #expect(cluster["contexts"] as? [String] == [name])
    #expect((cluster["failure"] as? String)?.contains(cause) == true)
    let rows = CSVText.records(try folder.text("r.csv"))
    #expect(rows.count == 2)
    #expect(rows[1][1] == "coverage" && rows[1].contains("failed"))
    #expect(rows[1].contains { $0.contains(cause) })
    #expect(try folder.text("r.xml").contains("<error message="))
    #expect(try folder.text("r.github").hasPrefix("::error title=\(name) was not read::"))
    #expect(try folder.text("r.sarif").contains("the cluster was not read: "))
    for file in ["r.html", "r.md", "r.yaml", "r.txt"] {
      #expect(try folder.text(file).contains(name))
    }
    #expect(!(try folder.names).contains("r.names"))
    #expect(try folder.names.allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test(arguments: ["table", "wide", "csv", "json", "prometheus", "name", "html"])
  func theTerminalHasTheErrorAlone(format: String) async throws {
    let (kubeconfig, _) = try await kubeconfig(.credentials)
    let result = try await run(["-o", format], kubeconfig)
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(result.stderr.split(separator: "\n").count == 1)
    #expect(try folder.names == [])
  }

  /// Where nobody can say which cluster was meant, or the flags are wrong, there is nothing to
  /// write.
  @Test(
    arguments: [
      (["-o", "json=r.json"], 1), (["-o", "json=r.json", "--fail-on", "all"], 2),
      (["-o", "json=r.json", "--rules", "none.yaml", "--cluster-name", "x"], 2),
    ] as [([String], Int32)])
  func withoutAClusterThereIsNoFile(arguments: [String], status: Int32) async throws {
    let result = try await run(arguments, nil)
    #expect(result.status == status)
    #expect(try folder.names == [])
  }

  @Test func aNameIsEnough() async throws {
    let result = try await run(
      ["-o", "prometheus=r.prom", "--cluster-name", "prod \"eu\"", "--log-format", "json"], nil)
    #expect(result.status == 1)
    #expect(
      try folder.text("r.prom").contains("gcr_report_scan_success{cluster=\"prod \\\"eu\\\"\"} 0\n")
    )
    #expect(result.stderr.contains("\"context\":\"prod \\\"eu\\\"\""))
  }

  // MARK: What was read before

  @Test func whatWasReadStaysAndNothingIsRotated() async throws {
    let server = try await SharedClusters.shared.server()
    let (good, bad) = (try context(server, .adminCertificate), try context(server))
    let outputs = [
      "-o", "json=r.json", "-o", "csv=r-%dT%t.csv", "-o", "prometheus=r.prom", "-o", "html=r.html",
      "--keep", "1",
    ]
    #expect(try await run(outputs, good).status == 0)
    try folder.write("", to: "empty.json")
    try folder.write("old", to: "r-2026-01-01T060000Z.csv")
    let before = try (json: folder.text("r.json"), html: folder.text("r.html"), names: folder.names)
    let failed = try await run(outputs + ["-o", "yaml=empty.json"], bad)
    #expect(failed.status == 1)
    #expect(
      failed.stderr.hasSuffix(
        "\nwarning: \"r.json\" stays as it was: the new report holds nothing that was read\n"
          + "warning: \"r.html\" stays as it was: the new report holds nothing that was read\n"))
    #expect(try folder.text("r.json") == before.json)
    #expect(try folder.text("r.html") == before.html)
    #expect(try folder.text("r.prom").contains("gcr_report_scan_success{cluster=\"test\"} 0\n"))
    // A file without content had nothing to lose.
    #expect(try folder.text("empty.json").contains("failure: "))
    let added = try Set(folder.names).subtracting(before.names)
    #expect(added.count == 1 && added.allSatisfy { $0.hasSuffix(".csv") })
    #expect(Set(try folder.names).isSuperset(of: before.names))
    // The next one that can read takes the place of all of them.
    #expect(try await run(outputs, good).status == 0)
    #expect(try folder.names.filter { $0.hasSuffix(".csv") }.count == 1)
    #expect(try folder.text("r.prom").contains("gcr_report_scan_success{cluster=\"test\"} 1\n"))
    #expect(try folder.text("r.json") != before.json)
  }

  @Test func joinedTheyAreOneCluster() async throws {
    let server = try await SharedClusters.shared.server()
    let (good, bad) = (try context(server, .adminCertificate), try context(server))
    #expect(try await run(["-o", "json=1.json"], good).status == 0)
    #expect(try await run(["-o", "json=2.json"], bad).status == 1)
    let merged = try await run(["merge", ".", "-o", "prometheus"], nil)
    #expect(merged.status == 0)
    #expect(merged.stdout.contains("gcr_report_scan_success{cluster=\"test\"} 1\n"))
    #expect(merged.stderr.contains(", which could read nothing\n"))
  }

  @Test func theHistoryKnowsOfIt() async throws {
    let home = try TemporaryFolder()
    let server = try await SharedClusters.shared.server()
    let good = try await run(
      ["--record", "-q"], try context(server, .adminCertificate), home: home)
    #expect(good.status == 0)
    let bad = try await run(["--record", "-q"], try context(server), home: home)
    #expect(bad.status == 1)
    #expect(bad.stdout == "")
    let list = try await run(["history"], nil, home: home)
    #expect(list.stdout.split(separator: "\n").last?.contains("not read  test") == true)
    let diff = try await run(["history", "diff", "--fail-on-new"], nil, home: home)
    #expect(diff.status == 4)
    #expect(diff.stdout.contains(" no longer readable\n"))
  }

  // MARK: Beside it

  /// What `schedule` prints is what runs: its own arguments, in a folder in place of the volume.
  @Test func theCronJobTellsThatItCouldNotRead() async throws {
    let manifests = try await BinaryUnderTest().run(
      "schedule", "--every", "@daily", "--image", "registry.example.com/gcr-report:1",
      "--offline", "--cluster-name", "prod-eu")
    #expect(manifests.status == 0)
    let job = try #require(
      try YAMLDocuments.load(Array(manifests.stdout.utf8)).first { $0["kind"]?.string == "CronJob" }
    )
    let pod = job["spec"]?["jobTemplate"]?["spec"]?["template"]?["spec"]
    let container = try #require(pod?["containers"]?.sequence?.first)
    let arguments = try #require(container["args"]?.sequence).compactMap(\.string).map {
      $0.replacing("/reports", with: folder.url.path)
        .replacing("/tmp/cache", with: "\(folder.url.path)/.cache")
    }
    let server = try await SharedClusters.shared.server()
    let failed = try await run(arguments, try context(server))
    #expect(failed.status == 1)
    #expect(failed.stderr.split(separator: "\n").allSatisfy { $0.hasPrefix("{\"time\":") })
    #expect(
      try folder.text("gcr-report.prom").contains(
        "gcr_report_scan_success{cluster=\"prod-eu\"} 0\n"))
    #expect(try folder.names.filter { $0.hasPrefix("gcr-report-20") }.count == 2)
    let read = try await run(arguments, try context(server, .adminCertificate))
    #expect(read.status == 0)
    #expect(
      try folder.text("gcr-report.prom").contains(
        "gcr_report_scan_success{cluster=\"prod-eu\"} 1\n"))
  }

  /// Sweeps do the same with a file of which no cluster was read.
  @Test func aSweepSparesWhatWasRead() async throws {
    let server = try await SharedClusters.shared.server()
    func fixture(_ credentials: [KubeconfigFixture.Credential]) throws -> KubeconfigFixture {
      try KubeconfigFixture(
        credentials.enumerated().map {
          .init(name: "c\($0.offset)", server: server.address, credential: $0.element)
        })
    }
    let outputs = ["--all-contexts", "-o", "json=%c.json", "-o", "csv=all.csv", "-q"]
    // One of them as a user whose UID of kube-system is not told stays a cluster of its own.
    let first = try await run(
      outputs, try fixture([.token("namespaced-token"), .adminCertificate]))
    #expect(first.stderr == "" || first.status == 4)
    let before = try folder.text("c1.json")
    let second = try await run(
      outputs, try fixture([.adminCertificate, .token("worthless")]))
    #expect(second.status == 4)
    #expect(try folder.text("c1.json") == before)
    #expect(try folder.text("all.csv").contains(",failed,"))
    let rows = try folder.text("all.csv")
    let third = try await run(
      outputs, try fixture([.token("worthless"), .token("worthless")]))
    #expect(third.status == 1)
    #expect(try folder.text("c1.json") == before)
    #expect(try folder.text("all.csv") == rows)
  }
}
