import CurlTransport
import Foundation
import Synchronization

/// Exchanges with registries: redirects, waits and time limits; a pool of connections per host.
final class RegistryClient: Sendable {
  /// An answer, and who gave it in the end.
  struct Answer: Sendable {
    let head: HTTPResponseHead
    let body: [UInt8]
    /// Not nil when a redirect led to another host.
    let otherHost: String?
  }

  /// containerd's limit.
  private static let redirectLimit = 10

  let options: ProbeOptions
  private let transports = Mutex<[RegistryEndpoint: HTTPTransport]>([:])
  /// Hosts that asked for a wait: nobody asks them anything before it is over.
  private let waits = Mutex<[RegistryEndpoint: Task<Void, Never>]>([:])
  /// Who signed the certificates of hosts.
  private let issuers = Mutex<[RegistryEndpoint: String]>([:])
  /// Hosts to which no connection comes about: the next question would wait in vain too.
  private let unreachable = Mutex<[RegistryEndpoint: TransportError]>([:])

  init(_ options: ProbeOptions) {
    self.options = options
  }

  /// Sends a request and follows redirects; to another host without `Authorization`.
  ///
  /// - Parameter journal: is told of every host that was asked on the way.
  func send(
    _ method: String, _ url: URL, headers: HTTPHeaders, authorization: String? = nil,
    body: [UInt8]? = nil, limit: Int, journal: HopJournal? = nil
  ) async throws -> Answer {
    guard let start = RegistryEndpoint(url, plainHTTP: options.plainHTTP) else {
      throw Doubt.unsafeRedirect(to: Self.origin(url))
    }
    // RFC 9110, section 15.4: whoever sends a body is not sent elsewhere with it.
    let mayFollow = body == nil
    var place = url
    var endpoint = start
    var secret = authorization
    for _ in 0...Self.redirectLimit {
      var headers = headers
      headers["User-Agent"] = options.userAgent
      if let secret { headers["Authorization"] = secret }
      let request = HTTPRequest(
        method: method, url: place, headers: headers, body: body,
        timeouts: .init(connect: options.timeout, idle: options.timeout, total: options.timeout))
      let (head, bytes): (HTTPResponseHead, [UInt8])
      do {
        (head, bytes) = try await exchange(request, endpoint, limit: limit)
        journal?.note(hop(endpoint, .answered(head.statusCode)))
      } catch Doubt.transport(let error) {
        journal?.note(hop(endpoint, .failed(error)))
        throw Doubt.transport(error)
      }
      guard mayFollow, [301, 302, 303, 307, 308].contains(head.statusCode) else {
        return Answer(
          head: head, body: bytes, otherHost: endpoint == start ? nil : endpoint.authority)
      }
      let next = head.redirectLocation(from: place)
      guard let next, let nextEndpoint = RegistryEndpoint(next, plainHTTP: options.plainHTTP)
      else { throw Doubt.unsafeRedirect(to: next.map(Self.origin) ?? "") }
      // Once away from the first host, nothing secret is sent any more, not even back to it.
      if nextEndpoint != start { secret = nil }
      place = next
      endpoint = nextEndpoint
    }
    throw Doubt.tooManyRedirects
  }

  /// One exchange, repeated where the server or the network asks for it.
  private func exchange(
    _ request: HTTPRequest, _ endpoint: RegistryEndpoint, limit: Int
  ) async throws -> (HTTPResponseHead, [UInt8]) {
    var attempt = 1
    while true {
      if let error = unreachable.withLock({ $0[endpoint] }) { throw Doubt.transport(error) }
      try await standBy(endpoint)
      let isLast = attempt >= options.attempts
      let head: HTTPResponseHead
      let body: [UInt8]
      do {
        var request = request
        request.wantsCertificate = options.wantsIssuers
        let metrics: ExchangeMetrics
        (head, body, metrics) = try await transport(endpoint, request.url)
          .collect(request, limit: limit)
        learn(metrics, of: endpoint)
      } catch let error as TransportError {
        options.trace(request.method, Self.shown(request.url), nil)
        if error.isOfTheHost { unreachable.withLock { $0[endpoint] = error } }
        guard error == .connectionReset, !isLast else { throw Doubt.transport(error) }
        try await options.sleep(Self.pause(attempt))
        attempt += 1
        continue
      }
      options.trace(request.method, Self.shown(request.url), head.statusCode)
      guard [429, 502, 503, 504].contains(head.statusCode) else { return (head, body) }
      let asked = retryAfter(head)
      let wait = asked.map { Duration.seconds($0) } ?? Self.pause(attempt)
      guard !isLast, wait <= options.longestWait else {
        throw head.statusCode == 429
          ? Doubt.rateLimited(wait: asked) : Doubt.status(head.statusCode)
      }
      if head.statusCode == 429 || asked != nil {
        hold(endpoint, for: wait)
      } else {
        try await options.sleep(wait)
      }
      attempt += 1
    }
  }

  /// Keeps everybody from this host for a while; whoever asks for a wait during it adds nothing.
  private func hold(_ endpoint: RegistryEndpoint, for wait: Duration) {
    waits.withLock { waits in
      guard waits[endpoint] == nil else { return }
      waits[endpoint] = Task { [self] in
        do {
          try await options.sleep(wait)
        } catch {
          // Whoever cancelled it asks no more.
        }
        self.waits.withLock { $0[endpoint] = nil }
      }
    }
  }

  private func standBy(_ endpoint: RegistryEndpoint) async throws {
    guard let wait = waits.withLock({ $0[endpoint] }) else { return }
    await withTaskCancellationHandler {
      await wait.value
    } onCancel: {
      wait.cancel()
    }
    try Task.checkCancellation()
  }

  private func transport(_ endpoint: RegistryEndpoint, _ url: URL) -> HTTPTransport {
    transports.withLock { transports in
      if let known = transports[endpoint] { return known }
      let transport = HTTPTransport(
        identity: ConnectionIdentity(
          trust: options.trust, proxy: options.proxies.proxy(for: url)),
        lanes: options.lanesPerHost)
      transports[endpoint] = transport
      return transport
    }
  }

  // MARK: Who answers

  /// One question at this host without redirects, credentials or a second try. Who shows a
  /// certificate that nobody trusts is asked who signed it, over a connection of its own that
  /// carries nothing else.
  func knock(_ endpoint: RegistryEndpoint, _ path: String) async throws -> Hop {
    guard let url = endpoint.url(path) else { return hop(endpoint, .failed(.invalidURL)) }
    do {
      let (head, _, metrics) = try await transport(endpoint, url).collect(
        knockRequest(url), limit: .max)
      learn(metrics, of: endpoint)
      options.trace("HEAD", Self.shown(url), head.statusCode)
      return hop(endpoint, .answered(head.statusCode))
    } catch let error as TransportError {
      options.trace("HEAD", Self.shown(url), nil)
      if case .tls = error { try await learnFromStranger(endpoint, url) }
      return hop(endpoint, .failed(error))
    }
  }

  /// The answer to HEAD has no body, whatever length it names.
  private func knockRequest(_ url: URL) -> HTTPRequest {
    var request = HTTPRequest(
      method: "HEAD", url: url, headers: ["User-Agent": options.userAgent],
      timeouts: .init(connect: options.timeout, idle: options.timeout, total: options.timeout))
    request.wantsCertificate = true
    return request
  }

  private func learnFromStranger(_ endpoint: RegistryEndpoint, _ url: URL) async throws {
    let transport = HTTPTransport(
      identity: ConnectionIdentity(trust: .unverified, proxy: options.proxies.proxy(for: url)),
      lanes: 1)
    do {
      let (_, _, metrics) = try await transport.collect(knockRequest(url), limit: .max)
      learn(metrics, of: endpoint)
    } catch is TransportError {
      // Then nobody knows who signed it.
    }
  }

  private func learn(_ metrics: ExchangeMetrics, of endpoint: RegistryEndpoint) {
    guard let pem = metrics.serverCertificate else { return }
    do throws(CertificateError) {
      let issuer = try CertificateFacts(pem: pem).issuer
      issuers.withLock { $0[endpoint] = issuer }
    } catch {
      // What cannot be read names nobody.
    }
  }

  private func hop(_ endpoint: RegistryEndpoint, _ result: Hop.Result) -> Hop {
    Hop(host: endpoint.authority, result: result, issuer: issuers.withLock { $0[endpoint] })
  }

  private static func origin(_ url: URL) -> String {
    "\(url.scheme ?? "")://\(url.host ?? "")"
  }

  private static func pause(_ attempt: Int) -> Duration {
    .seconds(1 << min(attempt - 1, 4))
  }

  /// What is so far away that no wait can be meant is as if it were not there.
  private func retryAfter(_ head: HTTPResponseHead) -> Int? {
    RetryAfter.seconds(in: head.headers, now: options.now())
      .flatMap { $0 <= 1_000_000 ? $0 : nil }
  }

  /// Signed URLs have their signature in the query.
  private static func shown(_ url: URL) -> String {
    let text = url.absoluteString
    return String(text.prefix { $0 != "?" && $0 != "#" })
  }
}

extension TransportError {
  /// Whether the next request to the same host would fail alike.
  fileprivate var isOfTheHost: Bool {
    switch self {
    case .couldNotResolve, .couldNotResolveProxy, .connectionRefused, .unreachable,
      .connectTimedOut, .tls, .proxyNotReached, .proxyRefused, .socksRefused:
      true
    default: false
    }
  }
}
