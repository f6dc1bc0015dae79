import CurlTransport
import Foundation
import Testing

/// Rows as golang.org/x/net/http/httpproxy has them (proxy_test.go), and what kubectl users write.
@Suite struct ProxyRulesTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let environment: [String: String]
    let url: String
    let proxy: String?

    init(_ environment: [String: String], _ url: String, _ proxy: String?) {
      self.environment = environment
      self.url = url
      self.proxy = proxy
    }

    var testDescription: String { "\(environment.sorted { $0 < $1 }) \(url)" }
  }

  @Test(arguments: [
    Row([:], "https://a.test", nil),
    Row(["HTTPS_PROXY": "http://p:1"], "https://a.test", "http://p:1"),
    Row(["https_proxy": "http://p:1"], "https://a.test", "http://p:1"),
    Row(["HTTPS_PROXY": "http://up", "https_proxy": "http://low"], "https://a.test", "http://up"),
    Row(["HTTPS_PROXY": "", "https_proxy": "http://low"], "https://a.test", "http://low"),
    Row(["HTTP_PROXY": "http://p"], "https://a.test", nil),
    Row(["HTTP_PROXY": "http://p"], "http://a.test", "http://p"),
    Row(["HTTPS_PROXY": "http://p"], "http://a.test", nil),
    Row(["ALL_PROXY": "http://p", "all_proxy": "http://p"], "https://a.test", nil),
    Row(["HTTPS_PROXY": "p.test:3128"], "https://a.test", "http://p.test:3128"),
    Row(["HTTPS_PROXY": "p.test"], "https://a.test", "http://p.test"),
    Row(["HTTPS_PROXY": "127.0.0.1:3128"], "https://a.test", "http://127.0.0.1:3128"),
    Row(["HTTPS_PROXY": "https://u:p@p:1"], "https://a.test", "https://u:p@p:1"),
    Row(["HTTPS_PROXY": "socks5://p:1"], "https://a.test", "socks5://p:1"),
    Row(["HTTPS_PROXY": "http://a b"], "https://a.test", nil),
    Row(["HTTP_PROXY": "http://p", "REQUEST_METHOD": "GET"], "http://a.test", nil),
    Row(["HTTP_PROXY": "http://p", "REQUEST_METHOD": ""], "http://a.test", "http://p"),
    Row(["HTTPS_PROXY": "http://p", "REQUEST_METHOD": "GET"], "https://a.test", "http://p"),
    Row(["HTTPS_PROXY": "http://p"], "ftp://a.test", nil),
  ])
  func picksTheVariable(row: Row) throws { try check(row) }

  private static func local(_ url: String, isProxied: Bool) -> Row {
    Row(["HTTPS_PROXY": "http://p", "HTTP_PROXY": "http://p"], url, isProxied ? "http://p" : nil)
  }

  @Test(arguments: [
    local("https://localhost", isProxied: false),
    local("https://localhost:6443", isProxied: false),
    local("https://LOCALHOST", isProxied: true),
    local("https://localhost.test", isProxied: true),
    local("https://127.0.0.1:6443", isProxied: false),
    local("https://127.255.0.9", isProxied: false),
    local("https://128.0.0.1", isProxied: true),
    local("https://[::1]:6443", isProxied: false),
    local("https://[::2]", isProxied: true),
    local("https://[::ffff:127.0.0.1]", isProxied: false),
    local("http://localhost:8001", isProxied: false),
  ])
  func neverProxiesThisMachine(row: Row) throws { try check(row) }

  private static func exempt(_ list: String, _ host: String, _ isExempt: Bool) -> Row {
    Row(
      ["HTTPS_PROXY": "http://p", "NO_PROXY": list], "https://\(host)", isExempt ? nil : "http://p")
  }

  @Test(arguments: [
    exempt("a.test", "a.test", true),
    exempt("a.test", "b.a.test", true),
    exempt("a.test", "ba.test", false),
    exempt("a.test", "a.test.", false),
    exempt("A.Test", "a.TEST", true),
    exempt(".a.test", "b.a.test", true),
    exempt(".a.test", "a.test", false),
    exempt("*.a.test", "b.a.test", true),
    exempt("*.a.test", "a.test", false),
    exempt("b*.a.test", "b1.a.test", false),
    exempt("test", "a.test", true),
    exempt("*", "a.test", true),
    exempt(" x.test , * ", "a.test", true),
    exempt("x.test,a.test", "a.test", true),
    exempt("x.test, a.test", "a.test", true),
    exempt("x.test a.test", "a.test", false),
    exempt(",,", "a.test", false),
    exempt("a.test:443", "a.test", true),
    exempt("a.test:443", "a.test:443", true),
    exempt("a.test:6443", "a.test", false),
    exempt("a.test:6443", "b.a.test:6443", true),
    exempt(".a.test:6443", "b.a.test:6443", true),
    exempt("a.test:", "a.test:6443", true),
    exempt("a.test:https", "a.test", false),
    exempt("a.test:0443", "a.test", false),
    exempt(":443", "a.test", false),
    exempt("10.0.0.0/8", "10.1.2.3", true),
    exempt("10.0.0.0/8", "11.1.2.3", false),
    exempt("10.0.0.0/9", "10.127.0.1", true),
    exempt("10.0.0.0/9", "10.128.0.1", false),
    exempt("0.0.0.0/0", "10.1.2.3", true),
    exempt("0.0.0.0/0", "[2001:db8::1]", false),
    exempt("10.0.0.0/33", "10.1.2.3", false),
    exempt("10.0.0.0/8", "a.test", false),
    exempt("::ffff:10.0.0.0/104", "10.1.2.3", true),
    exempt("2001:db8::/32", "[2001:db8:1::1]", true),
    exempt("2001:db8::/32", "[2001:db9::1]", false),
    exempt("10.1.2.3", "10.1.2.3:6443", true),
    exempt("10.1.2.3:6443", "10.1.2.3:6443", true),
    exempt("10.1.2.3:6443", "10.1.2.3", false),
    exempt("10.1.2.03", "10.1.2.3", false),
    exempt("10.1.2", "10.1.2.3", false),
    exempt("2001:db8::1", "[2001:db8:0::1]", true),
    exempt("[2001:db8::1]:6443", "[2001:db8::1]:6443", true),
    exempt("[2001:db8::1]:6443", "[2001:db8::1]", false),
    exempt("[2001:db8::1]", "[2001:db8::1]", false),
    exempt("::ffff:10.1.2.3", "10.1.2.3", true),
  ])
  func obeysTheExceptions(row: Row) throws { try check(row) }

  @Test func readsTheLowerCaseExceptions() throws {
    try check(Row(["HTTPS_PROXY": "http://p", "no_proxy": "a.test"], "https://a.test", nil))
  }

  private func check(_ row: Row) throws {
    let url = try #require(URL(string: row.url))
    let expected = row.proxy.map { Proxy.url($0) } ?? .none
    #expect(ProxyRules(environment: row.environment).proxy(for: url) == expected)
  }
}
