import ImageReferences
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

/// Uses to findings, with a catalogue of its own: exact words, whatever the embedded one says.
@Suite("Classification") struct ClassifierTests {
  private static let catalogue = Result {
    try Catalogue(
      Array(
        """
        apiVersion: gcr-report/v1
        kind: RegistryCatalogue
        version: 2026.11.20
        date: 2026-11-20
        rules:
        - id: dead
          title: A dead registry
          match: [dead.example]
          certainty: primary
          fates: [{fate: ok}, {from: 2025-07-10, fate: gone, note: the token endpoint says 403}]
          replacement: {image: 'live.example/{path}:{tag}', mechanical: true}
          what: It ended.
          advice: Use the other.
          sources: ['https://example.com/dead']
          examples: [dead.example/x:1]
        - id: cold
          title: A frozen registry
          match: [cold.example]
          certainty: primary
          fates: [{fate: ok}, {from: 2023-04-03, fate: frozen}]
          what: It froze.
          advice: Move on.
          sources: ['https://example.com/cold']
          examples: [cold.example/x:1]
        - id: going
          title: A registry that ends in a month of which no day is known
          match: [going.example]
          certainty: primary
          fates: [{fate: retiring}, {from: 2027-01-01, fate: gone}]
          events: [{kind: removal, start: 2026-12-01, end: 2026-12-31, note: no day was named}]
          what: It ends.
          advice: Move on.
          sources: ['https://example.com/going']
          examples: [going.example/x:1]
        - id: maybe
          title: A doubtful registry
          match: [maybe.example]
          certainty: reported
          fates: [{fate: probe}]
          what: Nobody knows.
          advice: Ask it.
          sources: ['https://example.com/maybe']
          examples: [maybe.example/x:1]

        """.utf8), path: "catalogue.yaml")
  }

  private static func findings(
    _ uses: [ImageUse], nodes: NodeCensus? = nil, asOf: String = "2026-11-21",
    usesEvidence: Bool = true, managedBy: String? = nil
  ) throws -> [Finding] {
    let workloads = Dictionary(grouping: uses, by: \.workload).map { identity, _ in
      Workload(identity: identity, activity: .active(desired: 1), managedBy: managedBy)
    }
    return Classifier(
      catalogue: try catalogue.get(), asOf: .make(asOf),
      exposureRule: ExposureRule(
        nodes: nodes, autoscalers: AutoscalerIndex(), usesEvidence: usesEvidence)
    ).findings(in: ClusterInventory(workloads: workloads, uses: uses, namespaces: []))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let use: ImageUse
    var nodes: NodeCensus?
    var usesEvidence = true
    var managedBy: String?
    let kind: Finding.Kind
    let exposure: Exposure
    let risk: Risk
    var outlook: String?
    var replacement: String?
    let reasons: [String]

    var testDescription: String { name }
  }

  private static let gone = "dead.example is gone since 2025-07-10: the token endpoint says 403"
  private static let frozen = "cold.example is frozen since 2023-04-03"

  static let cases: [Case] = [
    Case(
      name: "gone and failing",
      use: .make(
        "dead.example/x:1",
        failures: [.make("ErrImagePull", "unexpected status from HEAD request: 403 Forbidden")]),
      managedBy: "Helm release \"web\"", kind: .registry, exposure: .failing, risk: .critical,
      outlook: "gone since 2025-07-10", replacement: "live.example/x:1",
      reasons: [
        gone, "a container waits with ErrImagePull",
        "the pull fails: the registry refuses access", "managed by Helm release \"web\"",
      ]),
    Case(
      name: "gone, and a younger node runs it",
      use: .make("dead.example/x:1", runningNodes: ["n0"]),
      // 2026-01-01
      nodes: .make(["dead.example/x:1"], created: 1_767_225_600), kind: .registry,
      exposure: .cached, risk: .medium, outlook: "gone since 2025-07-10",
      replacement: "live.example/x:1",
      reasons: [
        gone, "the one node that it may run on holds the image",
        "catalogue and cluster disagree: node n0, created 2026-01-01, runs it",
      ]),
    Case(
      name: "gone, and no start pulls it",
      use: .make("dead.example/x:1", policy: .never), kind: .registry, exposure: .unknown,
      risk: .critical, outlook: "gone since 2025-07-10", replacement: "live.example/x:1",
      reasons: [gone, "policy Never: no start pulls it, so the node must hold it already"]),
    Case(
      name: "frozen on a node list that is cut off",
      use: .make("cold.example/x:latest"), nodes: .make([nil]), kind: .registry,
      exposure: .unknown, risk: .medium, outlook: "frozen since 2023-04-03",
      reasons: [
        frozen, "its tag moves no more, so the image grows old unnoticed",
        "the image lists of 1 of 1 node say nothing: empty or cut off",
      ]),
    Case(
      name: "frozen, and no node fits", use: .make("cold.example/x:1"), nodes: .make([]),
      kind: .registry, exposure: .unknown, risk: .medium, outlook: "frozen since 2023-04-03",
      reasons: [frozen, "no node that was read fits it, and a new node holds no image yet"]),
    Case(
      name: "frozen, by the specification alone", use: .make("cold.example/x:1"),
      nodes: .make(["cold.example/x:1"]), usesEvidence: false, kind: .registry,
      exposure: .unknown, risk: .medium, outlook: "frozen since 2023-04-03",
      reasons: [frozen, "as of another day: judged by the specification alone"]),
    Case(
      name: "an old revision",
      use: .make(
        "dead.example/x:1", activity: .history, origin: .dependent("ReplicaSet/web-1")),
      kind: .registry, exposure: .history, risk: .info, outlook: "gone since 2025-07-10",
      replacement: "live.example/x:1",
      reasons: [gone, "an old revision: only a rollback brings it back", "in ReplicaSet/web-1"]),
    Case(
      name: "not known", use: .make("maybe.example/x:1", policy: .always), kind: .registry,
      exposure: .pulls, risk: .low, outlook: "unverified",
      reasons: [
        "whether maybe.example still answers is not known", "every start pulls: policy Always",
      ]),
    Case(
      name: "failing elsewhere",
      use: .make("fine.example/x:1", failures: [.make("ErrImagePull", "x509: bad")]),
      kind: .pullFailing, exposure: .failing, risk: .low, outlook: "the pull fails",
      reasons: [
        "fine.example is not in the catalogue", "a container waits with ErrImagePull",
        "pull failing, not by the catalogue: the TLS connection to the registry fails",
      ]),
    Case(
      name: "clean", use: .make("fine.example/x:1"), nodes: .make(["fine.example/x:1"]),
      kind: .clean, exposure: .cached, risk: .clean,
      reasons: [
        "fine.example is not in the catalogue",
        "the one node that it may run on holds the image",
      ]),
    Case(
      name: "no image on the node, and none may be pulled",
      use: .make(
        "fine.example/x:1", policy: .never, failures: [.make("ErrImageNeverPull", "no")]),
      kind: .imageNeverPull, exposure: .unknown, risk: .low,
      outlook: "policy Never, and the node lacks it",
      reasons: [
        "the node lacks the image and policy Never forbids the pull",
        "fine.example is not in the catalogue",
        "policy Never: no start pulls it, so the node must hold it already",
      ]),
    Case(
      name: "a placeholder", use: .make("auto"), kind: .placeholder, exposure: .unknown,
      risk: .info, outlook: "a placeholder",
      reasons: [
        "a placeholder, not an image: \"auto\" is filled in by Istio's sidecar injector"
      ]),
  ]

  @Test("of one use", arguments: cases)
  func ofOneUse(_ example: Case) throws {
    let finding = try #require(
      try Self.findings(
        [example.use], nodes: example.nodes, usesEvidence: example.usesEvidence,
        managedBy: example.managedBy
      ).first)
    #expect(finding.kind == example.kind)
    #expect(finding.exposure == example.exposure)
    #expect(finding.risk == example.risk)
    #expect(finding.outlook == example.outlook)
    #expect(finding.replacement == example.replacement)
    #expect(finding.reasons == example.reasons)
  }

  @Test func invalidReferencesAreFindingsOfTheirOwn() throws {
    let finding = try #require(try Self.findings([.make("cold.example/x:")]).first)
    #expect(finding.kind == .invalidReference)
    #expect(finding.risk == .low)
    #expect(
      finding.reasons
        == ["not an image reference, no container can start: the tag after \":\" is empty"])
  }

  @Test func fatesAreThoseOfTheDay() throws {
    let finding = try #require(
      try Self.findings([.make("dead.example/x:1")], asOf: "2025-07-09", usesEvidence: false)
        .first)
    #expect(finding.fate == .ok)
    #expect(finding.kind == .clean)
  }

  /// The first day of the window is not the day of the removal.
  @Test(arguments: [
    ("2026-11-21", "removal 2026-12-01 to 2026-12-31"),
    ("2026-12-15", "removal 2026-12-01 to 2026-12-31"),
    ("2026-12-31", "removal 2026-12-01 to 2026-12-31"), ("2027-01-01", "gone since 2027-01-01"),
  ])
  func aRemovalWithoutADayIsAWindow(asOf: String, outlook: String) throws {
    let finding = try #require(
      try Self.findings([.make("going.example/x:1")], asOf: asOf, usesEvidence: false).first)
    #expect(finding.outlook == outlook)
  }

  @Test func aUseWithoutItsWorkloadIsNoCrash() throws {
    let classifier = Classifier(
      catalogue: try Self.catalogue.get(), asOf: .make("2026-11-21"),
      exposureRule: ExposureRule(nodes: nil, autoscalers: nil, usesEvidence: true))
    #expect(
      classifier.findings(
        in: ClusterInventory(workloads: [], uses: [.make()], namespaces: [])) == [])
  }

  /// Every pair of different findings is ordered one way, whatever part differs.
  @Test func theOrderOfFindingsIsTotal() throws {
    var builder = InventoryBuilder()
    func container(_ image: String, _ index: Int, _ name: String) -> ContainerRecord {
      var container = ContainerRecord()
      (container.image, container.index, container.name) = (image, index, name)
      return container
    }
    for number in 0..<4 {
      var record = WorkloadRecord(kind: number < 2 ? .statefulSet : .replicaSet)
      record.metadata.namespace = "shop"
      record.metadata.name = "set-\(number)"
      record.metadata.uid = "set-\(number)"
      record.metadata.owner = OwnerReference(
        apiVersion: "example.com/v1", kind: "Cluster", name: "c", uid: "c")
      record.template.containers = [
        container("dead.example/x:1", 0, "app"), container("cold.example/x:\(number)", 1, "b"),
      ]
      record.desired = number
      builder.add(record)
      for pod in 0..<2 {
        var copy = PodRecord()
        copy.metadata.namespace = "shop"
        copy.metadata.name = "set-\(number)-\(pod)"
        copy.metadata.uid = copy.metadata.name
        copy.metadata.owner = OwnerReference(
          apiVersion: "apps/v1", kind: record.kind.rawValue, name: record.metadata.name,
          uid: record.metadata.uid)
        copy.spec.containers =
          record.template.containers + [container("dead.example/proxy:1", 2, "proxy")]
        copy.phase = pod == 0 ? "Running" : "Failed"
        builder.add(copy)
      }
    }
    let inventory = builder.finish()
    let findings = try Self.findings(inventory.uses)
    #expect(findings.count == inventory.uses.count)
    #expect(findings.count > 6)
    for (position, left) in findings.enumerated() {
      for right in findings[(position + 1)...] {
        #expect(FindingOrder.precedes(left, right), "\(left.use) and \(right.use)")
        #expect(!FindingOrder.precedes(right, left))
      }
      #expect(!FindingOrder.precedes(left, left))
    }
    #expect(try Self.findings(inventory.uses.reversed()) == findings)
  }
}
