import ImageReferences
import Testing

@testable import RegistryCatalogue

@Suite("What a registry's answer does to a judgement")
struct RegistryProofTests {
  static let digest = "sha256:" + String(repeating: "a", count: 64)
  static let time = "2026-11-21T10:00:00Z"

  static func proof(_ verdict: RegistryProof.Verdict) -> RegistryProof {
    RegistryProof(verdict: verdict, time: time)
  }

  private func judge(_ text: String, _ verdict: RegistryProof.Verdict) throws -> Judgement {
    let (reference, day) = (try reference(text), try day("2026-11-21"))
    return try Catalogue.embedded.judge(reference, asOf: day)
      .proven(by: Self.proof(verdict), of: reference, on: day)
  }

  private func assess(_ judgement: Judgement, _ exposure: Exposure) throws -> RiskAssessment {
    RiskMatrix.assess(
      RiskInput(judgement: judgement, exposure: exposure, asOf: try day("2026-11-21")))
  }

  // Each reference, with its fate when the registry has it, has it not, refuses, says nothing.
  @Test(arguments: [
    // A probe ends; the rule's last fate that needed none holds.
    ("gcr.io/google_containers/pause:3.1", [Fate.frozen, .gone, .probe, .probe]),
    ("minio/minio:1", [.moved, .gone, .probe, .probe]),
    ("gcr.io/kaniko-project/executor:v1", [.frozen, .gone, .probe, .probe]),
    ("gcr.io/acme/app:1", [.ok, .gone, .probe, .probe]),
    // Nothing else is known, but another place is.
    ("staging-k8s.gcr.io/pause:3.1", [.moved, .gone, .probe, .probe]),
    ("gcr.io/etcd-development/etcd:v3", [.moved, .gone, .probe, .probe]),
    // Nothing else is known at all.
    ("gcr.io/stackdriver-agents/x:1", [.ok, .gone, .probe, .probe]),
    // The tag is gone though the place is not.
    ("k8s.gcr.io/pause:3.1", [.frozen, .gone, .frozen, .frozen]),
    ("gcr.io/istio-release/pilot:1", [.retiring, .gone, .retiring, .retiring]),
    // An answer does not make a registry live again.
    ("gcr.io/tekton-releases/x:1", [.gone, .gone, .gone, .gone]),
  ])
  func fates(text: String, expected: [Fate]) throws {
    let verdicts: [RegistryProof.Verdict] = [
      .exists(digest: Self.digest), .gone(code: "MANIFEST_UNKNOWN"), .refused("401"),
      .unknown("why"),
    ]
    #expect(try verdicts.map { try judge(text, $0).fate } == expected)
  }

  @Test func aMissingTagIsCriticalHoweverUnsureItsRule() throws {
    let judgement = try judge("minio/minio:1", .gone(code: "MANIFEST_UNKNOWN"))
    let assessment = try assess(judgement, .pulls)
    #expect(assessment.risk == .critical)
    #expect(
      assessment.reasons == [
        "the registry answered 404 MANIFEST_UNKNOWN at 2026-11-21T10:00:00Z: it is not there",
        "the next start may pull it",
      ])
  }

  @Test func noNodeIsYoungerThanA404() throws {
    let judgement = try judge("minio/minio:1", .gone(code: "NAME_UNKNOWN"))
    var input = RiskInput(judgement: judgement, exposure: .cached, asOf: try day("2026-11-21"))
    input.contraryEvidence = ContraryEvidence(node: "n", created: try day("2026-11-20"))
    #expect(RiskMatrix.assess(input).risk == .high)
  }

  @Test func whatAnswersAlthoughItIsSaidToBeGone() throws {
    let judgement = try judge("gcr.io/tekton-releases/x:1", .exists(digest: Self.digest))
    let expected: [Exposure: Risk] = [
      .failing: .critical, .pulls: .high, .unknown: .high, .cached: .medium, .dormant: .low,
      .history: .info,
    ]
    for (exposure, risk) in expected {
      let assessment = try assess(judgement, exposure)
      #expect(assessment.risk == risk, "\(exposure)")
      #expect(
        assessment.reasons.contains(RiskReasons.registryDisagrees) == (exposure != .failing))
    }
  }

  @Test(arguments: [
    (
      RegistryProof.Verdict.exists(digest: digest),
      "the registry answered at 2026-11-21T10:00:00Z that it has it (sha256:aaaaaaaaaaaa)"
    ),
    (
      .refused("401 without credentials"),
      "gone or private: the registry answered 401 without credentials at 2026-11-21T10:00:00Z"
    ),
    (
      .unknown("rate limited"),
      "whether it is there was asked at 2026-11-21T10:00:00Z and is not known: rate limited"
    ),
  ])
  func words(verdict: RegistryProof.Verdict, expected: String) throws {
    #expect(Self.proof(verdict).sentence == expected)
    let reasons = try assess(try judge("k8s.gcr.io/pause:3.1", verdict), .pulls).reasons
    #expect(reasons[1] == expected)
  }

  @Test(arguments: [
    ("sha256:abc", "sha256:abc"), ("", ""), ("sha512:0123456789abcdef", "sha512:0123456789ab"),
  ])
  func shortDigests(digest: String, expected: String) {
    #expect(RegistryProof.short(digest) == expected)
  }
}
