import Foundation
import TemporaryFolder
import Testing

/// Ways to prove who one is and whom one speaks to, as the binary is given them.
@Suite struct TransportTests {
  private typealias Credential = KubeconfigFixture.Credential

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var credential: @Sendable () -> KubeconfigFixture.Credential
    var authority = KubeconfigFixture.Authority.cluster

    init(
      _ name: String, authority: KubeconfigFixture.Authority = .cluster,
      _ credential: @escaping @Sendable () -> KubeconfigFixture.Credential
    ) {
      testDescription = name
      self.credential = credential
      self.authority = authority
    }
  }

  static let good = [
    Case("certificate as data") { .adminCertificate },
    Case("certificate as files") { .adminCertificateFiles },
    Case("another certificate") { .viewerCertificate },
    Case("authority as a file", authority: .clusterFile) { .adminCertificate },
    Case("token") { .token("admin-token") },
    Case("token file") { .tokenFile("admin-token\n") },
    Case("password") { .basic(user: "lab-admin", password: "admin-password") },
    Case("plugin") { .exec(.init(token: "admin-token")) },
  ]

  /// All say the same, and none leaves anything behind: a private key never touches the disk.
  @Test(arguments: good)
  func isLetIn(_ example: Case) async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture(
      server, example.credential(), authority: example.authority)
    let binary = try BinaryUnderTest()
    let result = try await binary.run(
      ["-n", "kube-system"] + BinaryUnderTest.fixedDay, kubeconfig: fixture.url)
    #expect(result.status == 0)
    #expect(result.stderr == "")
    #expect(result.stdout.contains("\nkube-system "))
    #expect(try binary.leftovers() == [])
  }

  @Test func aPluginIsAskedOnce() async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture(server, .exec(.init(token: "admin-token")))
    let result = try await BinaryUnderTest().run("-o", "csv", kubeconfig: fixture.url)
    #expect(result.status == 0)
    #expect(fixture.pluginCalls() == 1)
  }

  @Test func withoutVerificationThereIsAWarning() async throws {
    let server = try await SharedClusters.shared.server()
    let warning =
      "warning: the certificate of \"\(server.address.url)\" is not verified: anybody on the way"
      + " can read and change what is said\n"
    let fixture = try KubeconfigFixture(server, authority: .insecure)
    let flags = ["-n", "team-a"] + BinaryUnderTest.fixedDay
    let inFile = try await BinaryUnderTest().run(flags, kubeconfig: fixture.url)
    #expect(inFile.status == 0)
    #expect(inFile.stderr == warning)
    let other = try KubeconfigFixture(server, authority: .none)
    let byFlag = try await BinaryUnderTest().run(
      flags + ["--insecure-skip-tls-verify"], kubeconfig: other.url)
    #expect(byFlag.status == 0)
    #expect(byFlag.stderr == warning)
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var credential: KubeconfigFixture.Credential
    /// After `error: `; `SERVER` stands for the server's URL.
    var words: String
  }

  static let refusals = [
    Refusal(
      testDescription: "expired certificate", credential: .expiredCertificate,
      words:
        "server \"SERVER\" refused the credentials of user \"test-user\" (401): the client certificate of"
        + " \"lab-admin\" expired at 2021-01-01T00:00:00Z; renew it"),
    Refusal(
      testDescription: "foreign certificate", credential: .foreignCertificate,
      words:
        "server \"SERVER\" refused the credentials of user \"test-user\" (401): it does not accept the client"
        + " certificate of \"lab-admin\"; it is probably signed by another authority than this"
        + " cluster's"),
    Refusal(
      testDescription: "key of another certificate", credential: .mismatchedKey,
      words: "cannot reach server \"SERVER\": the client key does not belong to the client"
        + " certificate"),
    Refusal(
      testDescription: "no credentials", credential: .none,
      words: "server \"SERVER\" took us for \"system:anonymous\" (403): no credentials were sent,"
        + " or it does not take this kind; check the user of the kubeconfig context"),
    Refusal(
      testDescription: "worthless token", credential: .token("stale"),
      words:
        "server \"SERVER\" refused the credentials of user \"test-user\" (401): the token is not valid, or no"
        + " longer; log in again"),
    Refusal(
      testDescription: "wrong password", credential: .basic(user: "lab-admin", password: "guess"),
      words:
        "server \"SERVER\" refused the credentials of user \"test-user\" (401): the user name or the password is"
        + " wrong, or it takes no passwords"),
  ]

  @Test(arguments: refusals)
  func isRefused(_ example: Refusal) async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture(server, example.credential)
    let binary = try BinaryUnderTest()
    let result = try await binary.run([], kubeconfig: fixture.url)
    let words = example.words.replacingOccurrences(of: "SERVER", with: server.address.url)
    #expect(result.stderr == "error: \(words)\n")
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(try binary.leftovers() == [])
  }

  @Test func aPluginThatFailsIsQuoted() async throws {
    let server = try await SharedClusters.shared.server()
    var plugin = KubeconfigFixture.ExecPlugin(token: nil)
    plugin.complaint = "please log in first"
    plugin.script = "exit 3"
    let failing = try KubeconfigFixture(server, .exec(plugin))
    let result = try await BinaryUnderTest().run([], kubeconfig: failing.url)
    let script = failing.folder.url.appendingPathComponent("test-plugin").path
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(
      result.stderr == """
        \(script): please log in first
        error: credential plugin "\(script)" failed with exit status 3; its messages went to \
        standard error

        """)
    plugin.command = "/nowhere/plugin"
    plugin.installHint = "install it"
    let missing = try KubeconfigFixture(server, .exec(plugin))
    let absent = try await BinaryUnderTest().run([], kubeconfig: missing.url)
    #expect(absent.status == 1)
    #expect(
      absent.stderr == "error: credential plugin \"/nowhere/plugin\" is not installed; its"
        + " kubeconfig says: install it\n")
  }

  struct ServerCase: Sendable, CustomTestStringConvertible {
    var certificate: TestClusterOptions.ServerCertificate
    var authority = KubeconfigFixture.Authority.cluster
    /// After `error: cannot reach server "…": `.
    var words: String

    var testDescription: String { "\(certificate.rawValue), \(authority)" }
  }

  private static let unknownAuthority =
    "its certificate is signed by an authority that is not trusted; expected one of the"
    + " certificate-authority of the kubeconfig's cluster"

  static let servers = [
    ServerCase(certificate: .good, authority: .other, words: unknownAuthority),
    ServerCase(
      certificate: .good, authority: .none,
      words: "its certificate is signed by an authority that this system does not trust, and the"
        + " kubeconfig's cluster names none; give its file with --certificate-authority"),
    ServerCase(certificate: .otherAuthority, words: unknownAuthority),
    ServerCase(
      certificate: .wrongName,
      words: "its certificate is for other names than \"127.0.0.1\"; use one of its names, or"
        + " tls-server-name"),
    ServerCase(
      certificate: .expired,
      words: "its certificate, or one above it, has expired; the server must renew it"),
  ]

  @Test(arguments: servers)
  func aServerThatProvesNothingIsToldNothing(_ example: ServerCase) async throws {
    var options = TestClusterOptions()
    options.population = .migrated
    options.serverCertificate = example.certificate
    let server = try await TestClusterProcess.start(options)
    let fixture = try KubeconfigFixture(server, .token("admin-token"), authority: example.authority)
    let binary = try BinaryUnderTest()
    let result = try await binary.run([], kubeconfig: fixture.url)
    #expect(
      result.stderr == "error: cannot reach server \"\(server.address.url)\": \(example.words)\n")
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(try await server.log().isEmpty)
  }
}

extension BinaryUnderTest {
  /// Files that runs left in HOME and TMPDIR. (Foundation makes empty folders for caches and
  /// cookies that nobody uses.)
  func leftovers() throws -> [String] {
    let manager = FileManager.default
    return try manager.subpathsOfDirectory(atPath: home.url.path).filter { name in
      // The cache of schemas is meant to stay; CacheTests look into it.
      if name.hasPrefix(".kube/cache/gcr-report/") { return false }
      var isFolder: ObjCBool = false
      let path = home.url.appendingPathComponent(name).path
      return manager.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }
}
