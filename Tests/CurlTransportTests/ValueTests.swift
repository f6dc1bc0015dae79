import Foundation
import Testing

@testable import CurlTransport

/// The transport's values on their own: no network.
@Suite struct ValueTests {
  @Test(
    arguments: [
      ("https://a.test", "a.test", 443, "", nil),
      ("HTTPS://A.test:8443/x?y#z", "A.test", 8443, "/x?y", nil),
      ("http://a.test?x", "a.test", 80, "?x", nil),
      ("https://u:p@a.test:1/", "a.test", 1, "/", "u:p"),
      ("https://u@x@a.test/", "a.test", 443, "/", "u@x"),
      ("https://[2001:db8::1]:6443/p", "2001:db8::1", 6443, "/p", nil),
      ("https://[::1]", "::1", 443, "", nil),
      ("https://a.test:", "a.test", 443, "", nil),
      ("socks5://p", "p", 1080, "", nil),
    ] as [(String, String, Int, String, String?)])
  func takesAddressesApart(
    text: String, host: String, port: Int, target: String, user: String?
  ) throws {
    let address = try #require(ServerAddress(text))
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.target == target)
    #expect(address.userInfo == user)
  }

  @Test(arguments: [
    "", "a", "//a", "://a", "https:a", "https:/a", "https://", "https:///x", "https://:1",
    "https://a:b", "https://a:1:2", "https://a:65536", "https://a:-1", "https://[::1",
    "https://[::1]x", "https://[a]", "https://a b", "https://a\r\nb", "https://ä", "1://a",
    "https://a]",
  ])
  func refusesWhatIsNoAddress(text: String) {
    #expect(ServerAddress(text) == nil)
  }

  @Test func printsNoSecret() {
    let identity = ConnectionIdentity(
      trust: .authorities(pem: Array("ca-secret".utf8)),
      clientCertificate: .init(
        certificatePEM: Array("cert-secret".utf8), keyPEM: Array("key-secret".utf8)),
      proxy: .url("http://user:secret@p.test:1/secret"))
    #expect(identity.proxy.description == "http://p.test:1")
    #expect(Proxy.url("secret").description == "invalid")
    var dumped = ""
    dump(identity, to: &dumped)
    let headers: HTTPHeaders = ["Authorization": "Bearer secret"]
    dump(headers, to: &dumped)
    let request = HTTPRequest(
      url: URL(fileURLWithPath: "/x"), headers: headers, body: Array("secret".utf8))
    dump(request, to: &dumped)
    for text in [dumped, "\(identity)", "\(headers)", String(reflecting: headers), "\(request)"] {
      #expect(!text.contains("secret"))
      #expect(!text.contains("115, 101, 99"))
    }
    #expect(headers.description == "[Authorization]")
  }

  @Test func findsTheSystemsAuthoritiesAsGoDoes() {
    let debian = "/etc/ssl/certs/ca-certificates.crt"
    let fedora = "/etc/pki/tls/certs/ca-bundle.crt"
    func find(_ environment: [String: String], _ files: [String]) -> SystemTrust {
      SystemTrust.find(environment: environment) { files.contains($0) }
    }
    #expect(find([:], []) == SystemTrust())
    #expect(find([:], [fedora, debian]) == SystemTrust(file: debian))
    #expect(
      find([:], [fedora, "/etc/ssl/certs"])
        == SystemTrust(file: fedora, directories: "/etc/ssl/certs"))
    #expect(
      find(["SSL_CERT_FILE": "/x", "SSL_CERT_DIR": "/a:/b"], [debian])
        == SystemTrust(file: "/x", directories: "/a:/b"))
  }

  @Test func resolvesRedirectsOnlyForRedirects() throws {
    let url = try #require(URL(string: "https://a.test/x/y"))
    func location(_ status: Int, _ location: String) -> String? {
      HTTPResponseHead(statusCode: status, headers: ["location": location])
        .redirectLocation(from: url)?.absoluteString
    }
    #expect(location(302, "z") == "https://a.test/x/z")
    #expect(location(307, "http://b.test/") == "http://b.test/")
    #expect(location(200, "z") == nil)
    #expect(location(304, "z") == nil)
    #expect(HTTPResponseHead(statusCode: 302).redirectLocation(from: url) == nil)
  }

  @Test func replacesHeadersWithoutRegardToCase() {
    var headers: HTTPHeaders = ["Accept": "a", "X": "1"]
    headers["accept"] = "b"
    #expect(headers.values("ACCEPT") == ["b"])
    headers["accept"] = nil
    #expect(headers.fields.map(\.name) == ["X"])
  }
}
