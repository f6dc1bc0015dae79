import CurlTransport
import Kubeconfig

/// Keeps the transport that fits the credentials in force; new ones get a new transport.
actor ConnectionBroker {
  struct Connection: Sendable {
    let transport: HTTPTransport
    let credentials: RequestCredentials
  }

  private let target: ClusterTarget
  private let credentials: CredentialProvider
  private let proxy: Proxy
  private let lanes: Int
  private let protocolClass: AnyClass
  private var current: (identity: ConnectionIdentity, transport: HTTPTransport)?

  init(
    target: ClusterTarget, credentials: CredentialProvider, proxy: Proxy, lanes: Int,
    protocolClass: AnyClass
  ) {
    self.target = target
    self.credentials = credentials
    self.proxy = proxy
    self.lanes = lanes
    self.protocolClass = protocolClass
  }

  func connection() async throws -> Connection {
    connection(with: try await credentials.credentials())
  }

  /// Fresh credentials after a 401, once for each that were refused; nil when there are none.
  func refreshed(_ refused: Connection) async throws -> Connection? {
    try await credentials.refreshAfterUnauthorized(refused.credentials).map(connection)
  }

  func close() {
    current?.transport.close()
    current = nil
  }

  private func connection(with credentials: RequestCredentials) -> Connection {
    let identity = ConnectionIdentity(
      trust: target.trust.connectionTrust,
      clientCertificate: credentials.clientCertificate.map {
        .init(certificatePEM: $0.certificatePEM, keyPEM: $0.keyPEM.revealed)
      },
      tlsServerName: target.tlsServerName, proxy: proxy)
    if let current, current.identity == identity {
      return Connection(transport: current.transport, credentials: credentials)
    }
    // Exchanges that still run on the former transport keep it alive until they end.
    let transport = HTTPTransport(
      identity: identity, lanes: lanes, protocolClass: protocolClass)
    current = (identity, transport)
    return Connection(transport: transport, credentials: credentials)
  }
}

extension ClusterTarget.Trust {
  fileprivate var connectionTrust: ConnectionIdentity.Trust {
    switch self {
    case .certificates(let pem, _): .authorities(pem: pem)
    case .system: .system
    case .insecure: .unverified
    }
  }
}
