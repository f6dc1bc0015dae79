import Foundation

/// Exchanges with the servers that share one connection identity.
package final class HTTPTransport: Sendable {
  private let identity: ConnectionIdentity
  /// Why no exchange can succeed; nil for a sound identity.
  private let problem: TransportError?
  private let systemTrust: SystemTrust
  private let pool: LanePool
  private let template: SessionTemplate

  /// - Parameters:
  ///   - lanes: how many exchanges run at once, and so how many connections there are at most;
  ///     more exchanges wait for their turn, before any of their time limits start.
  ///   - protocolClass: a URLProtocol that answers in this process instead of a server.
  package convenience init(
    identity: ConnectionIdentity, lanes: Int, protocolClass: AnyClass = CurlURLProtocol.self
  ) {
    self.init(
      identity: identity, lanes: lanes, protocolClass: protocolClass,
      systemTrust: SystemTrust.ofThisProcess)
  }

  init(
    identity: ConnectionIdentity, lanes: Int, protocolClass: AnyClass = CurlURLProtocol.self,
    systemTrust: SystemTrust
  ) {
    self.identity = identity
    problem = identity.problem
    self.systemTrust = systemTrust
    template = SessionTemplate(protocolClass: protocolClass)
    pool = LanePool(lanes: lanes)
  }

  deinit {
    pool.close()
  }

  /// Sends the request and feeds the answer to the consumer, whatever its status.
  ///
  /// Redirects are answers. Cancelling the task ends the transfer at once.
  /// - Throws: `TransportError`, `CancellationError`, or whatever the consumer threw.
  package func exchange(
    _ request: HTTPRequest, into consumer: any BodyConsumer
  ) async throws -> (HTTPResponseHead, ExchangeMetrics) {
    let address = try Self.address(of: request)
    if let problem { throw problem }
    try await pool.enter()
    defer { pool.leave() }
    let exchange = Exchange(
      request: request, address: address, identity: identity, systemTrust: systemTrust, pool: pool,
      consumer: consumer)
    return try await exchange.run(template)
  }

  /// The same for a small answer, kept whole.
  /// - Throws: `TransportError.bodyTooLarge` for more than `limit` bytes, unpacked.
  package func collect(
    _ request: HTTPRequest, limit: Int
  ) async throws -> (HTTPResponseHead, [UInt8], ExchangeMetrics) {
    let collector = BodyCollector(limit: limit)
    let (head, metrics) = try await exchange(request, into: collector)
    return (head, collector.body, metrics)
  }

  /// Closes the idle connections and refuses new exchanges; running ones end by themselves.
  package func close() {
    pool.close()
  }

  /// Where the request goes.
  ///
  /// - Throws: for a request that cannot be sent as it is.
  private static func address(of request: HTTPRequest) throws(TransportError) -> ServerAddress {
    guard let address = ServerAddress(request.url.absoluteString),
      ["http", "https"].contains(address.scheme)
    else { throw .invalidURL }
    guard HTTPHeaders.isToken(request.method) else { throw .invalidMethod }
    if let name = request.headers.firstInvalidName { throw .invalidHeader(name: name) }
    return address
  }
}

extension ConnectionIdentity {
  /// What libcurl would misread or, for an encrypted key, ask the terminal about.
  fileprivate var problem: TransportError? {
    if let name = tlsServerName {
      let isName = name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "a")...UInt8(ascii: "z"):
          true
        default: "-._:".utf8.contains(byte)
        }
      }
      guard isName, !name.isEmpty else { return .invalidServerName(name) }
    }
    if case .url(let text) = proxy {
      guard let address = ServerAddress(text),
        ["http", "https", "socks5", "socks5h"].contains(address.scheme)
      else { return .invalidProxy }
    }
    return clientCertificate?.obviousProblem.map { .clientCertificate($0) }
  }
}
