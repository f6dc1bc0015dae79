import ImageReferences
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

/// Findings once registries have answered.
@Suite("What registries answered") struct RegistryAnswersTests {
  private static let catalogue = Result {
    try Catalogue(
      Array(
        """
        apiVersion: gcr-report/v1
        kind: RegistryCatalogue
        version: 2026.11.20
        date: 2026-11-20
        rules:
        - id: maybe
          title: A doubtful registry
          match: [maybe.example]
          certainty: reported
          fates: [{fate: probe}]
          replacement: {image: 'live.example/{path}:{tag}', mechanical: true}
          what: Nobody knows.
          advice: Ask it.
          sources: ['https://example.com/maybe']
          examples: [maybe.example/x:1]

        """.utf8), path: "catalogue.yaml")
  }

  private static let time = "2026-11-21T10:00:00Z"
  private static let one = "sha256:" + String(repeating: "1", count: 64)
  private static let two = "sha256:" + String(repeating: "2", count: 64)

  private static func exists(
    _ digest: String, platforms: [String]? = nil, children: [String] = []
  ) -> RegistryProof {
    RegistryProof(
      verdict: .exists(digest: digest), time: time, platforms: platforms, children: children)
  }

  private static func proof(_ verdict: RegistryProof.Verdict) -> RegistryProof {
    RegistryProof(verdict: verdict, time: time)
  }

  private func finding(
    _ proofs: [String: RegistryProof], platforms: Set<String> = []
  ) throws -> Finding {
    let use = ImageUse.make("maybe.example/x:1")
    let workload = Workload(identity: use.workload, activity: .active(desired: 1))
    let classifier = Classifier(
      catalogue: try Self.catalogue.get(), asOf: .make("2026-11-21"),
      exposureRule: ExposureRule(assuming: .pulls),
      answers: RegistryAnswers(proofs: proofs, platforms: platforms, day: .make("2026-11-21")))
    let inventory = ClusterInventory(workloads: [workload], uses: [use], namespaces: [])
    return try #require(classifier.findings(in: inventory).first)
  }

  struct Case: Sendable {
    var proofs: [String: RegistryProof]
    var platforms: Set<String> = []
    var fate: Fate
    var risk: Risk
    var isMechanical: Bool
    /// The last reasons.
    var reasons: [String]
  }

  private static let old = "maybe.example/x:1"
  private static let new = "live.example/x:1"
  private static let has =
    "the registry answered at 2026-11-21T10:00:00Z that it has it (sha256:111111111111)"

  private static let cases: [Case] = [
    Case(
      proofs: [old: exists(one), new: exists(one)], fate: .moved, risk: .medium,
      isMechanical: true, reasons: ["live.example/x:1 is the same image, by its digest"]),
    Case(
      proofs: [old: exists(one), new: exists(two, children: [one])], fate: .moved, risk: .medium,
      isMechanical: true, reasons: ["live.example/x:1 is the same image, by its digest"]),
    Case(
      proofs: [old: exists(one), new: exists(two)], fate: .moved, risk: .medium,
      isMechanical: false,
      reasons: [
        "live.example/x:1 is another image (sha256:222222222222): compare them before you change"
          + " the reference"
      ]),
    Case(
      proofs: [old: proof(.gone(code: "NAME_UNKNOWN")), new: exists(two)], fate: .gone,
      risk: .critical, isMechanical: true,
      reasons: ["live.example/x:1 is there (sha256:222222222222)"]),
    Case(
      proofs: [old: exists(one), new: proof(.gone(code: "MANIFEST_UNKNOWN"))], fate: .moved,
      risk: .medium, isMechanical: false,
      reasons: [
        "live.example/x:1 is not there: its registry answered 404 MANIFEST_UNKNOWN at"
          + " 2026-11-21T10:00:00Z"
      ]),
    Case(
      proofs: [old: proof(.refused("403")), new: proof(.refused("401"))], fate: .probe,
      risk: .low, isMechanical: true,
      reasons: [
        "live.example/x:1 is gone or private: its registry answered 401 at 2026-11-21T10:00:00Z"
      ]),
    Case(
      proofs: [old: proof(.unknown("why")), new: proof(.unknown("for that"))], fate: .probe,
      risk: .low, isMechanical: true,
      reasons: ["whether live.example/x:1 is there is not known: for that"]),
    Case(
      proofs: [
        old: exists(one, platforms: ["linux/amd64"]),
        new: exists(one, platforms: ["linux/amd64", "linux/arm64"]),
      ], platforms: ["linux/amd64", "linux/arm64"], fate: .moved, risk: .medium,
      isMechanical: true,
      reasons: [
        "the image is not for linux/arm64, as nodes of the cluster are",
        "live.example/x:1 is the same image, by its digest",
      ]),
  ]

  @Test(arguments: cases) func findings(_ example: Case) throws {
    let finding = try finding(example.proofs, platforms: example.platforms)
    #expect(finding.fate == example.fate)
    #expect(finding.risk == example.risk)
    #expect(finding.isReplacementMechanical == example.isMechanical)
    #expect(finding.reasons.suffix(example.reasons.count) == example.reasons[...])
    #expect(finding.reasons.contains(Self.has) == (example.fate == .moved))
  }

  @Test func aTagThatIsProvenGoneSaysSo() throws {
    let finding = try finding([Self.old: Self.proof(.gone(code: "MANIFEST_UNKNOWN"))])
    #expect(finding.outlook == "gone: its registry answered 404")
  }

  @Test func theLedgerHasALineForEachRegistry() throws {
    let names = ["a.test/x:1", "a.test/x:1", "a.test/y:1", "b.test/x:1", "c.test/x:1", "d.test/x"]
    let references = try names.map { try #require(ImageText.parse($0).reference) }
    let answers = RegistryAnswers(
      proofs: [
        "a.test/x:1": Self.proof(.unknown("no route")), "a.test/y:1": Self.exists(Self.one),
        "b.test/x:1": Self.proof(.unknown("rate limited")), "c.test/x:1": Self.exists(Self.one),
      ], day: .make("2026-11-21"))
    #expect(
      answers.coverage(of: references) == [
        CoverageEntry(
          resource: "registry a.test", state: .partial,
          reason: "1 of 2 images not known: no route", holdsImages: false),
        CoverageEntry(
          resource: "registry b.test", state: .failed,
          reason: "1 of 1 image not known: rate limited", holdsImages: false),
        CoverageEntry(resource: "registry c.test", state: .read, holdsImages: false),
      ])
  }
}
