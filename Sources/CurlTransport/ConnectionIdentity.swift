/// Everything that makes two connections to a server interchangeable.
///
/// Connections are pooled per identity: one that was made with other credentials, another trust
/// or another proxy is never reused. It prints no secret.
package struct ConnectionIdentity: Hashable, Sendable {
  /// Whose certificates the server may show.
  package enum Trust: Hashable, Sendable {
    /// The authorities of this machine.
    case system
    /// These authorities, in PEM, and nobody else.
    case authorities(pem: [UInt8])
    /// Anybody's: only when the user asked for it.
    case unverified
  }

  /// The certificate that we show, from memory: it never touches the disk.
  package struct ClientCertificate: Hashable, Sendable {
    /// The certificate, then its intermediates, in PEM.
    package let certificatePEM: [UInt8]
    /// The unencrypted private key, in PEM.
    package let keyPEM: [UInt8]

    package init(certificatePEM: [UInt8], keyPEM: [UInt8]) {
      self.certificatePEM = certificatePEM
      self.keyPEM = keyPEM
    }
  }

  package var trust: Trust
  package var clientCertificate: ClientCertificate?
  /// The name that the server's certificate must bear, when it is not that of the URL.
  package var tlsServerName: String?
  package var proxy: Proxy

  package init(
    trust: Trust = .system, clientCertificate: ClientCertificate? = nil,
    tlsServerName: String? = nil, proxy: Proxy = .none
  ) {
    self.trust = trust
    self.clientCertificate = clientCertificate
    self.tlsServerName = tlsServerName
    self.proxy = proxy
  }
}

extension ConnectionIdentity {
  var proxyAddress: ServerAddress? {
    guard case .url(let text) = proxy else { return nil }
    return ServerAddress(text)
  }
}

/// The way to the server.
package enum Proxy: Hashable, Sendable {
  case none
  /// An http, https, socks5 or socks5h URL; it may hold a user and a password.
  case url(String)

  /// Who answers where requests to a plain http server go to the proxy itself, without CONNECT (RFC
  /// 9112, section 3.2.2); nil without a proxy, and for SOCKS, which speaks no HTTP.
  package var forwarder: (host: String, port: Int)? {
    guard case .url(let text) = self, let address = ServerAddress(text),
      ["http", "https"].contains(address.scheme)
    else { return nil }
    return (address.host, address.port)
  }
}

extension ConnectionIdentity.ClientCertificate: CustomStringConvertible, CustomReflectable {
  package var description: String { "client certificate (redacted)" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension Proxy: CustomStringConvertible, CustomReflectable {
  /// The URL without its user and password.
  package var description: String {
    switch self {
    case .none: "none"
    case .url(let text): ServerAddress(text).map { "\($0.scheme)://\($0.authority)" } ?? "invalid"
    }
  }

  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension ConnectionIdentity.Trust: CustomStringConvertible, CustomReflectable {
  package var description: String {
    switch self {
    case .system: "system"
    case .authorities(let pem): "authorities (\(pem.count) bytes)"
    case .unverified: "unverified"
    }
  }

  package var customMirror: Mirror { Mirror(self, children: []) }
}
