import Foundation
import Testing

/// How much a scan asks of an API server, as the server and as `-v` see it.
@Suite struct LoadTests {
  /// Answers of every list this late, so that lists pile up as far as they may.
  private static func late(_ seconds: Double) -> Fault {
    var fault = Fault(.delay, path: "limit=|resourceVersion=", times: 0)
    fault.seconds = seconds
    return fault
  }

  @Test func atMostThreeListsAndTwoOfOneKind() async throws {
    let scan = try await FaultScan()
    try await scan.server.inject(Self.late(0.2))
    let result = try await scan.run("--chunk-size", "50", "-v", "1")
    #expect(result.status == 0)
    let statistics = try await scan.server.statistics()
    #expect(statistics.peakListsInFlight == 3)
    #expect(statistics.peakListsPerResource.values.allSatisfy { $0 <= 2 })
    #expect(statistics.methods == ["GET": statistics.requests])
    #expect(try await scan.lists(of: "pods").allSatisfy { $0.queryItem("limit") == "50" })
    // The same numbers are told.
    let totals = try #require(result.stderr.split(separator: "\n").last)
    #expect(totals.hasPrefix("totals: requests \(statistics.requests), retries 0, bytes "))
    #expect(totals.hasSuffix(", at most 3 lists at once"))
    let lines = result.stderr.split(separator: "\n").filter { $0.hasPrefix("GET /") }
    #expect(lines.count == statistics.requests)
  }

  @Test func largeKindsAreAskedForWholeWhereListsAreStreamed() async throws {
    let scan = try await FaultScan()
    #expect(try await scan.run().status == 0)
    for kind in ["pods", "replicasets.apps", "jobs.batch"] {
      let lists = try await scan.lists(of: kind)
      #expect(lists.map(\.query) == ["resourceVersion=0"], "\(kind)")
    }
    #expect(try await scan.lists(of: "deployments.apps").map(\.query) == ["limit=500"])
    #expect(try await scan.lists(of: "secrets").isEmpty)
    #expect(try await scan.lists(of: "configmaps").isEmpty)
  }

  @Test func olderServersAreAskedInPages() async throws {
    var options = TestClusterOptions()
    options.profile = .v1_20
    let scan = try await FaultScan(options)
    #expect(try await scan.run().status == 0)
    let lists = try await scan.lists(of: "pods")
    #expect(lists.count == 2)
    #expect(lists.allSatisfy { $0.queryItem("limit") == "500" })
    #expect(lists.allSatisfy { $0.queryItem("resourceVersion") == nil })
  }

  @Test func chunkSizeZeroAsksForWholeLists() async throws {
    let scan = try await FaultScan()
    #expect(try await scan.run("--chunk-size", "0").status == 0)
    #expect(try await scan.lists(of: "pods").map(\.query) == [""])
  }

  /// After a 429 one list at a time is enough for the rest of the scan.
  @Test func tooManyRequestsHalvesTheLists() async throws {
    let scan = try await FaultScan()
    try await scan.server.inject(
      .status(429, path: "^/api/v1/pods", retryAfter: 0), Self.late(0.05))
    let result = try await scan.run("--chunk-size", "50", "-v", "1")
    #expect(result.status == 0)
    #expect(result.retryLines.count == 1)
    let lists = try await scan.server.log().filter { $0.list != nil }
    let refused = try #require(lists.firstIndex { $0.status == 429 })
    // What was on its way then may still arrive; after it, one at a time.
    let later = lists[min(lists.count, refused + 4)...]
    #expect(later.count > 10)
    #expect(later.allSatisfy { $0.listsInFlight == 1 })
  }

  // MARK: -v

  @Test func levelOneIsALinePerRequest() async throws {
    let scan = try await FaultScan(.init(), .token("admin-token"))
    try await scan.server.inject(.status(503, path: "/nodes", retryAfter: 1))
    let result = try await scan.run("-v", "1", "--chunk-size", "100")
    let lines = result.stderr.split(separator: "\n").map(String.init)
    let request = /GET \/\S+ \d{3} in \d+ ms, \d+ bytes/
    let log = try await scan.server.log()
    #expect(lines.filter { $0.wholeMatch(of: request) != nil }.count == log.count)
    #expect(lines.contains { $0.hasPrefix("GET /api/v1/nodes?limit=100 503 in ") })
    #expect(
      lines.contains(
        "retry: list nodes, attempt 1 failed (the server answered 503: ServiceUnavailable:"
          + " apiserver is shutting down); next in 1s"))
    #expect(!result.stderr.contains("admin-token"))
    #expect(!result.stderr.contains("> "))
  }

  @Test func levelSixShowsHeadersWithoutSecrets() async throws {
    let scan = try await FaultScan()
    let result = try await scan.run([
      "-v", "6", "--as", "jane", "--as-group", "dev", "--as-user-extra", "ticket=hidden-ticket",
    ])
    let lines = result.stderr.split(separator: "\n").map(String.init)
    #expect(lines.contains("[1] > GET /version"))
    #expect(lines.contains("[1] > Authorization: Bearer <redacted>"))
    #expect(lines.contains("[1] > Impersonate-User: jane"))
    #expect(lines.contains("[1] > Impersonate-Group: dev"))
    #expect(lines.contains("[1] > Impersonate-Extra-ticket: <redacted>"))
    #expect(lines.contains("[1] < Content-Type: application/json"))
    #expect(!result.stderr.contains("admin-token"))
    #expect(!result.stderr.contains("hidden-ticket"))
  }

  @Test(arguments: ["secret-password", "secret-token"])
  func flagsWithSecretsAreNeverEchoed(secret: String) async throws {
    let scan = try await FaultScan(.init(), .none)
    let flags =
      secret.hasSuffix("token")
      ? ["--token", secret] : ["--username", "lab-admin", "--password", secret]
    let result = try await scan.run(flags + ["-v", "9"])
    #expect(result.status == 1)
    #expect(result.stderr.contains("Authorization: "))
    #expect(!result.stderr.contains(secret))
    #expect(!result.stderr.contains(Data("lab-admin:\(secret)".utf8).base64EncodedString()))
  }
}
