import CurlTransport
import Foundation
import FoundationNetworking
import Kubeconfig
import Synchronization
import Testing

@testable import KubernetesAPI

/// A server that exists in this process alone: a function from a request to its answer.
final class ScriptedServer: Sendable {
  struct Answer: Sendable {
    var status = 200
    var headers = ["Content-Type": "application/json"]
    var body: [String] = []
    /// Ends the answer after the body.
    var failure: TransportError?

    static func json(_ pieces: String..., failure: TransportError? = nil) -> Answer {
      Answer(body: pieces, failure: failure)
    }

    static func status(_ code: Int, _ body: String = "", retryAfter: Int? = nil) -> Answer {
      var answer = Answer(status: code, body: [body])
      if let retryAfter { answer.headers["Retry-After"] = String(retryAfter) }
      return answer
    }
  }

  private let host = "\(UUID().uuidString.lowercased()).invalid"
  private let handler: @Sendable (_ target: String, _ number: Int) -> Answer
  private let targets = Mutex<[String]>([])
  private let waits = Mutex<[Duration]>([])

  /// - Parameter handler: takes path and query, and how often just these were asked for, from 1.
  init(_ handler: @escaping @Sendable (_ target: String, _ number: Int) -> Answer) {
    self.handler = handler
  }

  /// Path and query of every request so far, in the order of arrival.
  var requests: [String] { targets.withLock { $0 } }
  /// How long was waited before each retry.
  var pauses: [Duration] { waits.withLock { $0 } }

  func client(parallelLists: Int = 3, log: RequestLog = RequestLog()) throws -> APIClient {
    ScriptedURLProtocol.serve(self, at: host)
    let target = try ClusterTarget.make(server: "https://\(host)")
    let retry = RetryPolicy(
      random: { 0 }, sleep: { wait in self.waits.withLock { $0.append(wait) } })
    return APIClient(
      target: target,
      credentials: CredentialProvider(
        for: target,
        sources: ExecCredentialSources(surroundings: .withoutPlugins(because: "a test"))),
      proxy: .none,
      options: .init(
        userAgent: "test", parallelLists: parallelLists, retry: retry,
        protocolClass: ScriptedURLProtocol.self, now: { 0 }),
      log: log)
  }

  fileprivate func answer(_ url: URL) -> Answer {
    let query = URLComponents(url: url, resolvingAgainstBaseURL: false)?.percentEncodedQuery
    let target = url.path + (query.map { "?\($0)" } ?? "")
    let number = targets.withLock { targets in
      targets.append(target)
      return targets.count { $0 == target }
    }
    return handler(target, number)
  }
}

/// Finds the scripted server by its host's name: URLSession makes the instances itself.
private final class ScriptedURLProtocol: URLProtocol {
  private static let servers = Mutex<[String: ScriptedServer]>([:])

  static func serve(_ server: ScriptedServer, at host: String) {
    servers.withLock { $0[host] = server }
  }

  override static func canInit(with request: URLRequest) -> Bool { true }

  override static func canonicalRequest(for request: URLRequest) -> URLRequest { request }

  override func startLoading() {
    let server = Self.servers.withLock { $0[request.url?.host ?? ""] }
    guard let url = request.url, let answer = server?.answer(url),
      let response = HTTPURLResponse(
        url: url, statusCode: answer.status, httpVersion: "HTTP/1.1",
        headerFields: answer.headers)
    else {
      client?.urlProtocol(self, didFailWithError: URLError(.badURL))
      return
    }
    client?.urlProtocol(self, didReceive: response, cacheStoragePolicy: .notAllowed)
    for piece in answer.body { client?.urlProtocol(self, didLoad: Data(piece.utf8)) }
    if let failure = answer.failure {
      client?.urlProtocol(self, didFailWithError: failure)
    } else {
      client?.urlProtocolDidFinishLoading(self)
    }
  }

  override func stopLoading() {}
}
