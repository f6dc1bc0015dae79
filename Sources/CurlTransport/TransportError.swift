/// Why an exchange brought no answer, as facts; no text in it comes from a credential.
package enum TransportError: Error, Hashable, Sendable {
  /// Not an absolute http or https URL.
  case invalidURL
  /// A header name or value that would break the request's framing.
  case invalidHeader(name: String)
  case invalidMethod
  /// `tls-server-name` is neither a host name nor an address.
  case invalidServerName(String)
  /// The proxy is not an http, https, socks5 or socks5h URL.
  case invalidProxy

  case couldNotResolve(host: String)
  case couldNotResolveProxy(host: String)
  case connectionRefused(host: String, port: Int)
  /// No route to the network or the host.
  case unreachable(host: String, port: Int)
  case connectTimedOut(host: String, port: Int)
  /// No byte for so long.
  case idleTimedOut(seconds: Double)
  /// The whole exchange took longer than this.
  case timedOut(seconds: Double)

  case connectionReset
  /// The body ended early. `expected` is nil when the server sent it in chunks.
  case bodyTruncated(expected: Int64?, received: Int64)
  case bodyTooLarge(limit: Int)
  /// What came is not HTTP, or its encoding is broken.
  case badServerAnswer

  case tls(TLSFailure)
  case clientCertificate(ClientCertificateProblem)
  /// One of the three above, with the proxy's host and port: it was never asked for the server.
  indirect case proxyNotReached(TransportError)
  /// The proxy answered CONNECT with this status.
  case proxyRefused(host: String, port: Int, status: Int)
  case socksRefused(SocksFailure)
  /// The transport was closed.
  case cancelled
  /// libcurl's code and its fixed text for that code.
  case other(code: Int, text: String)
}

/// Why no secure connection came about.
package enum TLSFailure: Hashable, Sendable {
  /// By none of the authorities that were given for the server.
  case unknownAuthority
  /// By none that the system trusts; no others were given.
  case unknownToSystem
  /// The server's certificate, or one above it.
  case certificateExpired
  case certificateNotYetValid
  case certificateRevoked
  /// The certificate is trusted but bears other names than this.
  case nameMismatch(expected: String)
  /// OpenSSL's X509_V_ERR number, for anything else.
  case certificateRejected(code: Int)
  /// No TLS at all, or no common version or cipher: libcurl's description, in printable ASCII.
  case handshake(String)
  /// The authorities given for the server hold no certificate.
  case authorityFileInvalid
  /// The server insists on a client certificate.
  case clientCertificateRequired
  /// The failure is between us and the https proxy, not the server.
  indirect case proxy(TLSFailure)
}

package enum ClientCertificateProblem: Hashable, Sendable {
  case unreadableCertificate
  case unreadableKey
  /// The key needs a passphrase, which kubectl does not take either.
  case encryptedKey
  /// The key is not that of the certificate.
  case keyMismatch
}

/// What a SOCKS5 proxy answered (RFC 1928, section 6).
package enum SocksFailure: Hashable, Sendable {
  case authentication
  case notAllowed
  case networkUnreachable
  case hostUnreachable
  case connectionRefused
  case couldNotResolve
  /// libcurl's CURLproxycode.
  case other(code: Int)
}
