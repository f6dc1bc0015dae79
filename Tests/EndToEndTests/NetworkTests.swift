import Foundation
import TemporaryFolder
import Testing

/// Addresses, names, flags and headers, as the server sees them.
@Suite struct NetworkTests {
  // MARK: Addresses

  @Test func theHostHeaderStaysWithATLSServerName() async throws {
    var options = TestClusterOptions()
    options.serverCertificate = .wrongName
    let scan = try await FaultScan(options)
    let refused = try await scan.run()
    #expect(refused.status == 1)
    #expect(refused.stdout.isEmpty)
    #expect(refused.stderr.contains("its certificate is for other names than \"127.0.0.1\""))
    #expect(try await scan.server.statistics().requests == 0)
    let result = try await scan.run("--tls-server-name", "api.other.example")
    #expect(result.status == 0)
    #expect(result.stderr.isEmpty)
    let authority = "127.0.0.1:\(scan.server.address.port)"
    #expect(try await scan.server.log().allSatisfy { $0.headers["host"] == authority })
  }

  @Test(arguments: [
    TestClusterOptions.ServerCertificate.expired, .wrongName, .otherAuthority,
  ])
  func anUnprovenServerGetsNothing(certificate: TestClusterOptions.ServerCertificate) async throws {
    var options = TestClusterOptions()
    options.serverCertificate = certificate
    let scan = try await FaultScan(options)
    let refused = try await scan.run()
    #expect(refused.status == 1)
    #expect(refused.stdout.isEmpty)
    #expect(refused.stderr.hasPrefix("error: cannot reach server \"\(scan.url)\": its certificate"))
    #expect(try await scan.server.statistics().requests == 0)
    // Asked for, it is done, and said.
    let kubeconfig = try KubeconfigFixture(
      scan.server, .token("admin-token"), authority: .insecure)
    let result = try await scan.binary.run("-o", "csv", kubeconfig: kubeconfig.url)
    #expect(result.status == 0)
    #expect(
      result.stderr
        == "warning: the certificate of \"\(scan.url)\" is not verified: anybody on the way can"
        + " read and change what is said\n")
  }

  @Test func ipv6() async throws {
    var options = TestClusterOptions()
    options.isIPv6 = true
    let scan = try await FaultScan(options)
    #expect(scan.url.hasPrefix("https://[::1]:"))
    let result = try await scan.run()
    #expect(result.status == 0)
    let authority = "[::1]:\(scan.server.address.port)"
    #expect(try await scan.server.log().allSatisfy { $0.headers["host"] == authority })
  }

  @Test(arguments: ["", "/"])
  func aPathPrefix(end: String) async throws {
    var options = TestClusterOptions()
    options.prefix = "/k8s/clusters/c-1"
    let scan = try await FaultScan(options)
    let result = try await scan.run("--server", scan.url + end)
    #expect(result.status == 0)
    let log = try await scan.server.log()
    #expect(log.allSatisfy { $0.path.hasPrefix("/k8s/clusters/c-1/") })
    // Not every ConfigMap that is known by name is there.
    #expect(log.allSatisfy { $0.status == 200 || $0.path.contains("/configmaps/") })
    #expect(log.contains { $0.path == "/k8s/clusters/c-1/api/v1/pods" })
  }

  @Test func plainHTTPAsKubectlProxyServes() async throws {
    var options = TestClusterOptions()
    options.isPlain = true
    let server = try await TestClusterProcess.start(options)
    let kubeconfig = try KubeconfigFixture(server, .none, authority: .none)
    let binary = try BinaryUnderTest()
    let result = try await binary.run([], kubeconfig: kubeconfig.url)
    #expect(result.status == 0)
    #expect(result.stderr.isEmpty)
    #expect(try await server.log().allSatisfy { $0.authorization == nil })
    // Without any kubeconfig, as `kubectl -s` does.
    #expect(try await binary.run("-s", server.address.url).status == 0)
  }

  @Test func nobodyListens() async throws {
    let scan = try await FaultScan()
    let result = try await scan.run("--server", "https://127.0.0.1:1")
    #expect(result.status == 1)
    #expect(result.stdout.isEmpty)
    #expect(
      result.stderr == """
        error: cannot reach server "https://127.0.0.1:1": 127.0.0.1:1 refused the connection; is \
        anything listening there?

        """)
  }

  /// Whatever a server keeps us waiting for, `--request-timeout` ends it, and nothing is tried
  /// for ever.
  @Test(arguments: SilentListener.Manner.allCases, ["https", "http"])
  func aServerThatSaysNothing(manner: SilentListener.Manner, scheme: String) async throws {
    let listener = try SilentListener(manner)
    let address = "\(scheme)://127.0.0.1:\(listener.port)"
    let result = try await BinaryUnderTest().run("-s", address, "--request-timeout", "1s")
    #expect(result.status == 1)
    #expect(result.stdout.isEmpty)
    #expect(
      result.stderr.hasSuffix(
        "error: server \"\(address)\": the request took longer than 1 second; see"
          + " --request-timeout\n"))
  }

  // MARK: Credentials

  @Test func aReadableTokenFileComesBeforeTheToken() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("admin-token\n", to: "token")
    let scan = try await FaultScan(
      .init(), .lines(["token: no-such-token", "tokenFile: \(file.path)"]))
    #expect(try await scan.run().status == 0)
    #expect(try await scan.server.log().allSatisfy { $0.user == "lab-token-admin" })
    // And a token of the command line before both.
    let result = try await scan.run("--token", "limited-token", "-n", "team-a")
    #expect(result.status == 0)
    #expect(try await scan.server.log().last?.user == "lab-limited")
  }

  @Test func nameAndPassword() async throws {
    let scan = try await FaultScan(.init(), .none)
    let result = try await scan.run("--username", "lab-admin", "--password", "admin-password")
    #expect(result.status == 0)
    #expect(result.stderr.isEmpty)
    #expect(
      try await scan.server.log().allSatisfy {
        $0.user == "lab-admin" && $0.authorization == "Basic"
      })
  }

  @Test func kubercDeniesAPlugin() async throws {
    let scan = try await FaultScan(.init(), .exec(.init(token: "admin-token")))
    #expect(try await scan.run().status == 0)
    #expect(scan.kubeconfig.pluginCalls() == 1)
    try await scan.server.reset()
    try scan.binary.home.write(
      "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n"
        + "credentialPluginPolicy: DenyAll\n", to: ".kube/kuberc")
    let result = try await scan.run()
    #expect(result.status == 1)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains("is not allowed by the credentialPluginPolicy of your kuberc"))
    #expect(scan.kubeconfig.pluginCalls() == 1)
    #expect(try await scan.server.statistics().requests == 0)
  }

  // MARK: Headers

  @Test func impersonation() async throws {
    let scan = try await FaultScan(.init(), .adminCertificate)
    let result = try await scan.run([
      "--as", "jane", "--as-uid", "u-1", "--as-group", "dev", "--as-group", "ops",
      "--as-user-extra", "scopes=view",
    ])
    #expect([0, 1].contains(result.status))
    for request in try await scan.server.log() {
      #expect(request.headers["impersonate-user"] == "jane")
      #expect(request.headers["impersonate-uid"] == "u-1")
      #expect(request.headers["impersonate-group"] == "dev")
      #expect(request.headers["impersonate-extra-scopes"] == "view")
    }
    try await scan.server.reset()
    #expect(try await scan.run().status == 0)
    #expect(try await scan.server.log().allSatisfy { $0.headers["impersonate-user"] == nil })
  }

  @Test func compression() async throws {
    let scan = try await FaultScan()
    let packed = try await scan.report()
    #expect(try await scan.server.log().allSatisfy { $0.headers["accept-encoding"] == "gzip" })
    try await scan.server.reset()
    let plain = try await scan.report(["--disable-compression"])
    let log = try await scan.server.log()
    #expect(log.allSatisfy { $0.headers["accept-encoding"] == nil })
    #expect(plain.text == packed.text)
  }

  @Test func whoAsks() async throws {
    let scan = try await FaultScan()
    #expect(try await scan.run().status == 0)
    let agent = /kubectl-gcr_report\/\d+\.\d+\.\d+ \(linux\/\w+\)/
    #expect(
      try await scan.server.log().allSatisfy { $0.userAgent.wholeMatch(of: agent) != nil })
  }
}
