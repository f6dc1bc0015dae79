package import Kubeconfig

/// What one request to the API server says about who asks.
///
/// Values are compared and hashed with their secrets, so they can key a pool of connections;
/// printing one shows none of them.
package struct RequestCredentials: Sendable, Hashable {
  /// One header line.
  package struct Header: Sendable, Hashable {
    package var name: String
    package var value: String
  }

  private let secretAuthorization: Secret<String>?
  /// The client certificate of the TLS connection.
  package let clientCertificate: UserCredentials.ClientCertificate?
  /// `Impersonate-…` headers, in a stable order; a name may come more than once.
  package let impersonationHeaders: [Header]
  /// Tells an older issue of the same credentials from a newer one.
  let generation: Int

  init(
    authorization: String? = nil, clientCertificate: UserCredentials.ClientCertificate? = nil,
    impersonationHeaders: [Header] = [], generation: Int = 0
  ) {
    secretAuthorization = authorization.map { Secret($0) }
    self.clientCertificate = clientCertificate
    self.impersonationHeaders = impersonationHeaders
    self.generation = generation
  }

  /// The value of the `Authorization` header.
  package var authorization: String? { secretAuthorization?.revealed }

  /// All headers to send, `Authorization` first.
  package var headers: [Header] {
    let authorization = self.authorization.map { [Header(name: "Authorization", value: $0)] }
    return (authorization ?? []) + impersonationHeaders
  }
}
