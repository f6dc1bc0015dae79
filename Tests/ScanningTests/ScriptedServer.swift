import CurlTransport
import Foundation
import FoundationNetworking
import Inventory
import Kubeconfig
import KubernetesAPI
import Scanning
import Synchronization
import Testing

/// An API server of canned answers, by path without query.
struct ScriptedServer: Sendable {
  struct Answer: Sendable {
    let status: Int
    let json: String

    static func ok(_ json: String) -> Answer {
      Answer(status: 200, json: json)
    }

    static func status(_ code: Int, _ reason: String) -> Answer {
      Answer(
        status: code,
        json: #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","#
          + #""message":"\#(reason) it is","reason":"\#(reason)","code":\#(code)}"#)
    }

    static let forbidden = status(403, "Forbidden")
    static let notFound = status(404, "NotFound")

    /// - Parameter groupVersion: that of `kinds` unless given.
    static func list(
      _ kind: String, _ items: [String] = [], as groupVersion: String? = nil
    ) -> Answer {
      let usual = ScriptedServer.kinds.first { $0.kind == kind }?.groupVersion ?? "v1"
      return ok(
        #"{"kind":"\#(kind)List","apiVersion":"\#(groupVersion ?? usual)","metadata":{"resourceVersion":"1"},"#
          + #""items":[\#(items.joined(separator: ","))]}"#)
    }
  }

  /// Answers by path; what is absent is 404.
  var answers: [String: Answer]
  /// What the SelfSubjectRulesReview allows, as JSON rules; nil refuses the review.
  var reviews: [String: String] = [:]

  /// Kinds with the path of their lists below the group-version, in the order of a scan.
  static let kinds: [(groupVersion: String, resource: String, kind: String)] = [
    ("v1", "pods", "Pod"), ("apps/v1", "replicasets", "ReplicaSet"), ("batch/v1", "jobs", "Job"),
    ("apps/v1", "deployments", "Deployment"), ("apps/v1", "statefulsets", "StatefulSet"),
    ("apps/v1", "daemonsets", "DaemonSet"), ("batch/v1", "cronjobs", "CronJob"),
    ("v1", "replicationcontrollers", "ReplicationController"),
    ("v1", "podtemplates", "PodTemplate"),
    ("autoscaling/v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"),
  ]

  static func root(_ groupVersion: String) -> String {
    groupVersion == "v1" ? "/api/v1" : "/apis/\(groupVersion)"
  }

  /// A server that lets everything be read and holds nothing but these namespaces.
  static func make(namespaces: [String] = ["kube-system", "a", "b"]) -> ScriptedServer {
    var answers: [String: Answer] = [
      "/version": .ok(#"{"major":"1","minor":"31","gitVersion":"v1.31.0"}"#),
      "/api": discovery { $0 == "v1" }, "/apis": discovery { $0 != "v1" },
      "/api/v1/nodes": .list("Node"),
      "/api/v1/namespaces": .list(
        "Namespace", namespaces.map { #"{"metadata":{"name":"\#($0)","uid":"ns-\#($0)"}}"# }),
    ]
    for name in namespaces {
      answers["/api/v1/namespaces/\(name)"] = .ok(
        #"{"metadata":{"name":"\#(name)","uid":"ns-\#(name)"}}"#)
    }
    for (groupVersion, resource, kind) in kinds {
      for place in [""] + namespaces.map({ "/namespaces/\($0)" }) {
        answers["\(root(groupVersion))\(place)/\(resource)"] = .list(kind)
      }
    }
    return ScriptedServer(answers: answers)
  }

  /// Aggregated discovery of `kinds`, but for those of `without`.
  static func discovery(
    without: Set<String> = [], extra: [(groupVersion: String, resource: String, kind: String)] = [],
    _ isWanted: (String) -> Bool
  ) -> Answer {
    let wanted = (kinds + extra).filter {
      isWanted($0.groupVersion) && !without.contains("\($0.groupVersion)/\($0.resource)")
    }
    let items = Dictionary(grouping: wanted, by: \.groupVersion).sorted { $0.key < $1.key }.map {
      groupVersion, kinds in
      let parts = groupVersion.split(separator: "/")
      let resources = kinds.map {
        #"{"resource":"\#($0.resource)","responseKind":{"kind":"\#($0.kind)"},"#
          + #""scope":"Namespaced","verbs":["get","list"]}"#
      }
      return #"{"metadata":{"name":"\#(parts.count == 2 ? String(parts[0]) : "")"},"versions":["#
        + #"{"version":"\#(parts.last ?? "")","resources":[\#(resources.joined(separator: ","))]}]}"#
    }
    return .ok(#"{"kind":"APIGroupDiscoveryList","items":[\#(items.joined(separator: ","))]}"#)
  }

  /// A Deployment of one container.
  static func deployment(_ name: String, in namespace: String, image: String) -> String {
    #"{"metadata":{"name":"\#(name)","namespace":"\#(namespace)","uid":"\#(namespace)-\#(name)"},"#
      + #""spec":{"template":{"spec":{"containers":[{"name":"app","image":"\#(image)"}]}}}}"#
  }

  static func cronJob(_ name: String, in namespace: String, image: String) -> String {
    #"{"metadata":{"name":"\#(name)","namespace":"\#(namespace)","uid":"\#(namespace)-\#(name)"},"#
      + #""spec":{"jobTemplate":{"spec":{"template":{"spec":{"containers":["#
      + #"{"name":"app","image":"\#(image)"}]}}}}}}"#
  }

  /// Forbids these lists across the cluster, and in every namespace but these.
  mutating func forbid(_ resources: [String]? = nil, except namespaces: [String] = []) {
    for path in answers.keys {
      let parts = path.split(separator: "/").map(String.init)
      guard let resource = parts.last,
        let entry = Self.kinds.first(where: { $0.resource == resource }),
        path.hasPrefix(Self.root(entry.groupVersion)),
        resources?.contains(resource) ?? true
      else { continue }
      let place = parts.firstIndex(of: "namespaces").map { parts[$0 + 1] }
      if let place, namespaces.contains(place) { continue }
      answers[path] = .forbidden
    }
  }

  func answer(method: String, path: String, body: String) -> Answer {
    guard method == "POST" else { return answers[path] ?? .notFound }
    let allowed = reviews.first { body.contains("\"\($0.key)\"") }?.value
    guard let allowed else { return .forbidden }
    return Answer(
      status: 201,
      json: #"{"kind":"SelfSubjectRulesReview","status":{"resourceRules":[\#(allowed)],"#
        + #""nonResourceRules":[],"incomplete":false}}"#)
  }
}

/// What came of one scan.
struct Scanned {
  let result: ScanResult
  /// `METHOD PATH`, sorted.
  let requests: [String]
  let warnings: [String]

  /// `RESOURCE[@NAMESPACE] STATE[: REASON]` of what was asked for and not simply read.
  var gaps: [String] {
    result.coverage.filter { $0.state != .read && $0.state != .skipped }.map { entry in
      entry.resource + (entry.namespace.isEmpty ? "" : "@\(entry.namespace)")
        + " \(entry.state.rawValue)" + (entry.reason.isEmpty ? "" : ": \(entry.reason)")
    }
  }

  var images: [String] {
    result.inventory.uses.map { "\($0.workload.namespace)/\($0.workload.name) \($0.path)" }
  }

  func asked(_ part: String) -> [String] {
    requests.filter { $0.contains(part) }
  }
}

extension ScriptedServer {
  func scan(
    namespaces: [String] = [], maximumNamespaces: Int = 500, contextNamespace: String = "a",
    patterns: [String] = [], excluding: [String] = [], selector: LabelSelector? = nil,
    kinds: KindFilter = KindFilter()
  ) async throws -> Scanned {
    let host = "s\(ScriptedURLProtocol.serve(self)).invalid"
    let server = try #require(ServerAddress("https://\(host)"))
    let target = ClusterTarget(contextName: "test", server: server)
    let client = APIClient(
      target: target,
      credentials: CredentialProvider(
        for: target,
        sources: ExecCredentialSources(surroundings: .withoutPlugins(because: "a test"))),
      proxy: .none,
      options: .init(
        userAgent: "test", retry: RetryPolicy(attempts: 2, sleep: { _ in }),
        protocolClass: ScriptedURLProtocol.self, now: { 0 }),
      log: RequestLog())
    var options = ScanOptions(namespaces: namespaces, maximumNamespaces: maximumNamespaces)
    options.namespacePatterns = patterns.map { Glob($0) }
    options.excludedNamespaces = excluding.map { Glob($0) }
    options.selector = selector
    options.kinds = kinds
    let warnings = Warnings()
    let scanner = ClusterScanner(
      client: client, options: options,
      contextNamespace: contextNamespace, wording: { _ in "worded" },
      warn: { warnings.add($0) })
    let outcome: Result<ScanResult, any Error>
    do {
      outcome = .success(try await scanner.scan())
    } catch {
      outcome = .failure(error)
    }
    await client.close()
    let requests = ScriptedURLProtocol.end(host)
    return Scanned(result: try outcome.get(), requests: requests, warnings: warnings.all)
  }
}

/// What a scan warned of.
private final class Warnings: Sendable {
  private let texts = Mutex<[String]>([])

  var all: [String] { texts.withLock { $0 } }

  func add(_ text: String) {
    texts.withLock { $0.append(text) }
  }
}

/// Hands requests to the scripted server of their host; tests run side by side.
private final class ScriptedURLProtocol: URLProtocol {
  private struct Served {
    let server: ScriptedServer
    var requests: [String] = []
  }

  private static let served = Mutex<(next: Int, byHost: [String: Served])>((0, [:]))

  static func serve(_ server: ScriptedServer) -> Int {
    served.withLock {
      $0.next += 1
      $0.byHost["s\($0.next).invalid"] = Served(server: server)
      return $0.next
    }
  }

  /// The requests so far, sorted; the server is gone after.
  static func end(_ host: String) -> [String] {
    served.withLock { $0.byHost.removeValue(forKey: host)?.requests.sorted() ?? [] }
  }

  override static func canInit(with request: URLRequest) -> Bool { true }

  override static func canonicalRequest(for request: URLRequest) -> URLRequest { request }

  override func startLoading() {
    let method = request.httpMethod ?? "GET"
    let body = request.httpBody.map { String(decoding: $0, as: UTF8.self) } ?? ""
    guard let url = request.url, let host = url.host else {
      client?.urlProtocol(self, didFailWithError: URLError(.badURL))
      return
    }
    let server = Self.served.withLock {
      $0.byHost[host]?.requests.append("\(method) \(url.path)")
      return $0.byHost[host]?.server
    }
    let answer = server?.answer(method: method, path: url.path, body: body) ?? .notFound
    let response = HTTPURLResponse(
      url: url, statusCode: answer.status, httpVersion: "HTTP/1.1",
      headerFields: ["Content-Type": "application/json"])
    guard let response else {
      client?.urlProtocol(self, didFailWithError: URLError(.badServerResponse))
      return
    }
    client?.urlProtocol(self, didReceive: response, cacheStoragePolicy: .notAllowed)
    client?.urlProtocol(self, didLoad: Data(answer.json.utf8))
    client?.urlProtocolDidFinishLoading(self)
  }

  override func stopLoading() {}
}
