import Foundation

/// Servers that several suites read, and what the binary said of them: each is started, or run,
/// once in a test run. Who injects faults, reads the log or changes tokens starts a server alone.
actor SharedClusters {
  static let shared = SharedClusters()

  /// What is served, and with which flags it was scanned.
  struct Scan: Hashable, Sendable {
    var population = TestClusterOptions.Population.recorded
    var profile = TestClusterOptions.Profile.current
    var arguments = ["-o", "json", "--all-images", "--include", "history"]
  }

  private struct Key: Hashable {
    var population: TestClusterOptions.Population
    var profile: TestClusterOptions.Profile
  }

  private var servers: [Key: Task<TestClusterProcess, any Error>] = [:]
  private var scans: [Scan: Task<ProcessResult, any Error>] = [:]

  func server(
    _ population: TestClusterOptions.Population = .recorded,
    _ profile: TestClusterOptions.Profile = .current
  ) async throws -> TestClusterProcess {
    let key = Key(population: population, profile: profile)
    if let known = servers[key] { return try await known.value }
    let task = Task {
      var options = TestClusterOptions()
      options.population = population
      options.profile = profile
      return try await TestClusterProcess.start(options)
    }
    servers[key] = task
    return try await task.value
  }

  /// One run of the binary as the cluster's administrator.
  func run(_ scan: Scan) async throws -> ProcessResult {
    if let known = scans[scan] { return try await known.value }
    let task = Task {
      let server = try await self.server(scan.population, scan.profile)
      let fixture = try KubeconfigFixture(server)
      return try await BinaryUnderTest().run(scan.arguments, kubeconfig: fixture.url)
    }
    scans[scan] = task
    return try await task.value
  }

  /// The report of such a run.
  func report(_ scan: Scan) async throws -> ScannedReport {
    try await ScannedReport(run(scan))
  }
}
