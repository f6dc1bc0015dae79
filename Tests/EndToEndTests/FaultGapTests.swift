import Foundation
import Testing

/// Faults that cost one kind: the report says which, and why, and is complete in all else.
@Suite struct FaultGapTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let fault: Fault
    /// The ledger's reason; `URL` stands for the server's.
    let reason: String
    var state = "failed"
    var arguments: [String] = []
    /// Requests for the list of Pods.
    var requests = 1

    var testDescription: String { name }
  }

  private static let pods = #"^/api/v1/pods\?"#

  private static func fault(
    _ kind: Fault.Kind, times: Int = 1, _ change: (inout Fault) -> Void = { _ in }
  ) -> Fault {
    var fault = Fault(kind, path: pods, times: times)
    change(&fault)
    return fault
  }

  static let cases: [Case] = [
    Case(
      name: "503 for ever", fault: .status(503, path: pods, retryAfter: 0, times: 0),
      reason: "the server answered 503: ServiceUnavailable: apiserver is shutting down",
      requests: 5),
    Case(
      name: "500", fault: .status(500, path: pods),
      reason: "the server answered 500: InternalError: Internal error occurred: etcdserver: leader"
        + " changed"),
    Case(
      name: "broken JSON", fault: fault(.badJSON),
      reason: #"the answer to "/api/v1/pods" cannot be read: the answer is malformed at byte 123,"#
        + " expected a value"),
    Case(
      name: "a login page", fault: fault(.html),
      reason: #""URL" does not answer as a Kubernetes API server: status 200,"#
        + #" "text/html; charset=utf-8", beginning with "<!DOCTYPE html> <html><head><title>Sign"#
        + #" in</title></head><body><h1>Sign in to continue</h1></body></html>"; expected JSON;"#
        + " check the server's address, and proxies before it"),
    Case(
      name: "another content type", fault: fault(.contentType) { $0.type = "text/plain" },
      reason: #""URL" does not answer as a Kubernetes API server: status 200, "text/plain";"#
        + " expected JSON; check the server's address, and proxies before it"),
    Case(
      name: "protobuf called JSON", fault: fault(.contentType) { $0.type = "application/json" },
      reason: #"the answer to "/api/v1/pods" cannot be read: the answer is malformed at byte 0,"#
        + " expected a list object"),
    Case(
      name: "one endless object",
      fault: fault(.huge) {
        $0.oneItem = true
        $0.bytes = 64 << 20
      },
      reason: #"the answer to "/api/v1/pods" cannot be read: the object at byte 80 of the answer"#
        + " is larger than 16777216 bytes"),
    Case(
      name: "stall in the body", fault: fault(.stall),
      reason: #"server "URL": the request took longer than 5 seconds; see --request-timeout"#,
      arguments: ["--request-timeout", "5"]),
    Case(
      name: "no answer at all", fault: fault(.hang),
      reason: #"server "URL": the request took longer than 4 seconds; see --request-timeout"#,
      arguments: ["--request-timeout", "4s"]),
    Case(
      name: "continue token expired, continued from a later snapshot",
      fault: Fault(.gone, path: #"^/api/v1/pods\?continue"#, nth: 3),
      reason: "the list expired while it was read: not one snapshot", state: "partial",
      arguments: ["--chunk-size", "50"], requests: 13),
    Case(
      name: "continue token expires again and again",
      fault: {
        var fault = Fault(.gone, path: #"^/api/v1/pods\?continue"#, times: 0)
        fault.token = false
        return fault
      }(),
      reason: "the server answered 410: Expired: the list expired 3 times while it was read",
      arguments: ["--chunk-size", "50"], requests: 6),
  ]

  @Test(arguments: cases)
  func theReportSaysWhatIsMissing(after fault: Case) async throws {
    let scan = try await FaultScan()
    let undisturbed = try await scan.report(fault.arguments)
    try await scan.server.reset()
    try await scan.server.inject(fault.fault)
    let report = try await scan.report(fault.arguments)
    let reason = fault.reason.replacingOccurrences(of: "URL", with: scan.url)
    #expect(report.result.status == 0)
    #expect(report.result.stderr.isEmpty)
    #expect(
      report.gaps == [
        .init(resource: "pods", namespace: "", state: fault.state, reason: reason, isGap: true)
      ])
    // All else was read, and every namespace is known to be known in part only.
    #expect(
      report.coverage.filter { $0.resource != "pods" && $0.resource != "events" }
        == undisturbed.coverage.filter { $0.resource != "pods" && $0.resource != "events" })
    #expect(report.namespaces.values.allSatisfy { $0 })
    #expect(Set(report.namespaces.keys).isSuperset(of: ["team-a", "team-b", "default"]))
    #expect(try await scan.lists(of: "pods").count == fault.requests)
  }

  @Test func theTableSaysItAndRequireCompleteCounts() async throws {
    let scan = try await FaultScan()
    try await scan.server.inject(.status(500, path: Self.pods, times: 0))
    let table = try await scan.run()
    #expect(table.status == 0)
    #expect(
      table.stdout.contains(
        "\nNOT READ      pods (failed): the server answered 500: InternalError: Internal error"
          + " occurred: etcdserver: leader changed\n"))
    #expect(table.stdout.contains(" unknown · 0 clean\n"))
    let complete = try await scan.run("--require-complete", "-o", "csv")
    #expect(complete.status == 4)
    #expect(complete.stderr.isEmpty)
    let rows = complete.stdout.split(separator: "\r\n", omittingEmptySubsequences: true)
      .flatMap { $0.split(separator: "\n") }.filter { $0.hasPrefix("1,coverage,") }
    #expect(rows.count == 1)
    #expect(rows.first?.contains(",pods,failed,") == true)
    #expect(try await scan.run("--require-complete", "--exit-zero").status == 0)
  }

  /// The injector's configuration names images: without it, its namespace is not known to the end.
  @Test(arguments: [[], ["--configmaps"]])
  func aConfigMapThatCannotBeReadLeavesItsNamespacePartlyUnknown(flags: [String]) async throws {
    let scan = try await FaultScan()
    let undisturbed = try await scan.report(flags)
    #expect(undisturbed.namespaces["istio-system"] == false)
    try await scan.server.inject(.status(500, path: "configmaps", times: 0))
    let report = try await scan.report(flags)
    #expect(report.namespaces["istio-system"] == true)
    let row = try #require(
      try await scan.run(flags).stdout.split(separator: "\n")
        .first { $0.hasPrefix("istio-system ") })
    #expect(row.contains("+?"))
    let metrics = try await scan.run(flags + ["-o", "prometheus"]).stdout
    let incomplete = try #require(
      metrics.split(separator: "\n").first {
        $0.hasPrefix("gcr_report_namespace_incomplete{") && $0.contains("\"istio-system\"")
      })
    #expect(incomplete.hasSuffix(" 1"))
  }

  /// Nothing is kept of an answer that says it is no list, and no more is read than a Status needs.
  @Test func anEndlessAnswerThatIsNoListIsGivenUp() async throws {
    let scan = try await FaultScan()
    var fault = Fault(.huge, path: "^/apis$")
    fault.bytes = 64 << 20
    try await scan.server.inject(fault)
    let report = try await scan.report()
    #expect(report.result.status == 0)
    #expect(
      report.gaps.map(\.reason) == [
        "which kinds are served is unknown",
        #"server "\#(scan.url)": the answer is larger than 33554432 bytes"#,
      ])
    #expect(report.gaps.map(\.resource) == ["custom resources", "discovery"])
  }

  @Test func aRedirectToAnotherHostIsNotFollowed() async throws {
    let scan = try await FaultScan()
    var options = TestClusterOptions()
    options.isPlain = true
    let other = try await TestClusterProcess.start(options)
    var fault = Fault(.redirect, path: Self.pods)
    fault.location = other.address.url + "/api/v1/pods"
    try await scan.server.inject(fault)
    let report = try await scan.report()
    #expect(report.result.status == 0)
    #expect(report.result.stderr.isEmpty)
    #expect(
      report.gaps.map(\.reason) == [
        #""\#(scan.url)" redirects to "\#(other.address.url)/api/v1/pods"; credentials are never"#
          + " sent to another place; put the right address into the kubeconfig"
      ])
    #expect(try await other.statistics().connections == 0)
  }

  @Test func aServerThatIsNoClusterIsAnError() async throws {
    let scan = try await FaultScan()
    try await scan.server.inject(Fault(.html, path: "", times: 0))
    let result = try await scan.run()
    #expect(result.status == 1)
    #expect(result.stdout.isEmpty)
    #expect(
      result.stderr.hasPrefix(
        #"error: "\#(scan.url)" does not answer as a Kubernetes API server: status 200,"#))
    #expect(try await scan.server.statistics().requests == 1)
  }
}
