import Foundation
import Kubeconfig
import Testing

@testable import KubernetesAPI

@Suite struct ExecCredentialAnswerTests {
  private static let certificate = "-----BEGIN CERTIFICATE-----\\nMII\\n-----END CERTIFICATE-----"
  private static let key = "-----BEGIN EC PRIVATE KEY-----\\nMHc\\n-----END EC PRIVATE KEY-----"

  private func parse(
    _ text: String, version: ExecPlugin.APIVersion = .v1
  ) throws(CredentialError.PluginProblem) -> ExecCredentialAnswer {
    try ExecCredentialAnswer(parsing: Array(text.utf8), of: "plugin", expecting: version)
  }

  @Test func `a token with its expiry`() throws {
    let answer = try parse(
      " \n"
        + execCredential(
          #"{"token":"t0ken","expirationTimestamp":"2026-11-21T10:00:00.5+02:00","extra":[1]}"#)
        + "\n")
    #expect(answer.token == Secret("t0ken"))
    #expect(answer.clientCertificate == nil)
    #expect(answer.expires == Date(timeIntervalSince1970: 1_795_248_000))
  }

  @Test func `a client certificate, of either version`() throws {
    let status = """
      {"clientCertificateData":"\(Self.certificate)","clientKeyData":"\(Self.key)",\
      "expirationTimestamp":null}
      """
    let text = execCredential(status, apiVersion: "client.authentication.k8s.io/v1beta1")
    let answer = try parse(text, version: .v1beta1)
    #expect(answer.token == nil && answer.expires == nil)
    let certificate = try #require(answer.clientCertificate)
    #expect(certificate.certificatePEM == Array(Self.certificate.replacing("\\n", with: "\n").utf8))
    #expect(certificate.keyPEM.revealed == Array(Self.key.replacing("\\n", with: "\n").utf8))
    #expect(certificate.origin == #"client certificate of credential plugin "plugin""#)
  }

  @Test func `Go's zero time is no expiry`() throws {
    let answer = try parse(
      execCredential(#"{"token":"t","expirationTimestamp":"0001-01-01T00:00:00Z"}"#))
    #expect(answer.expires == nil)
  }

  struct Refusal: Sendable {
    var text: String
    var problem: CredentialError.PluginProblem
  }

  static let refusals: [Refusal] = [
    .init(text: "", problem: .outputEmpty),
    .init(text: " \r\n\t", problem: .outputEmpty),
    .init(text: "secret-token", problem: .outputNotJSON),
    .init(text: "{", problem: .outputNotJSON),
    .init(text: execCredential(#"{"token":"t"}"#) + "{}", problem: .outputNotJSON),
    .init(text: "\u{0}", problem: .outputNotJSON),
    .init(text: "[]", problem: .outputOfWrongKind),
    .init(text: "null", problem: .outputOfWrongKind),
    .init(text: "{}", problem: .outputOfWrongKind),
    .init(text: #"{"kind":"Status"}"#, problem: .outputOfWrongKind),
    .init(text: #"{"kind":7}"#, problem: .outputFieldInvalid("kind")),
    .init(
      text: execCredential("{}", apiVersion: "client.authentication.k8s.io/v1beta1"),
      problem: .outputOfWrongVersion(
        found: "client.authentication.k8s.io/v1beta1",
        expected: "client.authentication.k8s.io/v1")),
    .init(
      text: execCredential("{}", apiVersion: "a-secret"),
      problem: .outputOfWrongVersion(found: nil, expected: "client.authentication.k8s.io/v1")),
    .init(
      text: #"{"kind":"ExecCredential"}"#,
      problem: .outputOfWrongVersion(found: nil, expected: "client.authentication.k8s.io/v1")),
    .init(text: execCredential("null"), problem: .outputWithoutStatus),
    .init(text: execCredential("7"), problem: .outputFieldInvalid("status")),
    .init(text: execCredential(#"{"token":7}"#), problem: .outputFieldInvalid("status.token")),
    .init(text: execCredential("{}"), problem: .outputWithoutCredential),
    .init(text: execCredential(#"{"token":""}"#), problem: .outputWithoutCredential),
    .init(text: execCredential(#"{"token":"a\r\nHost: b"}"#), problem: .tokenUnusable),
    .init(
      text: execCredential(#"{"token":"t","expirationTimestamp":"tomorrow"}"#),
      problem: .outputFieldInvalid("status.expirationTimestamp")),
    .init(
      text: execCredential(#"{"token":"t","clientCertificateData":"\#(certificate)"}"#),
      problem: .certificateWithoutKey),
    .init(
      text: execCredential(#"{"clientKeyData":"\#(key)"}"#), problem: .keyWithoutCertificate),
    .init(
      text: execCredential(#"{"clientCertificateData":"MII","clientKeyData":"MHc"}"#),
      problem: .certificateNotPEM),
  ]

  @Test(arguments: refusals)
  func `every other answer has its own error`(refusal: Refusal) {
    #expect(throws: refusal.problem) { try parse(refusal.text) }
  }

  @Test func `a truncated answer is never half understood`() {
    let whole = execCredential(#"{"token":"t0ken","expirationTimestamp":"2026-11-21T10:00:00Z"}"#)
    for length in 1..<whole.utf8.count {
      #expect(throws: CredentialError.PluginProblem.outputNotJSON) {
        try parse(String(whole.prefix(length)))
      }
    }
  }
}

@Suite struct RFC3339Tests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0.0),
    ("2000-02-29T23:59:59Z", 951_868_799),
    ("2026-11-21T08:00:00.123456789Z", 1_795_248_000),
    ("2026-11-21T08:00:00+00:00", 1_795_248_000),
    ("2026-11-21T03:00:00-05:00", 1_795_248_000),
    ("1969-12-31T23:59:59Z", -1),
  ])
  func `dates`(text: String, seconds: Double) {
    #expect(RFC3339.date(from: text) == Date(timeIntervalSince1970: seconds))
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T08:00:00", "2026-11-21 08:00:00Z", "2026-13-01T00:00:00Z",
    "2026-02-29T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T08:60:00Z",
    "2026-11-21T08:00:00.Z", "2026-11-21T08:00:00Zx", "2026-11-21T08:00:00+0200",
    "+026-11-21T08:00:00Z", "２026-11-21T08:00:00Z",
  ])
  func `no dates`(text: String) {
    #expect(RFC3339.date(from: text) == nil)
  }
}
