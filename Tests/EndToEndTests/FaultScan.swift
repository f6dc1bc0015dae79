import Foundation
import Testing

/// A test cluster, a kubeconfig for it and the binary: for scans that something disturbs.
struct FaultScan {
  let server: TestClusterProcess
  let kubeconfig: KubeconfigFixture
  var binary: BinaryUnderTest

  /// - Parameter namespace: that of the context.
  init(
    _ options: TestClusterOptions = .init(),
    _ credential: KubeconfigFixture.Credential = .token("admin-token"), namespace: String? = nil
  ) async throws {
    server = try await TestClusterProcess.start(options)
    kubeconfig = try KubeconfigFixture(server, credential, namespace: namespace)
    binary = try BinaryUnderTest()
  }

  var url: String { server.address.url }

  /// Runs the binary; whatever happened, it must only ever have read, and said who it is.
  func run(_ arguments: [String]) async throws -> ProcessResult {
    let result = try await binary.run(arguments, kubeconfig: kubeconfig.url)
    for request in try await server.log() {
      #expect(request.isReadOnly, "\(request.method) \(request.path)")
      #expect(request.userAgent.hasPrefix("kubectl-gcr_report/"), "\(request.userAgent)")
    }
    return result
  }

  func run(_ arguments: String...) async throws -> ProcessResult {
    try await run(arguments)
  }

  /// The same as `-o json`, taken apart.
  func report(_ arguments: [String] = []) async throws -> ScanReport {
    try ScanReport(try await run(["-o", "json"] + arguments))
  }

  /// The requests for a list, by the name that `kubectl api-resources -o name` gives it.
  func lists(of resource: String) async throws -> [LoggedRequest] {
    try await server.log().filter { $0.list == resource }
  }
}

/// A JSON report with what else the run left behind.
struct ScanReport {
  /// One entry of the coverage ledger.
  struct Coverage: Decodable, Hashable {
    var resource: String
    var namespace: String
    var state: String
    var reason: String
    var isGap: Bool
  }

  private struct Document: Decodable {
    struct Cluster: Decodable {
      struct Namespace: Decodable {
        var name: String
        var risk: String
        var isPartlyUnknown: Bool
      }
      var namespaces: [Namespace]
      var coverage: [Coverage]
    }
    var clusters: [Cluster]
  }

  let result: ProcessResult
  /// Everything but the time of the scan: equal texts are equal reports.
  let text: String
  let coverage: [Coverage]
  /// Names, and whether something in each is unknown.
  let namespaces: [String: Bool]

  var gaps: [Coverage] { coverage.filter(\.isGap) }

  init(_ result: ProcessResult) throws {
    self.result = result
    let document = try JSONDecoder().decode(Document.self, from: result.output)
    coverage = document.clusters.flatMap(\.coverage)
    let entries = document.clusters.flatMap(\.namespaces)
    namespaces = Dictionary(
      entries.map { ($0.name, $0.isPartlyUnknown) }, uniquingKeysWith: { $0 || $1 })
    text = result.stdout.split(separator: "\n").filter { !$0.contains(#""scannedAt""#) }
      .joined(separator: "\n")
  }
}

extension ProcessResult {
  /// The lines that `-v 1` says about retries, without the waits, which chance decides.
  var retryLines: [String] {
    stderr.split(separator: "\n").filter { $0.hasPrefix("retry: ") }.map { line in
      line.components(separatedBy: "; next in ")[0]
    }
  }
}
