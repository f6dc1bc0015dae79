import Foundation
import Testing

@testable import KubernetesAPI

@Suite struct CredentialErrorTests {
  struct Wording: Sendable {
    var error: CredentialError
    var text: String
  }

  private static func plugin(
    _ problem: CredentialError.PluginProblem, _ predicate: String
  ) -> Wording {
    Wording(
      error: .plugin(command: "get-token", problem),
      text: "credential plugin \"get-token\" \(predicate)")
  }

  private static let expectation =
    "expected one ExecCredential object; run it by hand to see what it prints"
  private static let login =
    "sign in again with kubelogin (\"kubectl oidc-login\") or your provider's own command"

  static let plugins: [Wording] = [
    plugin(
      .unsupportedAPIVersion("v0"),
      """
      is configured for apiVersion "v0", expected "client.authentication.k8s.io/v1" or \
      "client.authentication.k8s.io/v1beta1"; update the plugin and have it write the kubeconfig \
      anew
      """),
    plugin(
      .interactiveModeMissing,
      """
      has no interactiveMode, which client.authentication.k8s.io/v1 requires; set \
      "exec.interactiveMode" to "Never", "IfAvailable" or "Always"
      """),
    plugin(
      .denied,
      """
      is not allowed by the credentialPluginPolicy of your kuberc; add it to \
      credentialPluginAllowlist there
      """),
    plugin(
      .terminalNeeded(because: "standard input is not a terminal"),
      """
      needs a terminal to ask you, but standard input is not a terminal; run it from a terminal
      """),
    plugin(
      .notFound(installHint: ""),
      """
      is not installed: PATH (without the current folder) holds no such executable; install it or \
      write its full path into the kubeconfig
      """),
    Wording(
      error: .plugin(command: "/opt/get-token", .notFound(installHint: "")),
      text: """
        credential plugin "/opt/get-token" is no file that can be executed; install it, or correct \
        its path in the kubeconfig
        """),
    plugin(
      .notFound(installHint: "brew install get-token"),
      "is not installed; its kubeconfig says: brew install get-token"),
    plugin(
      .notStarted(code: ENOEXEC),
      "could not be started: exec format error; run it by hand to see why"),
    plugin(
      .failed(status: 3), "failed with exit status 3; its messages went to standard error"),
    plugin(.signalled(9), "was ended by signal 9; run it by hand to see why"),
    plugin(
      .statusLost(code: ECHILD), "ended in an unknown way: no child processes; try again"),
    plugin(
      .timedOut(after: .seconds(60)),
      "gave no answer within 60 s and was ended; run it by hand to see what it waits for"),
    plugin(
      .timedOut(after: .milliseconds(1500)),
      "gave no answer within 1500 ms and was ended; run it by hand to see what it waits for"),
    plugin(
      .outputTooLarge(limit: 1024), "printed more than 1024 bytes and was ended; \(expectation)"),
    plugin(.outputEmpty, "printed nothing on standard output; \(expectation)"),
    plugin(.outputNotJSON, "printed something that is not JSON; \(expectation)"),
    plugin(
      .outputOfWrongKind, "printed an object that is not an ExecCredential; \(expectation)"),
    plugin(
      .outputOfWrongVersion(found: "a", expected: "b"),
      """
      answered with apiVersion "a", expected "b"; set "exec.apiVersion" in the kubeconfig to what \
      the plugin speaks
      """),
    plugin(
      .outputOfWrongVersion(found: nil, expected: "b"),
      """
      answered with apiVersion of another kind, expected "b"; set "exec.apiVersion" in the \
      kubeconfig to what the plugin speaks
      """),
    plugin(
      .outputFieldInvalid("status.token"),
      "answered with an invalid field \"status.token\"; \(expectation)"),
    plugin(.outputWithoutStatus, "answered without a status; \(expectation)"),
    plugin(
      .outputWithoutCredential,
      """
      answered with neither a token nor a client certificate; sign in again with its own tool
      """),
    plugin(
      .certificateWithoutKey,
      "answered with a client certificate but no key; update the plugin"),
    plugin(
      .keyWithoutCertificate,
      "answered with a client key but no certificate; update the plugin"),
    plugin(
      .certificateNotPEM,
      "answered with a client certificate or key that is not PEM; update the plugin"),
    plugin(
      .tokenUnusable,
      "answered with a token that contains a control character; update the plugin"),
  ]

  static let users: [Wording] = [
    .init(
      error: .authProviderReplaced(user: "me", provider: "gcp", plugin: "p", command: "c d"),
      text: """
        user "me" uses the auth provider "gcp", which kubectl no longer has; install p and run \
        "c d"
        """),
    .init(
      error: .authProviderUnknown(user: "me", provider: "x"),
      text: """
        user "me" uses the unknown auth provider "x", expected "oidc"; configure an exec \
        credential plugin instead
        """),
    .init(error: .oidcTokenMissing(user: "me"), text: "user \"me\" has no OIDC id-token; \(login)"),
    .init(
      error: .oidcTokenUnreadable(user: "me"),
      text: """
        the OIDC id-token of user "me" is not a JSON web token with an expiry; \(login)
        """),
    .init(
      error: .oidcTokenExpired(
        user: "me", since: Date(timeIntervalSince1970: 1_795_248_000), canBeRefreshed: false),
      text: "the OIDC id-token of user \"me\" expired at 2026-11-21T08:00:00Z; \(login)"),
    .init(
      error: .oidcTokenExpired(
        user: "me", since: Date(timeIntervalSince1970: 1_795_248_000), canBeRefreshed: true),
      text: """
        the OIDC id-token of user "me" expired at 2026-11-21T08:00:00Z; run "kubectl version", \
        which refreshes it, or \(login)
        """),
    .init(
      error: .unusableHeaderValue(of: "Impersonate-User"),
      text: "the value for \"Impersonate-User\" contains a control character; remove it"),
  ]

  @Test(arguments: plugins + users)
  func `every error says what happened and what to do`(wording: Wording) {
    #expect(wording.error.description == wording.text)
  }
}
