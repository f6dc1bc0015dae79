import Foundation
import Testing

/// Faults after which the report is as complete as without them.
@Suite struct FaultRecoveryTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let fault: Fault
    /// Read in pages rather than whole.
    var isPaged = false
    /// What `-v 1` says of each retry; `URL` stands for the server's.
    var retries: [String] = []
    /// Requests for the list of Pods beyond those of an undisturbed scan.
    var moreRequests = 1
    /// libcurl itself sends a request again when a reused connection closes before any answer.
    var mayBeSilent = false

    var testDescription: String { name }
    var arguments: [String] { isPaged ? ["--chunk-size", "50"] : [] }

    /// A retry of the list of Pods for this reason.
    static func retry(_ reason: String) -> [String] {
      ["retry: list pods, attempt 1 failed (\(reason))"]
    }
  }

  private static let pods = #"^/api/v1/pods\?"#
  private static let continued = #"^/api/v1/pods\?continue"#

  private static func cut(_ kind: Fault.Kind, bytes: Int, nth: Int = 1) -> Fault {
    var fault = Fault(kind, path: pods, nth: nth)
    fault.bytes = bytes
    return fault
  }

  private static func slow(_ kind: Fault.Kind, seconds: Double) -> Fault {
    var fault = Fault(kind, path: pods)
    fault.seconds = seconds
    fault.bytes = 40_000
    return fault
  }

  private static func gone(token: Bool) -> Fault {
    var fault = Fault(.gone, path: continued, nth: 3)
    fault.token = token
    return fault
  }

  private static let connectionCut = Case.retry(#"server "URL": the connection was cut"#)

  static let cases: [Case] = [
    Case(
      name: "429 with Retry-After", fault: .status(429, path: pods, retryAfter: 1),
      retries: Case.retry(
        "the server answered 429: TooManyRequests: Too many requests, please try again later.")),
    Case(
      name: "503", fault: .status(503, path: pods),
      retries: Case.retry(
        "the server answered 503: ServiceUnavailable: apiserver is shutting down")),
    Case(
      name: "503 with Retry-After", fault: .status(503, path: pods, retryAfter: 0),
      retries: Case.retry(
        "the server answered 503: ServiceUnavailable: apiserver is shutting down")),
    Case(
      name: "504 on a resource version that is too new",
      fault: Fault(.tooLargeVersion, path: pods),
      retries: Case.retry(
        "the server answered 504: Timeout: Timeout: Too large resource version: 106841,"
          + " current: 6842")),
    Case(
      name: "429 while storage initialises", fault: Fault(.storageInitializing, path: pods),
      retries: Case.retry(
        "the server answered 429: TooManyRequests: storage is (re)initializing")),
    Case(
      name: "connection closed without an answer", fault: Fault(.close, path: pods),
      retries: connectionCut, mayBeSilent: true),
    Case(name: "reset in the body", fault: Fault(.reset, path: pods), retries: connectionCut),
    Case(
      name: "body shorter than its length", fault: cut(.truncateLength, bytes: 100_000),
      retries: Case.retry(#"server "URL": the answer broke off after 100000 of 246315 bytes"#)),
    Case(
      name: "body without its last chunk", fault: cut(.truncateChunked, bytes: 100_000),
      retries: Case.retry(#"server "URL": the answer broke off after 100000 bytes"#)),
    Case(
      name: "body whole but for its last chunk", fault: cut(.truncateChunked, bytes: .max),
      retries: Case.retry(#"server "URL": the answer broke off after 246315 bytes"#)),
    Case(
      name: "empty body", fault: Fault(.empty, path: pods),
      retries: Case.retry(
        #"the answer to "/api/v1/pods" cannot be read: the answer ends after byte 0, before its"#
          + " end")),
    Case(
      name: "reset in a page", fault: Fault(.reset, path: pods, nth: 4), isPaged: true,
      retries: connectionCut),
    Case(
      name: "continue token expired, and no other given", fault: gone(token: false),
      isPaged: true, retries: ["retry: the list of pods expired; read anew"], moreRequests: 4),
    Case(
      name: "a page that repeats the one before", fault: Fault(.duplicatePage, path: continued),
      isPaged: true),
    Case(
      name: "every page repeats the one before",
      fault: Fault(.duplicatePage, path: continued, times: 0), isPaged: true, moreRequests: 11),
    Case(name: "slow drip", fault: slow(.drip, seconds: 0.01), moreRequests: 0),
    Case(name: "late answer", fault: slow(.delay, seconds: 0.3), moreRequests: 0),
  ]

  @Test(arguments: cases)
  func theReportIsComplete(after fault: Case) async throws {
    let scan = try await FaultScan()
    let undisturbed = try await scan.report(["--all-images"] + fault.arguments)
    let usual = try await scan.lists(of: "pods").count
    try await scan.server.reset()
    try await scan.server.inject(fault.fault)
    let disturbed = try await scan.report(["--all-images", "-v", "1"] + fault.arguments)
    #expect(disturbed.result.status == 0)
    #expect(disturbed.text == undisturbed.text)
    #expect(disturbed.gaps.isEmpty)
    let expected = fault.retries.map { $0.replacingOccurrences(of: "URL", with: scan.url) }
    let retries = disturbed.result.retryLines
    #expect(retries == expected || fault.mayBeSilent && retries.isEmpty)
    let lists = try await scan.lists(of: "pods")
    #expect(lists.contains { $0.fault != nil })
    #expect(lists.count == usual + fault.moreRequests)
    #expect(undisturbed.result.stderr.isEmpty)
  }

  /// The second page is on its way when the first breaks off: the first is asked for at the same
  /// resource version, so that both still fit together.
  @Test func aFirstPageThatBrokeOffAfterItsHeaderIsAskedForAtTheSameVersion() async throws {
    let scan = try await FaultScan()
    let undisturbed = try await scan.report(["--all-images", "--chunk-size", "100"])
    try await scan.server.reset()
    var fault = Fault(.reset, path: Self.pods)
    fault.bytes = 30_000
    try await scan.server.inject(fault)
    let disturbed = try await scan.report(["--all-images", "--chunk-size", "100"])
    #expect(disturbed.result.status == 0)
    #expect(disturbed.result.stderr.isEmpty)
    #expect(disturbed.text == undisturbed.text)
    let first = try await scan.lists(of: "pods").filter { $0.queryItem("continue") == nil }
    #expect(first.map { $0.queryItem("resourceVersionMatch") } == [nil, "Exact"])
    #expect(first.last?.queryItem("limit") == "100")
    #expect(first.last?.queryItem("resourceVersion")?.isEmpty == false)
    let tokens = try await scan.lists(of: "pods").compactMap { $0.queryItem("continue") }
    #expect(Set(tokens).count == tokens.count)
  }

  @Test func everyListMayBreakOffOnce() async throws {
    let scan = try await FaultScan()
    let undisturbed = try await scan.report(["--all-images"])
    for path in [
      "^/version", "^/api$", "^/apis$", "/namespaces/kube-system", "/nodes", "/replicasets",
      "/horizontalpodautoscalers", #"/namespaces\?"#,
    ] {
      try await scan.server.inject(Fault(.reset, path: path))
    }
    let disturbed = try await scan.report(["--all-images"])
    #expect(disturbed.result.status == 0)
    #expect(disturbed.result.stderr.isEmpty)
    #expect(disturbed.text == undisturbed.text)
  }

  /// Discovery of an old server is many requests, and one of them may be refused for a while.
  @Test func legacyDiscoveryIsRetriedToo() async throws {
    var options = TestClusterOptions()
    options.profile = .v1_20
    let scan = try await FaultScan(options)
    let undisturbed = try await scan.report()
    try await scan.server.inject(
      .status(503, path: "^/apis/batch/v1$", retryAfter: 0),
      .status(429, path: "^/apis$", retryAfter: 0))
    let disturbed = try await scan.report()
    #expect(disturbed.result.status == 0)
    #expect(disturbed.text == undisturbed.text)
  }

  /// Of `metrics.k8s.io` nothing is ever read.
  @Test func aStaleGroupWithoutImagesCostsNothing() async throws {
    var options = TestClusterOptions()
    options.hasStaleGroup = true
    let scan = try await FaultScan(options)
    let report = try await scan.report()
    #expect(report.result.status == 0)
    #expect(report.gaps.isEmpty)
    #expect(report.namespaces.values.allSatisfy { !$0 })
  }
}
