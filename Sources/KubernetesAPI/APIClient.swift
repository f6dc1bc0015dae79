package import CurlTransport
import Foundation
package import Kubeconfig

/// Talks to one API server: GET, and the two reviews that ask what one may read; nothing else.
package final class APIClient: Sendable {
  package struct Options: Sendable {
    /// `kubectl-gcr_report/VERSION (os/arch)`.
    package var userAgent: String
    /// `--request-timeout`: the whole of one request; nil for no limit.
    package var requestTimeout: Duration?
    /// Lists in flight to this cluster.
    package var parallelLists: Int
    package var retry: RetryPolicy
    /// Another URLProtocol class answers instead of the network (the demo).
    package var protocolClass: AnyClass
    /// Seconds since 1970; tells an expired client certificate from a foreign one.
    package var now: @Sendable () -> Int64

    package init(
      userAgent: String, requestTimeout: Duration? = nil, parallelLists: Int = 3,
      retry: RetryPolicy = RetryPolicy(), protocolClass: AnyClass = CurlURLProtocol.self,
      now: @escaping @Sendable () -> Int64
    ) {
      self.userAgent = userAgent
      self.requestTimeout = requestTimeout
      self.parallelLists = parallelLists
      self.retry = retry
      self.protocolClass = protocolClass
      self.now = now
    }
  }

  /// An answer whose body was small enough to keep, or was consumed elsewhere.
  struct Answer: Sendable {
    let head: HTTPResponseHead
    let body: [UInt8]
    let metrics: ExchangeMetrics
  }

  /// Error bodies and reviews; the server's Status objects are far smaller.
  static let smallBodyLimit = 1 << 20
  /// Lists of one kind in flight to one cluster.
  private static let parallelListsOfOneKind = 2

  package let server: String
  /// The kubeconfig's name of the user; nil without a kubeconfig.
  private let user: String?
  package let log: RequestLog
  package let gate: RequestGate
  private let kindGates: KeyedGates
  private let base: String
  private let forwarder: (host: String, port: Int)?
  private let broker: ConnectionBroker
  private let options: Options
  private let acceptsGzip: Bool

  package init(
    target: ClusterTarget, credentials: CredentialProvider, proxy: Proxy, options: Options,
    log: RequestLog
  ) {
    server = target.server.text
    user = target.userName
    base = target.server.url.absoluteString
    // To an https server a proxy only lends the connection.
    forwarder = target.server.url.scheme == "http" ? proxy.forwarder : nil
    self.log = log
    self.options = options
    gate = RequestGate(limit: options.parallelLists)
    kindGates = KeyedGates(limit: Self.parallelListsOfOneKind)
    acceptsGzip = !target.disableCompression
    broker = ConnectionBroker(
      target: target, credentials: credentials, proxy: proxy, lanes: options.parallelLists + 1,
      protocolClass: options.protocolClass)
  }

  func gate(for resource: APIResource) -> RequestGate {
    kindGates[resource.qualifiedName]
  }

  /// Gets a small JSON answer, with retries.
  ///
  /// - Parameter attempts: fewer than the retry policy's, where the answer matters less.
  package func get(
    _ path: String, accept: String = WireEncoding.acceptJSON, limit: Int = 32 << 20,
    attempts: Int = .max
  ) async throws -> [UInt8] {
    try await retrying("GET \(path)", path: path, attempts: attempts) {
      try await self.collect(path, accept: accept, limit: limit).body
    }
  }

  /// Gets one object of a built-in kind, with retries.
  ///
  /// - Parameter limit: of the answer's body, in bytes.
  func object<Record: Sendable>(
    _ schema: WireSchema<Record>, _ path: String, limit: Int
  ) async throws -> Record {
    try await retrying("GET \(path)", path: path) {
      let answer = try await self.collect(path, accept: WireEncoding.acceptAny, limit: limit)
      // An answer in no encoding of the API was refused before.
      let contentType = answer.head.headers["Content-Type"] ?? ""
      return try schema.object(answer.body, WireEncoding(contentType: contentType) ?? .json)
    }
  }

  /// - Parameter body: what to POST; without one it is a GET.
  func collect(
    _ path: String, accept: String, limit: Int, body: [UInt8]? = nil
  ) async throws -> Answer {
    try await send(
      method: body == nil ? "GET" : "POST", path: path, accept: accept, body: body
    ) { transport, request in
      let (head, body, metrics) = try await transport.collect(request, limit: limit)
      return Answer(head: head, body: body, metrics: metrics)
    }
  }

  /// Reads a list into shards that are merged page by page, in order.
  ///
  /// - Parameter identity: a hash that tells objects apart. An object that a page repeats from the
  ///   page before it is then added once; no more than two pages' hashes are kept.
  package func list<Record: Sendable, Shard: Sendable>(
    _ resource: APIResource, namespace: String? = nil, options: ListOptions,
    schema: WireSchema<Record>, into makeShard: @escaping @Sendable () -> Shard,
    add: @escaping @Sendable (inout Shard, Record) -> Void,
    merge: @escaping @Sendable (inout Shard, Shard) -> Void,
    identity: (@Sendable (Record) -> Int)? = nil
  ) async throws -> (shard: Shard, outcome: ListOutcome) {
    try await ListPager(
      client: self, resource: resource, namespace: namespace, options: options, schema: schema,
      makeShard: makeShard, add: add, merge: merge,
      // A list that comes whole has no page before.
      identity: options.chunkSize > 0 && !options.fromCache ? identity : nil,
      tracker: log.beginList(resource.qualifiedName)
    ).read()
  }

  package func close() async {
    await broker.close()
  }

  /// Runs `body` and closes the client, whatever became of that.
  package func whileOpen<Value>(_ body: () async throws -> Value) async throws -> Value {
    let value: Value
    do {
      value = try await body()
    } catch {
      await close()
      throw error
    }
    await close()
    return value
  }

  /// Sends one request, refreshing refused credentials once, and throws unless it succeeded.
  func send(
    method: String, path: String, query: [(name: String, value: String)] = [], accept: String,
    body: [UInt8]? = nil, run: (HTTPTransport, HTTPRequest) async throws -> Answer
  ) async throws -> Answer {
    var connection = try await broker.connection()
    var answer = try await attempt(connection, method, path, query, accept, body, run)
    if answer.head.statusCode == 401, let fresh = try await broker.refreshed(connection) {
      connection = fresh
      answer = try await attempt(connection, method, path, query, accept, body, run)
    }
    let now = options.now()
    try AnswerCheck(server: server, user: user, path: path, forwarder: forwarder, now: now).check(
      answer, refusal: CredentialRefusal(connection.credentials, now: now))
    return answer
  }

  private func attempt(
    _ connection: ConnectionBroker.Connection, _ method: String, _ path: String,
    _ query: [(name: String, value: String)], _ accept: String, _ body: [UInt8]?,
    _ run: (HTTPTransport, HTTPRequest) async throws -> Answer
  ) async throws -> Answer {
    let target = path + Self.encoded(query)
    guard let url = URL(string: base + target) else {
      throw APIError.transport(server: server, .invalidURL)
    }
    var headers: HTTPHeaders = ["Accept": accept, "User-Agent": options.userAgent]
    if body != nil { headers["Content-Type"] = "application/json" }
    for field in connection.credentials.headers { headers.add(field.name, field.value) }
    let request = HTTPRequest(
      method: method, url: url, headers: headers, body: body,
      timeouts: .init(total: options.requestTimeout), acceptGzip: acceptsGzip)
    let logged = RequestEvent.Request(number: log.number(), method: method, target: target)
    log.note(.sending(logged, headers: LoggedHeaders.fields(headers)))
    let started = ContinuousClock.now
    let answer: Answer
    do {
      answer = try await run(connection.transport, request)
    } catch {
      let seconds = (ContinuousClock.now - started) / .seconds(1)
      log.note(
        .failed(logged, describe(error, path: path), milliseconds: Self.milliseconds(seconds)))
      throw error
    }
    log.note(
      .answered(
        logged,
        .init(
          status: answer.head.statusCode, headers: LoggedHeaders.fields(answer.head.headers),
          milliseconds: Self.milliseconds(answer.metrics.seconds),
          bytes: answer.metrics.bytesReceived)))
    return answer
  }

  func retrying<Value: Sendable>(
    _ what: String, path: String, attempts: Int = .max, _ work: () async throws -> Value
  ) async throws -> Value {
    var attempt = 1
    while true {
      do {
        return try await work()
      } catch {
        let failure = describe(error, path: path)
        guard attempt < attempts else { throw failure }
        try await waitBeforeRetry(failure, attempt: attempt, what: what)
        attempt += 1
      }
    }
  }

  /// Sleeps until the next attempt, or throws the failure when there is to be none.
  func waitBeforeRetry(_ failure: any Error, attempt: Int, what: String) async throws {
    guard let error = failure as? APIError, error.retry.isWorthIt,
      let wait = options.retry.wait(afterAttempt: attempt, retryAfter: error.retry.after)
    else { throw failure }
    if error.isThrottling { gate.halve() }
    log.note(.retrying(what: what, after: error, attempt: attempt, wait: wait))
    try await options.retry.sleep(wait)
  }

  /// The module's own error for whatever an exchange threw.
  func describe(_ error: any Error, path: String) -> any Error {
    switch error {
    case let error as TransportError: APIError.transport(server: server, error)
    case let error as WireError: APIError.malformed(path: path, error)
    default: error
    }
  }

  /// RFC 3986 section 3.4; everything but unreserved characters is percent-encoded.
  private static func encoded(_ query: [(name: String, value: String)]) -> String {
    guard !query.isEmpty else { return "" }
    return "?"
      + query.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
  }

  private static func milliseconds(_ seconds: Double) -> Int {
    Int((seconds * 1000).rounded())
  }
}
