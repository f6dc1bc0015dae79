import Foundation
import ImageReferences
import Kubeconfig
import TemporaryFolder
import Testing

@testable import RegistryProbes

@Suite struct CredentialTests {
  private static let jane = RegistryCredentials.password(user: "jane", Secret("a:b"))

  // The spellings of docker/cli's config/credentials; amFuZTphOmI= is jane:a:b.
  @Test(arguments: [
    ("{}", nil), ("{\"auths\":{}}", nil), ("{\"auths\":{\"reg.test\":{}}}", nil),
    ("{\"auths\":{\"reg.test\":{\"auth\":\"amFuZTphOmI=\"}}}", jane),
    ("{\"auths\":{\"https://reg.test/v1/\":{\"auth\":\"amFuZTphOmI=\"}}}", jane),
    ("{\"auths\":{\"reg.test\":{\"auth\":\"amFuZTphOmIA\"}}}", jane),
    ("{\"auths\":{\"other.reg.test\":{\"auth\":\"amFuZTphOmI=\"}}}", nil),
    ("{\"auths\":{\"reg.test\":{\"username\":\"jane\",\"password\":\"a:b\"}}}", jane),
    ("{\"auths\":{\"reg.test\":{\"identitytoken\":\"t\"}}}", .identity(Secret("t"))),
    ("{\"auths\":{\"reg.test\":{\"registrytoken\":\"t\"}}}", .bearer(Secret("t"))),
  ])
  func stored(configuration: String, expected: RegistryCredentials?) async throws {
    #expect(
      try await CredentialKeeper.make(configuration).credentials(of: "reg.test") == expected)
  }

  @Test(arguments: ["docker.io", "index.docker.io"])
  func dockerHubHasANameOfItsOwn(registry: String) async throws {
    let keeper = CredentialKeeper.make(
      "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"amFuZTphOmI=\"}}}")
    #expect(try await keeper.credentials(of: registry) == Self.jane)
  }

  @Test(arguments: [
    ("[", CredentialsError.malformedConfiguration), ("", .malformedConfiguration),
    ("{\"auths\":[]}", .malformedConfiguration),
    ("{\"auths\":{\"reg.test\":{\"auth\":\"amFuZQ==\"}}}", .malformedEntry),
    ("{\"auths\":{\"reg.test\":{\"auth\":\"?\"}}}", .malformedEntry),
    ("{\"credsStore\":\"../evil\"}", .badHelperName),
    ("{\"credsStore\":\"none-such\"}", .helperMissing("docker-credential-none-such")),
  ])
  func wrong(configuration: String, expected: CredentialsError) async throws {
    await #expect(throws: expected) {
      try await CredentialKeeper.make(configuration).credentials(of: "reg.test")
    }
  }

  // MARK: Helpers

  /// A helper that does this; `$asked` is what it read.
  ///
  /// The program itself is a file of the project: one that was written a moment ago another
  /// thread's spawn may keep from being executed (ETXTBSY).
  private func ask(_ script: String, of registry: String = "reg.test") async throws
    -> RegistryCredentials?
  {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let words = try folder.write("\(script)\n", to: "script")
    let programs = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Server")
    return try await CredentialKeeper.make(
      "{\"credsStore\":\"none\",\"credHelpers\":{\"\(registry)\":\"test\"}}",
      environment: ["PATH": "\(programs.path):/usr/bin:/bin", "SCRIPT": words.path]
    ).credentials(of: registry)
  }

  @Test func aHelperIsAskedThroughItsInput() async throws {
    #expect(
      try await ask("printf '{\"Username\":\"%s %s\",\"Secret\":\"a:b\"}' \"$1\" \"$asked\"")
        == .password(user: "get reg.test", Secret("a:b")))
    #expect(
      try await ask("echo '{\"Username\":\"<token>\",\"Secret\":\"t\"}'")
        == .identity(Secret("t")))
  }

  @Test func aHelperThatHoldsNothing() async throws {
    #expect(try await ask("echo credentials not found in native keychain; exit 1") == nil)
  }

  @Test(arguments: [
    ("exit 3", CredentialsError.helperFailed("docker-credential-test")),
    ("kill -9 $$", .helperFailed("docker-credential-test")),
    ("head -c 2000000 /dev/zero", .helperFailed("docker-credential-test")),
    ("echo '{'", .helperAnswer("docker-credential-test")),
    ("echo '{\"Username\":\"u\",\"Secret\":\"\"}'", .helperAnswer("docker-credential-test")),
  ])
  func aHelperThatFails(script: String, expected: CredentialsError) async throws {
    await #expect(throws: expected) { try await ask(script) }
  }

  @Test func noDescriptionShowsASecret() {
    for credentials in [Self.jane, .identity(Secret("a:b")), .bearer(Secret("a:b"))] {
      #expect(!"\(credentials)".contains("a:b"))
      #expect(!String(reflecting: credentials).contains("a:b"))
    }
  }

  @Test(arguments: [
    ("nginx", "https://registry-1.docker.io"),
    ("index.docker.io/a/b", "https://registry-1.docker.io"),
    ("registry.k8s.io/pause", "https://registry.k8s.io"),
    ("plain.test:5000/a", "http://plain.test:5000"),
    ("[::1]:5000/a", "https://[::1]:5000"),
  ])
  func endpoints(image: String, expected: String) throws {
    let reference = try #require(ImageText.parse(image).reference)
    let endpoint = RegistryEndpoint(reference, plainHTTP: ["plain.test:5000"])
    #expect(endpoint.url("")?.absoluteString == expected)
  }

  @Test(arguments: [
    ("http://127.0.0.1:5/", true), ("http://localhost/", true), ("http://[::1]:5/", true),
    ("http://127.evil.test/", false), ("http://10.0.0.1/", false), ("https://a.test/", true),
  ])
  func whereSecretsMayGo(url: String, expected: Bool) throws {
    let url = try #require(URL(string: url))
    let hosts: Set = ["127.0.0.1:5", "localhost", "[::1]:5", "127.evil.test", "10.0.0.1"]
    #expect(RegistryEndpoint(url, plainHTTP: hosts)?.isConfidential == expected)
  }
}
