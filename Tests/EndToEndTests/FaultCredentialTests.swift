import Foundation
import Testing

/// 401: credentials that are refused at once, or while the scan runs.
@Suite struct FaultCredentialTests {
  /// Tells another token at every call: `token-1`, `token-2` …
  private static let counting = KubeconfigFixture.Credential.exec(
    {
      var plugin = KubeconfigFixture.ExecPlugin()
      plugin.script = """
        count=$(wc -l < "$(dirname "$0")/test-plugin-calls" | tr -d ' ')
        printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",'
        printf '"status":{"token":"token-%s"}}' "$count"
        """
      return plugin
    }())

  @Test func aTokenThatExpiresMidScanIsRefreshedOnce() async throws {
    let scan = try await FaultScan(.init(), Self.counting)
    try await scan.server.grant(token: "token-1", to: "lab-token-admin")
    try await scan.server.grant(token: "token-2", to: "lab-token-admin")
    let undisturbed = try await scan.report()
    #expect(scan.kubeconfig.pluginCalls() == 1)
    try await scan.server.grant(token: "token-3", to: "lab-token-admin")
    // Two lists that are asked for at the same time are refused together, and one new token is
    // enough for both.
    try await scan.server.inject(
      .status(401, path: "/replicasets"), .status(401, path: "/jobs"))
    let report = try await scan.report()
    #expect(report.result.status == 0)
    #expect(report.result.stderr.isEmpty)
    #expect(report.text == undisturbed.text)
    #expect(report.gaps.isEmpty)
    #expect(scan.kubeconfig.pluginCalls() == 3)
  }

  @Test func aTokenThatIsRefusedTwiceEndsTheScan() async throws {
    let scan = try await FaultScan(.init(), Self.counting)
    try await scan.server.grant(token: "token-1", to: "lab-token-admin")
    try await scan.server.grant(token: "token-2", to: "lab-token-admin")
    try await scan.server.inject(.status(401, path: "/pods", times: 0))
    let result = try await scan.run()
    #expect(result.status == 1)
    #expect(result.stdout.isEmpty)
    #expect(
      result.stderr == """
        error: server "\(scan.url)" refused the credentials of user "test-user" (401): the token \
        is not valid, or no longer; log in again

        """)
    #expect(scan.kubeconfig.pluginCalls() == 2)
    #expect(try await scan.lists(of: "pods").count == 2)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let credential: KubeconfigFixture.Credential
    let words: String
    var testDescription: String { name }
  }

  static let refused: [Case] = [
    Case(
      name: "wrong token", credential: .token("no-such-token"),
      words: "the token is not valid, or no longer; log in again"),
    Case(
      name: "wrong password", credential: .basic(user: "lab-admin", password: "wrong"),
      words: "the user name or the password is wrong, or it takes no passwords"),
    Case(
      name: "foreign certificate", credential: .foreignCertificate,
      words: "it does not accept the client certificate of \"lab-admin\"; it is probably signed by"
        + " another authority than this cluster's"),
  ]

  @Test(arguments: refused)
  func refusedCredentialsAreNamed(_ refused: Case) async throws {
    var options = TestClusterOptions()
    options.sendsChallenge = true
    let scan = try await FaultScan(options, refused.credential)
    let result = try await scan.run()
    #expect(result.status == 1)
    #expect(result.stdout.isEmpty)
    #expect(
      result.stderr
        == "error: server \"\(scan.url)\" refused the credentials of user \"test-user\" (401):"
        + " \(refused.words)\n")
    #expect(try await scan.server.statistics().requests == 1)
  }

  @Test func anExpiredCertificateIsDated() async throws {
    let scan = try await FaultScan(.init(), .expiredCertificate)
    let result = try await scan.run()
    #expect(result.status == 1)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains("refused the credentials of user \"test-user\" (401)"))
    #expect(result.stderr.contains("the client certificate of \"lab-admin\" expired at 20"))
    #expect(result.stderr.hasSuffix("; renew it\n"))
  }

  @Test func nobodyIsTakenForAnonymous() async throws {
    let scan = try await FaultScan(.init(), .none)
    let result = try await scan.run()
    #expect(result.status == 1)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains("took us for \"system:anonymous\" (403)"))
  }
}
