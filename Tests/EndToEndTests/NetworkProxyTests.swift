import Foundation
import Testing

/// Proxies of the kubeconfig and of the environment, by Go's rules.
@Suite struct NetworkProxyTests {
  /// A name that no resolver knows: only a proxy leads there.
  private static let name = "api.other.example"

  private static func namedServer() async throws -> TestClusterProcess {
    var options = TestClusterOptions()
    options.serverCertificate = .wrongName
    return try await TestClusterProcess.start(options)
  }

  private func scan(
    _ server: TestClusterProcess, url: String? = nil, settings: [String: String] = [:],
    environment: [String: String] = [:], arguments: [String] = []
  ) async throws -> ProcessResult {
    let kubeconfig = try KubeconfigFixture([
      .init(
        name: "test", server: server.address, credential: .token("admin-token"), url: url,
        clusterSettings: settings)
    ])
    var binary = try BinaryUnderTest()
    for (name, value) in environment { binary.environment[name] = value }
    return try await binary.run(arguments, kubeconfig: kubeconfig.url)
  }

  @Test(arguments: NetworkProxy.Mode.allCases)
  func proxyURL(mode: NetworkProxy.Mode) async throws {
    let server = try await Self.namedServer()
    let proxy = try await NetworkProxy.start(mode, to: server.address)
    // The https proxy's certificate is judged as the server's is; it names 127.0.0.1.
    let result = try await scan(
      server, url: "https://\(Self.name):6443",
      settings: ["proxy-url": "\(mode.rawValue)://127.0.0.1:\(proxy.port)"])
    #expect(result.status == 0)
    #expect(result.stderr.isEmpty)
    #expect(Set(try proxy.targets()) == ["\(Self.name):6443"])
    #expect(try proxy.targets().count <= 4)
    let log = try await server.log()
    #expect(log.count > 10)
    #expect(log.allSatisfy { $0.headers["host"] == "\(Self.name):6443" })
  }

  @Test func aLoopbackServerHasNoProxyOfTheEnvironmentButOneOfTheKubeconfig() async throws {
    let server = try await TestClusterProcess.start()
    let proxy = try await NetworkProxy.start(.http, to: server.address)
    let url = "http://127.0.0.1:\(proxy.port)"
    #expect(try await scan(server, environment: ["HTTPS_PROXY": url]).status == 0)
    #expect(try proxy.targets().isEmpty)
    #expect(try await scan(server, settings: ["proxy-url": url]).status == 0)
    #expect(Set(try proxy.targets()) == ["127.0.0.1:\(server.address.port)"])
  }

  struct Exception: Sendable, CustomTestStringConvertible {
    let noProxy: String
    let host: String
    let isProxied: Bool
    var testDescription: String { "NO_PROXY=\(noProxy) \(host)" }
  }

  @Test(arguments: [
    Exception(noProxy: "", host: name, isProxied: true),
    Exception(noProxy: "example", host: name, isProxied: false),
    Exception(noProxy: ".other.example", host: name, isProxied: false),
    Exception(noProxy: "*.other.example", host: name, isProxied: false),
    Exception(noProxy: ".api.other.example", host: name, isProxied: true),
    Exception(noProxy: "api.other.example:443", host: name, isProxied: true),
    Exception(noProxy: "a.test, api.other.example:6443", host: name, isProxied: false),
    Exception(noProxy: "*", host: name, isProxied: false),
    Exception(noProxy: "192.0.2.0/25", host: "192.0.2.200", isProxied: true),
    Exception(noProxy: "192.0.2.0/24", host: "192.0.2.200", isProxied: false),
  ])
  func theEnvironment(_ exception: Exception) async throws {
    let server = try await Self.namedServer()
    let proxy = try await NetworkProxy.start(.http, to: server.address)
    let result = try await scan(
      server, url: "https://\(exception.host):6443",
      settings: ["tls-server-name": Self.name],
      environment: [
        "HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)", "NO_PROXY": exception.noProxy,
      ], arguments: exception.isProxied ? [] : ["--request-timeout", "1"])
    #expect(result.status == (exception.isProxied ? 0 : 1))
    let targets: Set = exception.isProxied ? ["\(exception.host):6443"] : []
    #expect(Set(try proxy.targets()) == targets)
    if !exception.isProxied {
      #expect(result.stdout.isEmpty)
      #expect(result.stderr.hasPrefix("error: "))
      #expect(result.stderr.contains("server \"https://\(exception.host):6443\""))
    }
  }

  @Test func aProxyThatIsNotThere() async throws {
    let server = try await TestClusterProcess.start()
    let result = try await scan(server, settings: ["proxy-url": "socks5://127.0.0.1:1"])
    #expect(result.status == 1)
    #expect(
      result.stderr == """
        error: cannot reach server "\(server.address.url)": the proxy 127.0.0.1:1 refused \
        the connection; check that it runs, and its address in the kubeconfig's proxy-url or HTTPS_PROXY

        """)
  }

  /// Requests to a plain http server go to the proxy itself: it is named when it refuses them.
  @Test(arguments: [
    (
      407,
      "it wants a user name and password: put them into its address"
        + " (http://USER:PASSWORD@HOST:PORT) in the kubeconfig's proxy-url or HTTP_PROXY"
    ),
    (
      403,
      "have it allow the server, or go without it: leave out proxy-url, or name the server in"
        + " NO_PROXY"
    ),
  ])
  func aProxyThatRefusesAPlainServerIsNamed(status: Int, step: String) async throws {
    var options = TestClusterOptions()
    options.isPlain = true
    let server = try await TestClusterProcess.start(options)
    let proxy = try await NetworkProxy.start(.http, to: server.address, refusing: status)
    let url = "http://\(Self.name):8001"
    let result = try await scan(
      server, url: url, environment: ["HTTP_PROXY": "http://127.0.0.1:\(proxy.port)"])
    #expect(result.status == 1)
    #expect(
      result.stderr == """
        warning: "\(url)" is not https: no credentials are sent to it
        error: cannot reach server "\(url)": the proxy 127.0.0.1:\(proxy.port) refused the \
        connection with status \(status); \(step)

        """)
  }
}
