import Foundation
import Testing

@testable import CurlTransport

extension LocalServerTests {
  @Suite struct Failures {
    let servers: LocalServers

    init() throws { servers = try LocalServers.shared }

    private func collect(_ server: String, _ path: String, host: String = "127.0.0.1") async throws
    {
      let request = HTTPRequest(url: try servers.url(server, path, host: host))
      _ = try await servers.transport().collect(request, limit: 1 << 20)
    }

    @Test(arguments: [
      ("foreign", TLSFailure.unknownAuthority),
      ("self-signed", .unknownAuthority),
      ("expired", .certificateExpired),
      ("future", .certificateNotYetValid),
      ("wrong-name", .nameMismatch(expected: "127.0.0.1")),
    ])
    func namesWhatTLSRefused(server: String, failure: TLSFailure) async throws {
      await #expect(throws: TransportError.tls(failure)) { try await collect(server, "/echo") }
    }

    /// In TLS 1.3 the refusal comes after the handshake, where libcurl has no code for it.
    @Test func failsWithoutTheClientCertificateThatAServerInsistsOn() async throws {
      await #expect(throws: TransportError.connectionReset) { try await collect("strict", "/echo") }
    }

    @Test func namesTheExpectedName() async throws {
      let request = HTTPRequest(url: try servers.url("server", "/echo"))
      await #expect(throws: TransportError.tls(.nameMismatch(expected: "elsewhere.test"))) {
        try await servers.transport(serverName: "elsewhere.test").collect(request, limit: 10)
      }
    }

    /// The cluster's own authorities replace the system's: one that is hashed into the system's
    /// directory is not accepted for a cluster with another authority.
    @Test func trustsNoSystemAuthorityForACluster() async throws {
      let system = SystemTrust(file: nil, directories: servers.path("hashed"))
      let request = HTTPRequest(url: try servers.url("foreign", "/status/200"))
      let trusting = HTTPTransport(identity: ConnectionIdentity(), lanes: 1, systemTrust: system)
      #expect(try await trusting.collect(request, limit: 10).0.statusCode == 200)
      let both = SystemTrust(file: servers.path("other-ca.pem"), directories: system.directories)
      let cluster = HTTPTransport(identity: try servers.identity(), lanes: 1, systemTrust: both)
      await #expect(throws: TransportError.tls(.unknownAuthority)) {
        try await cluster.collect(request, limit: 10)
      }
    }

    @Test(arguments: [
      "", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ])
    func refusesAuthoritiesThatAreNone(pem: String) async throws {
      let identity = ConnectionIdentity(trust: .authorities(pem: Array(pem.utf8)))
      let request = HTTPRequest(url: try servers.url("server", "/echo"))
      await #expect(throws: TransportError.tls(.authorityFileInvalid)) {
        try await HTTPTransport(identity: identity, lanes: 1).collect(request, limit: 10)
      }
    }

    @Test(arguments: [
      ("client.pem", "unrelated.key", ClientCertificateProblem.keyMismatch),
      ("client.pem", "encrypted.key", .encryptedKey),
      ("client.pem", "encrypted-pkcs8.key", .encryptedKey),
      ("client.pem", "client.pem", .unreadableKey),
      ("client.key", "client.key", .unreadableCertificate),
    ])
    func namesWhatIsWrongWithTheClientCertificate(
      certificate: String, key: String, problem: ClientCertificateProblem
    ) async throws {
      var identity = try servers.identity()
      identity.clientCertificate = try .init(
        certificatePEM: servers.file(certificate), keyPEM: servers.file(key))
      let request = HTTPRequest(url: try servers.url("server", "/echo"))
      await #expect(throws: TransportError.clientCertificate(problem)) {
        try await HTTPTransport(identity: identity, lanes: 1).collect(request, limit: 10)
      }
    }

    @Test(arguments: [
      (
        "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n",
        ClientCertificateProblem.unreadableCertificate
      ),
      ("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", .unreadableCertificate),
    ])
    func namesABrokenClientCertificate(pem: String, problem: ClientCertificateProblem) async throws
    {
      var identity = try servers.identity()
      identity.clientCertificate = try .init(
        certificatePEM: Array(pem.utf8), keyPEM: servers.file("client.key"))
      let request = HTTPRequest(url: try servers.url("server", "/echo"))
      await #expect(throws: TransportError.clientCertificate(problem)) {
        try await HTTPTransport(identity: identity, lanes: 1).collect(request, limit: 10)
      }
    }

    @Test func tellsPlainHTTPFromTLS() async throws {
      let port = servers.ports["plain"] ?? 0
      let request = HTTPRequest(url: try #require(URL(string: "https://127.0.0.1:\(port)/echo")))
      do {
        _ = try await servers.transport().collect(request, limit: 10)
        Issue.record("a server without TLS was accepted")
      } catch TransportError.tls(.handshake(let text)) {
        #expect(!text.isEmpty)
      }
      // The reverse: a TLS server answers plain HTTP with an alert, or not at all.
      let reverse = HTTPRequest(
        url: try #require(URL(string: "http://127.0.0.1:\(servers.ports["server"] ?? 0)/echo")))
      do {
        _ = try await servers.transport().collect(reverse, limit: 10)
        Issue.record("an answer without HTTP was accepted")
      } catch let error as TransportError {
        #expect([.badServerAnswer, .connectionReset].contains(error))
      }
    }

    @Test func namesRefusedConnections() async throws {
      let port = servers.ports["closed"] ?? 0
      await #expect(throws: TransportError.connectionRefused(host: "127.0.0.1", port: port)) {
        try await collect("closed", "/")
      }
    }

    /// A label of more than 63 characters is refused before any name server is asked.
    @Test func namesUnknownHosts() async throws {
      let host = String(repeating: "a", count: 70) + ".test"
      let request = HTTPRequest(url: try #require(URL(string: "https://\(host)/")))
      await #expect(throws: TransportError.couldNotResolve(host: host)) {
        try await servers.transport().collect(request, limit: 10)
      }
    }

    @Test(arguments: ["/garbage", "/large-head", "/broken-gzip"])
    func refusesWhatIsNoHTTP(path: String) async throws {
      let request = HTTPRequest(url: try servers.url("plain", path), acceptGzip: true)
      await #expect(throws: TransportError.badServerAnswer) {
        try await servers.transport().collect(request, limit: 1 << 20)
      }
    }

    @Test func noticesAnAnswerThatNeverBegins() async throws {
      for server in ["server", "plain"] {
        await #expect(throws: TransportError.connectionReset) {
          try await collect(server, "/nothing")
        }
      }
    }

    /// A body that ends early is told from a connection that was reset, with TLS and without,
    /// with a TLS close and without.
    @Test(arguments: [
      ("plain", "truncated/length", TransportError.bodyTruncated(expected: 1000, received: 500)),
      ("server", "truncated/length", .bodyTruncated(expected: 1000, received: 500)),
      ("server", "rude/length", .bodyTruncated(expected: 1000, received: 500)),
      ("plain", "truncated/chunked", .bodyTruncated(expected: nil, received: 500)),
      ("server", "truncated/chunked", .bodyTruncated(expected: nil, received: 500)),
      ("server", "rude/chunked", .bodyTruncated(expected: nil, received: 500)),
      ("plain", "reset/length", .connectionReset),
      ("server", "reset/length", .connectionReset),
      ("server", "reset/chunked", .connectionReset),
    ])
    func tellsTruncationFromReset(server: String, path: String, error: TransportError) async throws
    {
      let name = UUID().uuidString
      let request = HTTPRequest(url: try servers.url(server, "/\(path)/\(name)"))
      let (began, hasBegun) = AsyncStream.makeStream(of: Void.self)
      let witness = Witness(onChunk: { _ in hasBegun.yield() })
      let transport = try servers.transport()
      let outcome = Task { try await transport.exchange(request, into: witness) }
      // The server ends the connection only when the first half has been consumed.
      for await _ in began { break }
      try await servers.release(name)
      await #expect(throws: error) { try await outcome.value }
      #expect(witness.result.bytes == 500)
    }
  }
}
