import Foundation
import Kubeconfig
import Synchronization
import Testing

@testable import KubernetesAPI

@Suite struct CredentialProviderTests {
  private let folder: PluginFolder
  private let clock = TestClock()
  private let files = FewFiles()

  init() throws {
    folder = try PluginFolder()
  }

  private func provider(
    _ target: ClusterTarget
  ) -> CredentialProvider {
    let surroundings = folder.surroundings(clock: clock, files: files)
    return CredentialProvider(
      for: target, sources: ExecCredentialSources(surroundings: surroundings))
  }

  private func provider(
    impersonation: Impersonation? = nil, _ change: (inout UserCredentials) -> Void
  ) throws -> CredentialProvider {
    var credentials = UserCredentials()
    change(&credentials)
    return provider(try .make(credentials: credentials, impersonation: impersonation))
  }

  private func oidcToken(expiring date: Date) -> String {
    let payload = Data(#"{"exp":\#(Int(date.timeIntervalSince1970)),"sub":"ü?>"}"#.utf8)
      .base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
      .replacing("=", with: "")
    return "e30.\(payload).c2ln"
  }

  // MARK: Static credentials

  @Test func `nobody in particular`() async throws {
    let provider = try provider { _ in }
    let credentials = try await provider.credentials()
    #expect(credentials == RequestCredentials())
    #expect(credentials.headers.isEmpty)
    #expect(try await provider.refreshAfterUnauthorized(credentials) == nil)
  }

  @Test func `a token`() async throws {
    let provider = try provider { $0.token = Secret("t0ken") }
    let credentials = try await provider.credentials()
    #expect(credentials.headers == [.init(name: "Authorization", value: "Bearer t0ken")])
    #expect(try await provider.refreshAfterUnauthorized(credentials) == nil)
  }

  @Test func `a name and a password`() async throws {
    let provider = try provider {
      $0.basic = UserCredentials.Basic(username: "ann", password: Secret("p:ß"))
    }
    #expect(try await provider.credentials().authorization == "Basic YW5uOnA6w58=")
  }

  @Test func `a client certificate goes along with a token`() async throws {
    let certificate = UserCredentials.ClientCertificate(
      certificatePEM: [1, 2], keyPEM: Secret([3]), origin: "a test")
    let provider = try provider {
      $0.token = Secret("t0ken")
      $0.clientCertificate = certificate
    }
    let credentials = try await provider.credentials()
    #expect(credentials.authorization == "Bearer t0ken")
    #expect(credentials.clientCertificate == certificate)
  }

  @Test func `a token that would break its header is refused`() async throws {
    let provider = try provider { $0.token = Secret("a\r\nX-Other: b") }
    await #expect(throws: CredentialError.unusableHeaderValue(of: "Authorization")) {
      try await provider.credentials()
    }
  }

  // MARK: Token files

  @Test func `a token file is read again when it is time`() async throws {
    files.set("/token", to: "one\n")
    let provider = try provider {
      $0.tokenFile = "/token"
      $0.token = Secret("fallback")
    }
    #expect(try await provider.credentials().authorization == "Bearer one")
    files.set("/token", to: "two")
    clock.advance(seconds: 9)
    #expect(try await provider.credentials().authorization == "Bearer one")
    clock.advance(seconds: 1)
    #expect(try await provider.credentials().authorization == "Bearer two")
    #expect(files.reads == 2)
  }

  @Test func `a refused token is read again at once`() async throws {
    files.set("/token", to: "one")
    let provider = try provider { $0.tokenFile = "/token" }
    let first = try await provider.credentials()
    #expect(try await provider.refreshAfterUnauthorized(first) == nil)
    files.set("/token", to: "two")
    let second = try await provider.refreshAfterUnauthorized(first)
    #expect(second?.authorization == "Bearer two")
    #expect(try await provider.credentials() == second)
    // A request that was on its way with the old one.
    #expect(try await provider.refreshAfterUnauthorized(first) == second)
  }

  @Test func `a token file that goes away keeps its last token`() async throws {
    files.set("/token", to: "one")
    let provider = try provider { $0.tokenFile = "/token" }
    let first = try await provider.credentials()
    files.set("/token", to: nil)
    clock.advance(seconds: 10)
    #expect(try await provider.credentials() == first)
    #expect(try await provider.refreshAfterUnauthorized(first) == nil)
  }

  @Test func `a token file that never was is an error, unless there is a token`() async throws {
    let without = try provider { $0.tokenFile = "/token" }
    await #expect(
      throws: KubeconfigError.unreadable(
        what: "tokenFile", path: "/token", reason: "no such file")
    ) {
      try await without.credentials()
    }
    let with = try provider {
      $0.tokenFile = "/token"
      $0.token = Secret("fallback")
    }
    #expect(try await with.credentials().authorization == "Bearer fallback")
  }

  // MARK: Plugins

  @Test func `a plugin gives token and certificate, and others when refused`() async throws {
    let certificate = "-----BEGIN CERTIFICATE-----"
    let key = "-----BEGIN PRIVATE KEY-----"
    let plugin = try folder.answeringPlugin(
      execCredential(
        """
        {"token":"one","clientCertificateData":"\(certificate)","clientKeyData":"\(key)"}
        """))
    let provider = try provider { $0.exec = plugin }
    let first = try await provider.credentials()
    #expect(first.authorization == "Bearer one")
    #expect(first.clientCertificate?.certificatePEM == Array(certificate.utf8))
    #expect(first.clientCertificate?.keyPEM.revealed == Array(key.utf8))
    try folder.write(execCredential(#"{"token":"two"}"#), to: "answer")
    let second = try #require(try await provider.refreshAfterUnauthorized(first))
    #expect(second.authorization == "Bearer two" && second.clientCertificate == nil)
    #expect(try await provider.credentials() == second)
    #expect(try await provider.refreshAfterUnauthorized(second) == nil)
    #expect(folder.lineCount(of: "runs") == 2)
  }

  @Test func `two contexts of one user share the plugin`() async throws {
    let plugin = try folder.answeringPlugin(execCredential(#"{"token":"one"}"#))
    let sources = ExecCredentialSources(surroundings: folder.surroundings(clock: clock))
    for server in ["https://one.example", "https://two.example"] {
      var credentials = UserCredentials()
      credentials.exec = plugin
      let target = try ClusterTarget.make(server: server, credentials: credentials)
      let provider = CredentialProvider(for: target, sources: sources)
      #expect(try await provider.credentials().authorization == "Bearer one")
    }
    #expect(folder.lineCount(of: "runs") == 1)
  }

  @Test func `an unusable plugin configuration is an error when it is needed`() async throws {
    var plugin = try folder.answeringPlugin("")
    plugin.interactiveMode = nil
    let provider = try provider { $0.exec = plugin }
    await #expect(
      throws: CredentialError.plugin(command: plugin.command, .interactiveModeMissing)
    ) {
      try await provider.credentials()
    }
  }

  // MARK: Legacy providers

  @Test(arguments: [
    (
      "gcp",
      CredentialError.authProviderReplaced(
        user: "me", provider: "gcp", plugin: "gke-gcloud-auth-plugin",
        command: "gcloud container clusters get-credentials CLUSTER")
    ),
    (
      "azure",
      .authProviderReplaced(
        user: "me", provider: "azure", plugin: "kubelogin",
        command: "kubelogin convert-kubeconfig")
    ),
    ("openstack", .authProviderUnknown(user: "me", provider: "openstack")),
  ])
  func `providers that are gone name what took their place`(
    name: String, expected: CredentialError
  ) async throws {
    for token in [nil, Secret("t0ken")] {
      let provider = try provider {
        $0.authProvider = AuthProvider(name: name, config: Secret([:]))
        $0.token = token
      }
      await #expect(throws: expected) { try await provider.credentials() }
    }
  }

  @Test func `oidc uses its id-token until it expires`() async throws {
    let expiry = clock.now.addingTimeInterval(100)
    let token = oidcToken(expiring: expiry)
    let provider = try provider {
      $0.authProvider = AuthProvider(
        name: "oidc", config: Secret(["id-token": token, "refresh-token": "r"]))
    }
    let credentials = try await provider.credentials()
    #expect(credentials.authorization == "Bearer \(token)")
    #expect(try await provider.refreshAfterUnauthorized(credentials) == nil)
    clock.advance(seconds: 90)
    await #expect(
      throws: CredentialError.oidcTokenExpired(user: "me", since: expiry, canBeRefreshed: true)
    ) {
      try await provider.credentials()
    }
  }

  @Test(arguments: ["x", "a.b.c", "e30.e30.x", "e30.eyJleHAiOiJ4In0.x", "e30.eyJleHAiOjFlMzA4fQ.x"])
  func `an id-token without readable expiry is refused`(token: String) async throws {
    let provider = try provider {
      $0.authProvider = AuthProvider(name: "oidc", config: Secret(["id-token": token]))
    }
    await #expect(throws: CredentialError.oidcTokenUnreadable(user: "me")) {
      try await provider.credentials()
    }
  }

  @Test func `oidc without token, and beside one`() async throws {
    let without = try provider {
      $0.authProvider = AuthProvider(name: "oidc", config: Secret([:]))
    }
    await #expect(throws: CredentialError.oidcTokenMissing(user: "me")) {
      try await without.credentials()
    }
    let beside = try provider {
      $0.authProvider = AuthProvider(name: "oidc", config: Secret([:]))
      $0.token = Secret("t0ken")
    }
    #expect(try await beside.credentials().authorization == "Bearer t0ken")
  }

  // MARK: Impersonation and secrecy

  @Test func `impersonation headers as client-go writes them`() async throws {
    let impersonation = Impersonation(
      user: "system:serviceaccount:a:b", uid: "42", groups: ["g2", "g1"],
      extra: ["scopes": ["view", "edit"], "acme.com/pro%ject ü": ["x"]])
    let provider = try provider(impersonation: impersonation) { $0.token = Secret("t") }
    #expect(
      try await provider.credentials().headers == [
        .init(name: "Authorization", value: "Bearer t"),
        .init(name: "Impersonate-User", value: "system:serviceaccount:a:b"),
        .init(name: "Impersonate-Uid", value: "42"),
        .init(name: "Impersonate-Group", value: "g2"),
        .init(name: "Impersonate-Group", value: "g1"),
        .init(name: "Impersonate-Extra-acme.com%2Fpro%25ject%20%C3%BC", value: "x"),
        .init(name: "Impersonate-Extra-scopes", value: "view"),
        .init(name: "Impersonate-Extra-scopes", value: "edit"),
      ])
  }

  @Test func `an impersonated name that would break its header is refused`() async throws {
    let impersonation = Impersonation(user: "a\nb", uid: nil, groups: [], extra: [:])
    let provider = try provider(impersonation: impersonation) { _ in }
    await #expect(throws: CredentialError.unusableHeaderValue(of: "Impersonate-User")) {
      try await provider.credentials()
    }
  }

  @Test func `nothing shows a secret`() async throws {
    var config = ExecConfig()
    config.command = "plugin"
    config.apiVersion = "client.authentication.k8s.io/v1"
    config.interactiveMode = .never
    config.arguments = Secret(["s3cret"])
    config.environment = [.init(name: "A", value: Secret("s3cret"))]
    config.provideClusterInfo = true
    config.clusterConfig = Secret("s3cret")
    let target = try ClusterTarget.make(exec: config)
    let answer = try ExecCredentialAnswer(
      parsing: Array(execCredential(#"{"token":"s3cret"}"#).utf8), of: "plugin",
      expecting: .v1)
    let values: [Any] = [
      RequestCredentials(
        authorization: "s3cret",
        clientCertificate: UserCredentials.ClientCertificate(
          certificatePEM: [1], keyPEM: Secret(Array("s3cret".utf8)), origin: "a test")),
      try AuthenticationPlan(for: target), answer,
      try LegacyAuthProvider(
        AuthProvider(name: "oidc", config: Secret(["id-token": "s3cret"])), user: "me"),
    ]
    for value in values {
      var dumped = ""
      dump(value, to: &dumped)
      for text in [String(describing: value), String(reflecting: value), dumped] {
        #expect(!text.contains("s3cret") && !text.contains("115"))
      }
    }
  }
}

/// A disk of a few files that counts how often it is read.
private final class FewFiles: KubeconfigFiles {
  private let state = Mutex<(contents: [String: String], reads: Int)>(([:], 0))

  var reads: Int { state.withLock { $0.reads } }

  func set(_ path: String, to content: String?) {
    state.withLock { $0.contents[path] = content }
  }

  func read(_ path: String) throws(FileFailure) -> [UInt8] {
    let content = state.withLock { state in
      state.reads += 1
      return state.contents[path]
    }
    guard let content else { throw .missing }
    return Array(content.utf8)
  }

  func fileNames(in directory: String) throws(FileFailure) -> [String] { [] }

  func isExecutable(_ path: String) -> Bool { LocalFiles().isExecutable(path) }
}
