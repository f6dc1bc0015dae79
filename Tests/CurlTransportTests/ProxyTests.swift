import CurlTransport
import Foundation
import Testing

extension LocalServerTests {
  @Suite struct Proxies {
    let servers: LocalServers

    init() throws { servers = try LocalServers.shared }

    private func proxy(_ scheme: String, _ name: String, user: String = "") -> Proxy {
      .url("\(scheme)://\(user)127.0.0.1:\(servers.ports[name] ?? 0)")
    }

    private func echo(_ proxy: Proxy, server: String = "server", host: String) async throws -> Echo
    {
      let request = HTTPRequest(
        url: try servers.url(server, "/echo", host: host), headers: ["Authorization": "Bearer t"])
      return try await Echo.ask(try servers.transport(client: true, proxy: proxy), request)
    }

    /// "cluster.test" has no address here: only the proxy knows it.
    @Test(arguments: [
      ("http", "proxy"), ("https", "tls-proxy"), ("socks5", "socks"), ("socks5h", "socks"),
    ])
    func goesThrough(scheme: String, name: String) async throws {
      let echo = try await echo(proxy(scheme, name), host: "cluster.test")
      #expect(echo.client == "jane")
      #expect(echo.serverName == "cluster.test")
      #expect(echo.values("Authorization") == ["Bearer t"])
      #expect(echo.values("Host") == ["cluster.test:\(servers.ports["server"] ?? 0)"])
    }

    @Test func takesTheServerNameThroughAProxy() async throws {
      let url = try servers.url("wrong-name", "/echo", host: "cluster.test")
      for proxy in [proxy("http", "proxy"), proxy("socks5", "socks")] {
        let transport = try servers.transport(serverName: "elsewhere.test", proxy: proxy)
        let echo = try await Echo.ask(transport, HTTPRequest(url: url))
        #expect(echo.serverName == "elsewhere.test")
      }
    }

    /// "behind.test" wants the user "u" with the password "p@ss".
    @Test func showsTheProxyItsCredentials() async throws {
      let url = try servers.url("server", "/echo", host: "behind.test")
      let with = try servers.transport(
        serverName: "localhost", proxy: proxy("http", "proxy", user: "u:p%40ss@"))
      #expect(try await Echo.ask(with, HTTPRequest(url: url)).values("Proxy-Authorization") == [])
      let without = try servers.transport(serverName: "localhost", proxy: proxy("http", "proxy"))
      await #expect(throws: refused(407)) {
        try await without.collect(HTTPRequest(url: url), limit: 10)
      }
    }

    /// What the server "proxy" says to CONNECT.
    private func refused(_ status: Int) -> TransportError {
      .proxyRefused(host: "127.0.0.1", port: servers.ports["proxy"] ?? 0, status: status)
    }

    @Test func namesWhatTheProxyRefused() async throws {
      await #expect(throws: refused(403)) {
        try await echo(proxy("http", "proxy"), host: "forbidden.test")
      }
      await #expect(throws: TransportError.socksRefused(.notAllowed)) {
        try await echo(proxy("socks5", "socks"), host: "forbidden.test")
      }
    }

    @Test func namesAProxyThatIsNotThere() async throws {
      let port = servers.ports["closed"] ?? 0
      for scheme in ["http", "socks5"] {
        let refused = TransportError.connectionRefused(host: "127.0.0.1", port: port)
        await #expect(throws: TransportError.proxyNotReached(refused)) {
          try await echo(proxy(scheme, "closed"), host: "cluster.test")
        }
      }
      // A label of more than 63 characters is refused before any name server is asked.
      let host = String(repeating: "a", count: 70) + ".test"
      await #expect(throws: TransportError.couldNotResolveProxy(host: host)) {
        try await echo(.url("http://\(host):1"), host: "cluster.test")
      }
    }

    @Test func tellsTheProxysCertificateFromTheServers() async throws {
      await #expect(throws: TransportError.tls(.proxy(.unknownAuthority))) {
        try await echo(proxy("https", "foreign-proxy"), host: "cluster.test")
      }
      await #expect(throws: TransportError.tls(.nameMismatch(expected: "cluster.test"))) {
        try await echo(proxy("https", "tls-proxy"), server: "wrong-name", host: "cluster.test")
      }
    }

    @Test(arguments: ["", "proxy", "ftp://127.0.0.1", "http://", "http://a b"])
    func refusesProxiesOfNoKindWeKnow(text: String) async throws {
      await #expect(throws: TransportError.invalidProxy) {
        try await echo(.url(text), host: "cluster.test")
      }
    }
  }
}
