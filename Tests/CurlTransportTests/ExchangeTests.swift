import CurlTransport
import Foundation
import Testing

extension LocalServerTests {
  @Suite struct Exchanges {
    let servers: LocalServers

    init() throws { servers = try LocalServers.shared }

    @Test func sendsTheRequestAsItIs() async throws {
      var headers: HTTPHeaders = ["Accept": "a/b", "Impersonate-Group": "one"]
      headers.add("Impersonate-Group", "two")
      headers.add("X-Empty", "")
      let request = HTTPRequest(
        method: "POST", url: try servers.url("server", "/a%2Fb/../c/echo?x=%20&y"),
        headers: headers, body: Array("{\"a\":1}".utf8))
      let echo = try await Echo.ask(try servers.transport(), request)
      #expect(echo.method == "POST")
      #expect(echo.target == "/a%2Fb/../c/echo?x=%20&y")
      #expect(echo.body == "{\"a\":1}")
      #expect(echo.values("Impersonate-Group") == ["one", "two"])
      #expect(echo.values("X-Empty") == [""])
      #expect(echo.values("Accept") == ["a/b"])
      #expect(echo.values("Host") == ["127.0.0.1:\(servers.ports["server"] ?? 0)"])
      #expect(echo.values("Content-Length") == ["7"])
      #expect(
        Set(echo.headers.map { $0[0] }) == [
          "Host", "Accept", "Impersonate-Group", "X-Empty", "Content-Length",
        ])
    }

    @Test(arguments: ["GET", "DELETE", "HEAD", "POST", "PATCH"])
    func sendsNoBodyUnlessGiven(method: String) async throws {
      let request = HTTPRequest(method: method, url: try servers.url("plain", "/wait/now"))
      try await servers.release("now")
      let (head, body, _) = try await servers.transport().collect(request, limit: 100)
      #expect(head.statusCode == 200)
      #expect(body == (method == "HEAD" ? [] : Array("waited".utf8)))
    }

    @Test func sendsAnEmptyBody() async throws {
      let request = HTTPRequest(method: "POST", url: try servers.url("plain", "/echo"), body: [])
      let echo = try await Echo.ask(try servers.transport(), request)
      #expect(echo.values("Content-Length") == ["0"])
      #expect(echo.body.isEmpty)
    }

    @Test(arguments: [
      ("server", "127.0.0.1"), ("server", "localhost"), ("six", "[::1]"), ("plain", "127.0.0.1"),
    ])
    func reaches(server: String, host: String) async throws {
      let url = try servers.url(server, "/k8s/clusters/c-1/echo", host: host)
      let echo = try await Echo.ask(try servers.transport(), HTTPRequest(url: url))
      #expect(echo.target == "/k8s/clusters/c-1/echo")
      #expect(echo.values("Host") == ["\(host):\(servers.ports[server] ?? 0)"])
    }

    @Test func showsTheClientCertificate() async throws {
      let request = HTTPRequest(url: try servers.url("strict", "/echo"))
      let echo = try await Echo.ask(try servers.transport(client: true), request)
      #expect(echo.client == "jane")
    }

    @Test func verifiesAnotherNameThanThatOfTheURL() async throws {
      let url = try servers.url("wrong-name", "/echo")
      let transport = try servers.transport(serverName: "elsewhere.test")
      let echo = try await Echo.ask(transport, HTTPRequest(url: url))
      #expect(echo.serverName == "elsewhere.test")
      #expect(echo.values("Host") == ["127.0.0.1:\(servers.ports["wrong-name"] ?? 0)"])
    }

    @Test func connectsUnverifiedOnlyWhenTold() async throws {
      let transport = HTTPTransport(identity: ConnectionIdentity(trust: .unverified), lanes: 1)
      for server in ["wrong-name", "expired", "foreign", "self-signed"] {
        let url = try servers.url(server, "/status/200")
        let (head, _, _) = try await transport.collect(HTTPRequest(url: url), limit: 100)
        #expect(head.statusCode == 200)
      }
    }

    @Test(arguments: [
      ("/bytes/0", 0), ("/bytes/1", 1), ("/bytes/262144", 262_144), ("/bytes/3000001", 3_000_001),
      ("/chunked/0", 0), ("/chunked/1200001", 1_200_001), ("/gzip/2000000", 2_000_000),
    ])
    func deliversTheWholeBody(path: String, count: Int) async throws {
      for acceptGzip in [false, true] {
        let request = HTTPRequest(url: try servers.url("server", path), acceptGzip: acceptGzip)
        let witness = Witness()
        let (head, metrics) = try await servers.transport().exchange(request, into: witness)
        #expect(head.statusCode == 200)
        #expect(witness.result.head == head)
        #expect(witness.result.bytes == count)
        #expect(witness.result.isPattern)
        #expect(witness.result.largestChunk <= 256 * 1024)
        // Coalesced: 5 KB pieces would be hundreds.
        #expect(witness.result.chunks <= 40)
        #expect(metrics.bytesDelivered == Int64(count))
        let isPacked = acceptGzip && path.hasPrefix("/gzip")
        #expect(isPacked ? metrics.bytesReceived < 200_000 : metrics.bytesReceived > count)
        #expect(metrics.seconds >= metrics.secondsToFirstByte)
        #expect(metrics.secondsToFirstByte > 0)
      }
    }

    @Test func collectsExactlyUpToTheLimit() async throws {
      let transport = try servers.transport()
      for path in ["/bytes/5000", "/chunked/5000"] {
        let request = HTTPRequest(url: try servers.url("server", path))
        let (_, body, _) = try await transport.collect(request, limit: 5000)
        #expect(body == pattern(5000))
        await #expect(throws: TransportError.bodyTooLarge(limit: 4999)) {
          try await transport.collect(request, limit: 4999)
        }
      }
    }

    /// A small gzip body that unpacks to a large one counts as large.
    @Test func limitsTheUnpackedBody() async throws {
      let request = HTTPRequest(
        url: try servers.url("server", "/gzip/9000000"), acceptGzip: true)
      await #expect(throws: TransportError.bodyTooLarge(limit: 1_000_000)) {
        try await servers.transport().collect(request, limit: 1_000_000)
      }
    }

    @Test func keepsEveryHeader() async throws {
      let request = HTTPRequest(url: try servers.url("server", "/folded"))
      let (head, body, _) = try await servers.transport().collect(request, limit: 10)
      #expect(body.isEmpty)
      #expect(head.headers["x-long"] == "one two")
      #expect(head.headers.values("X-TWICE") == ["a", "b"])
      #expect(head.headers["X-Empty"] == "")
      #expect(head.headers["X-Missing"] == nil)
    }

    @Test func skipsInterimAnswers() async throws {
      let request = HTTPRequest(url: try servers.url("server", "/early-hints"))
      let (head, body, _) = try await servers.transport().collect(request, limit: 10)
      #expect(head.statusCode == 200)
      #expect(head.headers["Link"] == nil)
      #expect(head.headers["X-Real"] == "yes")
      #expect(body == Array("late".utf8))
    }

    @Test func acceptsAnswersWithoutABodyOrALength() async throws {
      let transport = try servers.transport()
      let none = HTTPRequest(url: try servers.url("server", "/no-content"))
      #expect(try await transport.collect(none, limit: 10).0.statusCode == 204)
      let unframed = HTTPRequest(url: try servers.url("server", "/until-close"))
      #expect(try await transport.collect(unframed, limit: 10).1 == Array("all of it".utf8))
    }

    /// Foundation would wait for ever for credentials (its own challenge handling).
    @Test func answers401WithItsChallenges() async throws {
      let request = HTTPRequest(url: try servers.url("server", "/unauthorized"))
      let (head, body, _) = try await servers.transport().collect(request, limit: 10)
      #expect(head.statusCode == 401)
      #expect(head.wwwAuthenticate == ["Basic realm=\"cluster\"", "Bearer"])
      #expect(body == Array("no".utf8))
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func returnsRedirects(status: Int) async throws {
      let url = try servers.url("server", "/redirect/\(status)")
      let (head, body, _) = try await servers.transport().collect(HTTPRequest(url: url), limit: 10)
      #expect(head.statusCode == status)
      #expect(
        head.redirectLocation(from: url)?.absoluteString
          == "https://127.0.0.1:\(servers.ports["server"] ?? 0)/echo?from=redirect")
      #expect(body == Array("moved".utf8))
    }

    @Test(arguments: [403, 410, 429, 500, 503])
    func returnsErrorsAsAnswers(status: Int) async throws {
      let request = HTTPRequest(url: try servers.url("server", "/status/\(status)"))
      let (head, _, _) = try await servers.transport().collect(request, limit: 10)
      #expect(head.statusCode == status)
      #expect(head.headers["retry-after"] == "3")
    }

    @Test func reusesItsConnection() async throws {
      let transport = try servers.transport(lanes: 1)
      let request = HTTPRequest(url: try servers.url("server", "/echo"))
      let first = try await Echo.ask(transport, request)
      let second = try await Echo.ask(transport, request)
      #expect(second.connection == first.connection)
      #expect(second.request == 2)
      let (_, _, metrics) = try await transport.collect(request, limit: 1 << 20)
      #expect(metrics.isReusedConnection)
      transport.close()
      await #expect(throws: TransportError.cancelled) {
        try await transport.collect(request, limit: 1 << 20)
      }
    }

    /// RFC 8446, section 2.2: without another exchange of certificates.
    @Test func resumesTheSessionOnItsOtherConnections() async throws {
      let transport = try servers.transport(client: true, lanes: 2)
      let request = HTTPRequest(url: try servers.url("server", "/echo"))
      let first = try await Echo.ask(transport, request)
      let both = HTTPRequest(url: try servers.url("server", "/echo/together/resume"))
      async let one = Echo.ask(transport, both)
      async let other = Echo.ask(transport, both)
      let (known, fresh) = try await (one, other)
      let second = known.connection == first.connection ? fresh : known
      #expect(second.connection != first.connection)
      #expect(!first.resumed)
      #expect(second.resumed)
      #expect(second.client == first.client)
      let stranger = try await Echo.ask(try servers.transport(), request)
      #expect(!stranger.resumed)
      #expect(stranger.client == nil)
    }

    @Test func keepsIdentitiesApart() async throws {
      let request = HTTPRequest(url: try servers.url("server", "/echo"))
      let jane = try await Echo.ask(try servers.transport(client: true), request)
      let nobody = try await Echo.ask(try servers.transport(), request)
      #expect(jane.client == "jane")
      #expect(nobody.client == nil)
      #expect(jane.connection != nobody.connection)
    }

    @Test func refusesWhatWouldBreakTheFraming() async throws {
      let transport = try servers.transport()
      let url = try servers.url("server", "/echo")
      let cases: [(HTTPRequest, TransportError)] = [
        (HTTPRequest(url: url, headers: ["X": "a\r\nY: b"]), .invalidHeader(name: "X")),
        (HTTPRequest(url: url, headers: ["X Y": "a"]), .invalidHeader(name: "X Y")),
        (HTTPRequest(url: url, headers: ["": "a"]), .invalidHeader(name: "")),
        (HTTPRequest(method: "GET /", url: url), .invalidMethod),
        (HTTPRequest(url: URL(fileURLWithPath: "/etc/passwd")), .invalidURL),
      ]
      for (request, error) in cases {
        await #expect(throws: error) { try await transport.collect(request, limit: 10) }
      }
      for name in ["", "a/b", "a b", "a\r\nb", "a@b", "*"] {
        await #expect(throws: TransportError.invalidServerName(name)) {
          try await servers.transport(serverName: name).collect(HTTPRequest(url: url), limit: 10)
        }
      }
    }
  }
}
