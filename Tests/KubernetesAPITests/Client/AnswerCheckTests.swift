import CurlTransport
import Foundation
import Testing

@testable import KubernetesAPI

@Suite struct AnswerCheckTests {
  /// What the check makes of an answer, in a few words.
  private func verdict(_ answer: APIClient.Answer, through proxy: Proxy = .none) -> String {
    do {
      let check = AnswerCheck(
        server: "S", user: "U", path: "/p", forwarder: proxy.forwarder, now: 784_111_740)
      try check.check(answer, refusal: .token)
      return "good"
    } catch let error as APIError {
      switch error {
      case .unauthorized(let server, let user, let detail):
        return "unauthorized \(server) \(user ?? "") \(detail)"
      case .forbidden(_, let message, let isAnonymous):
        return "forbidden \(isAnonymous ? "anonymous" : String(message.prefix(29)))"
      case .notFound(let path): return "not found \(path)"
      case .expired(let token): return "expired \(token.prefix(10))"
      case .status(let code, let reason, let message, let after):
        return "\(code) \(reason) \(message.prefix(20)) \(after ?? -1)"
      case .notKubernetes(_, let code, let type, let beginning):
        return "foreign \(code) \(type) \(beginning)"
      case .redirected(_, let location): return "redirected \(location)"
      case .transport(_, .proxyRefused(let host, let port, let status)):
        return "proxy \(host) \(port) \(status)"
      default: return "other"
      }
    } catch {
      return "\(error)"
    }
  }

  private func verdict(
    _ status: Int, _ headers: HTTPHeaders = [:], _ body: String = "", through proxy: Proxy = .none
  ) -> String {
    verdict(
      APIClient.Answer(
        head: HTTPResponseHead(statusCode: status, headers: headers), body: Array(body.utf8),
        metrics: ExchangeMetrics()), through: proxy)
  }

  private static let json: HTTPHeaders = ["Content-Type": "application/json"]
  private static let html: HTTPHeaders = ["Content-Type": "text/html"]
  private static let status403 =
    #"{"kind":"Status","apiVersion":"v1","status":"Failure","message":"m","reason":"Forbidden","code":403}"#

  /// A proxy passes requests to a plain http server on, and answers in its place when it does not.
  @Test(
    arguments: [
      (
        407, html, "<h1>Proxy</h1>", "http://u:p@proxy.example:3128", "proxy proxy.example 3128 407"
      ),
      (407, json, status403, "https://proxy.example", "proxy proxy.example 443 407"),
      (403, html, "<h1>Proxy</h1>", "http://[::1]", "proxy ::1 80 403"),
      (403, [:], "denied", "http://proxy.example:3128", "proxy proxy.example 3128 403"),
      // The server's own word.
      (403, json, status403, "http://proxy.example:3128", "forbidden m"),
      (404, ["Content-Type": "text/plain"], "", "http://proxy.example:3128", "not found /p"),
      // SOCKS speaks no HTTP, and without a proxy nobody else answers.
      (403, [:], "denied", "socks5://proxy.example:1080", "forbidden denied"),
      (403, [:], "denied", "", "forbidden denied"),
      (407, html, "<h1>Proxy</h1>", "", "foreign 407 text/html <h1>Proxy</h1>"),
    ] as [(Int, HTTPHeaders, String, String, String)])
  func refusalsOfAProxyAreItsOwn(
    status: Int, headers: HTTPHeaders, body: String, proxy: String, expected: String
  ) {
    let way = proxy.isEmpty ? Proxy.none : .url(proxy)
    #expect(verdict(status, headers, body, through: way) == expected)
  }

  /// Every refusal that a real server was seen to give.
  static let recorded: [(String, String)] = [
    ("error-400-bad-continue", "400 BadRequest invalid continue tok -1"),
    ("error-400-bad-limit", "400 BadRequest strconv.ParseInt: pa -1"),
    ("error-400-bad-selector", "400 BadRequest field label not supp -1"),
    ("error-401", "unauthorized S U token"),
    ("error-403-anonymous", "forbidden anonymous"),
    ("error-403-limited", "forbidden pods is forbidden: User \"lab-"),
    ("error-403-limited-deployments-in-own-ns", "forbidden deployments.apps is forbidden"),
    ("error-403-limited-nodes", "forbidden nodes is forbidden: User \"lab"),
    ("error-403-protobuf", "forbidden pods is forbidden: User \"lab-"),
    ("error-404-group", "not found /p"),
    ("error-404-object", "not found /p"),
    ("error-404-path", "not found /p"),
    ("error-404-resource", "not found /p"),
    ("error-406", "406 NotAcceptable 406: Not Acceptable\n -1"),
    ("error-410-expired-continue", "expired eyJ2IjoibW"),
    ("error-410-expired-continue-protobuf", "expired eyJ2IjoibW"),
    ("error-429-storage-initializing", "429 TooManyRequests storage is (re)initi 1"),
    ("error-504-rv-too-large", "504 Timeout Timeout: Too large r 1"),
    ("broken-apiservice-503", "503  service unavailable -1"),
    ("broken-apiservice-list-503", "503  service unavailable -1"),
    ("version", "good"),
  ]

  @Test(arguments: recorded)
  func recordedAnswers(name: String, expected: String) throws {
    let head = try String(
      contentsOf: Recording.folder.appending(path: "\(name).head"), encoding: .utf8)
    let lines = head.split(whereSeparator: \.isNewline)
    let code = try #require(
      lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    var headers = HTTPHeaders()
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      headers.add(
        String(parts[0]), parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
    }
    let answer = APIClient.Answer(
      head: HTTPResponseHead(statusCode: code, headers: headers),
      body: Array(try Recording.body(name)), metrics: ExchangeMetrics())
    #expect(verdict(answer) == expected)
  }

  @Test func everyRecordedErrorIsInTheTable() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Recording.folder.path)
    let names = files.filter { $0.hasPrefix("error-") && $0.hasSuffix(".body") }
      .map { String($0.dropLast(5)) }
    #expect(Set(names).isSubset(of: Set(Self.recorded.map(\.0))))
  }

  @Test func answersOfSomethingElse() {
    let text: HTTPHeaders = ["Content-Type": "text/plain"]
    #expect(verdict(200, Self.html, "<p>\n  Hello") == "foreign 200 text/html <p> Hello")
    #expect(verdict(200, [:], "\u{1}\u{2}") == "foreign 200  ")
    #expect(verdict(404, Self.html, "nginx") == "foreign 404 text/html nginx")
    #expect(verdict(404, text, "404 page not found") == "not found /p")
    #expect(verdict(403, text, "denied by the gateway") == "forbidden denied by the gateway")
    #expect(verdict(403, Self.html, "<b>no</b>") == "foreign 403 text/html <b>no</b>")
    #expect(verdict(502, Self.html, "<b>bad gateway</b>") == "502   -1")
    #expect(
      verdict(503, ["Content-Type": "text/html", "Retry-After": "7"], "<b>") == "503   7")
    #expect(verdict(429, ["Retry-After": "soon"]) == "429   -1")
    #expect(verdict(429, ["Retry-After": "-7"]) == "429   -1")
    // Dates, against 1994-11-06T08:49:00Z.
    #expect(verdict(503, ["Retry-After": "Sun, 06 Nov 1994 08:49:37 GMT"]) == "503   37")
    #expect(verdict(503, ["Retry-After": "Sunday, 06-Nov-94 07:00:00 GMT"]) == "503   0")
    #expect(verdict(302, ["Location": "https://x/"]) == "redirected https://x/")
    #expect(verdict(401, Self.html, "<p>log in</p>") == "unauthorized S U token")
    // A Status that is cut off is none.
    #expect(
      verdict(500, Self.json, #"{"kind":"Status","mess"#)
        == "500   -1")
  }

  @Test(arguments: [
    (429, nil, true), (503, nil, true), (504, 3, true), (500, nil, false), (500, 1, true),
    (502, nil, false), (400, 1, false), (406, nil, false),
  ])
  func whatIsWorthARetry(code: Int, after: Int?, isWorthIt: Bool) {
    let error = APIError.status(code: code, reason: "", message: "", retryAfter: after)
    #expect(error.retry.isWorthIt == isWorthIt)
    #expect(error.retry.after == after)
    #expect(error.isThrottling == (code == 429))
  }

  @Test func whichBrokenAnswersAreWorthARetry() {
    let transient: [TransportError] = [
      .connectionReset, .bodyTruncated(expected: 2, received: 1),
    ]
    let final: [TransportError] = [
      .connectionRefused(host: "h", port: 1), .timedOut(seconds: 1), .tls(.unknownAuthority),
      .bodyTooLarge(limit: 1), .cancelled,
    ]
    #expect(transient.allSatisfy { APIError.transport(server: "S", $0).retry.isWorthIt })
    #expect(final.allSatisfy { !APIError.transport(server: "S", $0).retry.isWorthIt })
    #expect(APIError.malformed(path: "/", .incomplete(atByte: 3)).retry.isWorthIt)
    #expect(!APIError.malformed(path: "/", .malformed(atByte: 3, expected: "x")).retry.isWorthIt)
  }
}
