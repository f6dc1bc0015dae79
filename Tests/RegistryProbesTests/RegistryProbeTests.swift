import CurlTransport
import Foundation
import ImageReferences
import Testing

@testable import RegistryProbes

/// The probe against the registries of Server/registry.py.
@Suite struct RegistryProbeTests {
  private let registry: LocalRegistry

  init() throws { registry = try LocalRegistry.shared }

  private func indexDigest() async throws -> String {
    try #require(try await registry.ask("no-digest:digest").image?.digest)
  }

  @Test(arguments: [
    ("missing:1", ProbeOutcome.gone(code: "MANIFEST_UNKNOWN")),
    ("no-name:1", .gone(code: "NAME_UNKNOWN")),
    ("page-404:1", .unknown(.notFoundWithoutCode)),
    ("login-page:1", .unknown(.notAManifest(contentType: "text/html"))),
    ("invalid-name:1", .noAccess(.nameRefused)),
    ("broken-request:1", .unknown(.status(400))),
    ("forbidden:1", .noAccess(.forbidden(hasCredentials: false))),
    ("internal:1", .unknown(.status(500))),
    ("garbage:1", .unknown(.malformed(.manifest))),
    ("deep:1", .unknown(.malformed(.manifest))),
    ("huge:1", .unknown(.transport(.bodyTooLarge(limit: 4 << 20)))),
    ("token-forbidden:1", .noAccess(.noToken(status: 403, hasCredentials: false))),
    ("token-user:1", .noAccess(.noToken(status: 401, hasCredentials: false))),
    ("token-broken:1", .unknown(.malformed(.token))),
    ("token-empty:1", .unknown(.malformed(.token))),
    ("still-refused:1", .noAccess(.refused(hasCredentials: false))),
    ("evil-realm:1", .unknown(.unsafeRealm)),
    ("file-realm:1", .unknown(.unsafeRealm)),
    ("odd-challenge:1", .unknown(.unknownChallenge)),
    ("basic:1", .noAccess(.refused(hasCredentials: false))),
    ("circle:1", .unknown(.tooManyRedirects)),
    ("moved-to-file:1", .unknown(.unsafeRedirect(to: "file://"))),
    ("moved-to-http:1", .unknown(.unsafeRedirect(to: "http://169.254.169.254"))),
    ("moved-nowhere:1", .unknown(.unsafeRedirect(to: ""))),
  ])
  func whatIsNotThereIsToldFromWhatIsNotKnown(name: String, expected: ProbeOutcome) async throws {
    #expect(try await registry.ask(name) == expected)
  }

  @Test(arguments: ["moved-to-login:1"])
  func aRedirectToALoginIsNoAnswer(name: String) async throws {
    #expect(
      try await registry.ask(name)
        == .unknown(.redirectedToLogin(host: "127.0.0.1:\(registry.other)")))
  }

  @Test(arguments: ["open:1", "moved:1", "bad-digest:1", "token:1", "token-scope:1", "only-get:1"])
  func thereAndWhich(name: String) async throws {
    #expect(
      try await registry.ask(name) == .exists(FoundImage(digest: try await indexDigest())))
  }

  @Test func aDigestInTheHeaderNeedsNoBody() async throws {
    _ = try await registry.ask("open:head-only")
    let requests = try await registry.log(of: "head-only")
    #expect(requests.map(\.method) == ["HEAD"])
    #expect(requests.first?.accept?.split(separator: ",").count == 4)
  }

  @Test func platformsOfAnIndexAndOfASingleImage() async throws {
    let digest = try await indexDigest()
    let image = try #require(try await registry.ask("open:1", platforms: true).image)
    #expect(image.digest == digest)
    #expect(image.platforms == ["linux/amd64", "linux/arm64"])
    // SHA-256 of "a" and "b", which stand for the two images; "c" is an attestation.
    #expect(
      image.children == [
        "sha256:ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
        "sha256:3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",
      ])
    #expect(
      try await registry.ask("single:1", platforms: true).image?.platforms == ["linux/arm64"])
  }

  @Test func aDigestThatLies() async throws {
    #expect(
      try await registry.ask("wrong-digest:1", platforms: true) == .unknown(.digestMismatch))
    let pinned = "open@sha256:" + String(repeating: "0", count: 64)
    #expect(try await registry.ask(pinned) == .unknown(.digestMismatch))
    let echoed = "echo-digest@sha256:" + String(repeating: "0", count: 64)
    #expect(try await registry.ask(echoed, platforms: true) == .unknown(.digestMismatch))
  }

  // MARK: Waiting

  @Test func waitsAsLongAsItIsTold() async throws {
    let waits = Waits()
    #expect(try await registry.ask("busy:\(UUID())", waits: waits).image != nil)
    #expect(waits.all == [.seconds(7), .seconds(7)])
  }

  @Test(arguments: [
    ("always-busy:1", 7, [Duration.seconds(7), .seconds(7)]), ("long-busy:1", 86400, []),
  ])
  func givesUp(name: String, wait: Int, expected: [Duration]) async throws {
    let waits = Waits()
    #expect(try await registry.ask(name, waits: waits) == .unknown(.rateLimited(wait: wait)))
    #expect(waits.all == expected)
  }

  /// Neither a number nor a date, or so far away that no wait can be meant.
  @Test(arguments: [
    "-9999999999999999999", "soon", "1e3", "Sun, 31 Nov 1994 08:49:37 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT", "2000000",
  ])
  func aWaitThatSaysNothingIsOurs(value: String) async throws {
    let waits = Waits()
    #expect(try await registry.askBusy(value, waits: waits).image != nil)
    #expect(waits.all == [.seconds(1)])
  }

  /// RFC 9110, section 10.2.3: a date is as good as seconds; the clock here says 08:49:00.
  @Test(arguments: [
    ("Sun, 06 Nov 1994 08:49:07 GMT", 7), ("Sunday, 06-Nov-94 08:49:07 GMT", 7),
    ("Sun Nov  6 08:49:07 1994", 7), ("Sun, 06 Nov 1994 08:49:30 GMT", 30),
    ("Sun, 06 Nov 1994 08:49:00 GMT", 0), ("Sun, 06 Nov 1994 07:00:00 GMT", 0),
  ])
  func waitsUntilTheDate(value: String, seconds: Int) async throws {
    let waits = Waits()
    #expect(try await registry.askBusy(value, waits: waits).image != nil)
    #expect(waits.all == [.seconds(seconds)])
  }

  /// The same limit as for seconds.
  @Test func aDateThatIsTooFarAwayEndsTheQuestion() async throws {
    let waits = Waits()
    #expect(
      try await registry.askBusy("Sun, 06 Nov 1994 08:49:31 GMT", waits: waits)
        == .unknown(.rateLimited(wait: 31)))
    #expect(waits.all == [])
  }

  // MARK: Credentials

  // jane:s3cret
  private static let jane = "\"auth\":\"amFuZTpzM2NyZXQ=\""

  @Test(arguments: ["basic:1", "token-user:1", "token:1"])
  func withAPassword(name: String) async throws {
    #expect(try await registry.ask(name, auth: Self.jane).image != nil)
  }

  @Test func withARefreshToken() async throws {
    #expect(
      try await registry.ask("token-refresh:1", auth: "\"identitytoken\":\"r/t\"").image != nil)
    #expect(
      try await registry.ask("token-refresh:1", auth: "\"identitytoken\":\"other\"")
        == .noAccess(.noToken(status: 401, hasCredentials: true)))
  }

  @Test func withAWrongPassword() async throws {
    #expect(
      try await registry.ask("basic:1", auth: "\"username\":\"jane\",\"password\":\"no\"")
        == .noAccess(.refused(hasCredentials: true)))
  }

  @Test func nothingSecretLeavesTheHost() async throws {
    let tag = "secret-\(UUID())"
    #expect(try await registry.ask("moved-away:\(tag)", auth: Self.jane).image != nil)
    #expect(try await registry.ask("moved-and-back:\(tag)", auth: Self.jane).image != nil)
    let requests = try await registry.log(of: tag)
    let elsewhere = requests.filter { $0.port == registry.other }
    #expect(elsewhere.count == 2)
    #expect(elsewhere.allSatisfy { $0.authorization == nil })
    #expect(requests.last?.port == registry.port)
    #expect(requests.last?.authorization == nil)
  }

  @Test func nobodyIsAskedForCredentialsBeforeTheRegistryIs() async throws {
    #expect(try await registry.ask("open:1", auth: "\"auth\":\"%%%\"").image != nil)
    #expect(
      try await registry.ask("basic:1", auth: "\"auth\":\"%%%\"")
        == .unknown(.credentials(.malformedEntry)))
  }

  // MARK: Connections

  @Test func aWaitIsForEverybodyWhoAsksThisHost() async throws {
    let waits = Waits()
    let probe = try registry.probe(waits: waits)
    let name = "crowd:\(UUID())"
    let reference = try registry.reference(name)
    try await withThrowingTaskGroup(of: ProbeOutcome.self) { group in
      for _ in 0..<8 { group.addTask { try await probe.ask(reference, wantsPlatforms: false) } }
      for try await outcome in group { #expect(outcome.image != nil) }
    }
    #expect(waits.all == [.seconds(7)])
    // One answer 429, and one for each.
    #expect(try await registry.log(of: name.replacing("crowd:", with: "")).count == 9)
  }

  @Test func anAuthorityThatNobodyTrusts() async throws {
    let probe = RegistryProbe(
      options: ProbeOptions(userAgent: "test", timeout: .seconds(20), now: { 0 }),
      credentials: .make(nil))
    let outcome = try await probe.ask(try registry.reference("open:1"), wantsPlatforms: false)
    #expect(outcome == .unknown(.transport(.tls(.unknownToSystem))))
  }

  @Test func aHostThatCannotBeReachedIsTriedOnce() async throws {
    let tries = Waits()
    let probe = RegistryProbe(
      options: ProbeOptions(
        userAgent: "test", timeout: .seconds(20), now: { 0 },
        trace: { _, _, _ in tries.note(.zero) }),
      credentials: .make(nil))
    let reference = try #require(ImageText.parse("127.0.0.1:1/app:1").reference)
    for _ in 0..<3 {
      #expect(
        try await probe.ask(reference, wantsPlatforms: false)
          == .unknown(.transport(.connectionRefused(host: "127.0.0.1", port: 1))))
    }
    #expect(tries.all.count == 1)
  }

  @Test func plainHTTPOnlyWhenTold() async throws {
    let reference = try #require(
      ImageText.parse("\(registry.plainHost)/token-user:1").reference)
    let silent = try await registry.probe().ask(reference, wantsPlatforms: false)
    guard case .unknown(.transport(.tls)) = silent else {
      Issue.record("\(silent)")
      return
    }
    let configuration = "{\"auths\":{\"\(registry.plainHost)\":{\(Self.jane)}}}"
    let told = RegistryProbe(
      options: ProbeOptions(userAgent: "test", plainHTTP: [registry.plainHost], now: { 0 }),
      credentials: .make(configuration))
    #expect(try await told.ask(reference, wantsPlatforms: false).image != nil)
  }
}
