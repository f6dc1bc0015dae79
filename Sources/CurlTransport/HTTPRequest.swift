package import Foundation

/// One request as it will be sent, with its limits.
package struct HTTPRequest: Sendable {
  /// How long each part of an exchange may take.
  package struct Timeouts: Hashable, Sendable {
    /// From the start of the transfer to the end of the TLS handshake: name, proxy and all.
    package var connect: Duration
    /// Without a byte from the server. Time in which the consumer holds every credit is not
    /// counted: then it is we who are slow.
    package var idle: Duration
    /// From the start of the transfer to its last byte; nil is no limit.
    package var total: Duration?

    package init(
      connect: Duration = .seconds(30), idle: Duration = .seconds(60), total: Duration? = nil
    ) {
      self.connect = connect
      self.idle = idle
      self.total = total
    }
  }

  package var method: String
  /// Absolute, http or https, with its query percent-encoded; the fragment is not sent.
  package var url: URL
  /// Sent in this order, repeated names included. `Host` is the URL's authority unless given.
  package var headers: HTTPHeaders
  /// Nil sends no body at all; HEAD never has one.
  package var body: [UInt8]?
  package var timeouts: Timeouts
  /// Asks for gzip and hands the consumer the body unpacked.
  package var acceptGzip: Bool
  /// Asks for the certificate that the server shows on a new connection.
  package var wantsCertificate = false

  package init(
    method: String = "GET", url: URL, headers: HTTPHeaders = [:], body: [UInt8]? = nil,
    timeouts: Timeouts = Timeouts(), acceptGzip: Bool = false
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeouts = timeouts
    self.acceptGzip = acceptGzip
  }
}

extension HTTPRequest: CustomStringConvertible, CustomReflectable {
  /// The method and the path: a URL's user and query may hold secrets.
  package var description: String { "\(method) \(url.path)" }

  package var customMirror: Mirror { Mirror(self, children: []) }
}
