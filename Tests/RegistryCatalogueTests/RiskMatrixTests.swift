import ImageReferences
import Testing

@testable import RegistryCatalogue

/// A row of the design's table, in the order failing, pulls, cached, dormant, history, unknown.
struct MatrixRow: Sendable, CustomTestStringConvertible {
  let name: String
  /// A reference of that fate, judged on that day.
  let text: String
  let date: String
  let levels: [Risk]

  var testDescription: String { name }

  init(_ name: String, _ text: String, _ date: String, _ levels: [Risk]) {
    self.name = name
    self.text = text
    self.date = date
    self.levels = levels
  }
}

@Suite("The risk matrix")
struct RiskMatrixTests {
  static let exposures: [Exposure] = [.failing, .pulls, .cached, .dormant, .history, .unknown]

  static let rows: [MatrixRow] = [
    MatrixRow(
      "gone", "gcr.io/tekton-releases/x:1", "2026-11-21",
      [.critical, .critical, .high, .medium, .info, .critical]),
    MatrixRow(
      "gone after the removal date", "gcr.io/istio-release/pilot:1", "2027-01-02",
      [.critical, .critical, .high, .medium, .info, .critical]),
    MatrixRow(
      "removal within 30 days", "gcr.io/istio-release/pilot:1", "2026-11-21",
      [.critical, .critical, .high, .medium, .info, .critical]),
    MatrixRow(
      "removal under way", "gcr.io/istio-release/pilot:1", "2026-12-20",
      [.critical, .critical, .high, .medium, .info, .critical]),
    MatrixRow(
      "brownout within 30 days, removal later", "gcr.io/istio-release/pilot:1", "2026-08-16",
      [.critical, .critical, .high, .medium, .info, .critical]),
    MatrixRow(
      "brownout within 90 days", "gcr.io/istio-release/pilot:1", "2026-06-17",
      [.critical, .high, .medium, .low, .info, .high]),
    MatrixRow(
      "retiring later than 90 days", "gcr.io/istio-release/pilot:1", "2026-06-16",
      [.high, .medium, .low, .info, .info, .medium]),
    MatrixRow(
      "frozen", "k8s.gcr.io/pause:3.1", "2026-11-21",
      [.high, .medium, .low, .info, .info, .medium]),
    MatrixRow(
      "moved", "gcr.io/cadvisor/cadvisor:v0.44.0", "2026-11-21",
      [.high, .medium, .low, .info, .info, .medium]),
    MatrixRow(
      "probe", "minio/minio:1", "2026-11-21", [.high, .low, .info, .info, .info, .low]),
    MatrixRow(
      "unverified", "gcr.io/acme/x:1", "2026-11-21", [.high, .low, .info, .info, .info, .low]),
    MatrixRow(
      "limited", "nginx", "2026-11-21", [.low, .clean, .clean, .clean, .clean, .clean]),
    MatrixRow(
      "ok", "gcr.io/distroless/static", "2026-11-21",
      [.low, .clean, .clean, .clean, .clean, .clean]),
    MatrixRow(
      "not in the catalogue", "registry.corp/x:1", "2026-11-21",
      [.low, .clean, .clean, .clean, .clean, .clean]),
  ]

  let catalogue: Catalogue

  init() throws {
    catalogue = try Catalogue.embedded
  }

  private func input(
    _ text: String, _ exposure: Exposure, _ date: String = "2026-11-21"
  ) throws -> RiskInput {
    let day = try day(date)
    return RiskInput(
      judgement: catalogue.judge(try reference(text), asOf: day), exposure: exposure, asOf: day)
  }

  @Test("every fate, exposure and cause", arguments: rows)
  func matrix(_ row: MatrixRow) throws {
    for (exposure, risk) in zip(Self.exposures, row.levels) {
      let causes: [FailureCause?] = exposure == .failing ? [nil] + FailureCause.allCases : [nil]
      for cause in causes {
        var input = try input(row.text, exposure, row.date)
        input.failureCause = cause
        let assessment = RiskMatrix.assess(input)
        #expect(assessment.risk == risk, "\(exposure) \(String(describing: cause))")
        #expect(!assessment.reasons.isEmpty)
        let says = assessment.reasons.contains {
          $0.hasPrefix("pull failing, not by the catalogue")
        }
        #expect(says == (exposure == .failing && row.levels[1] == .clean))
      }
    }
  }

  @Test("contrary evidence lowers gone by one level, probe to info, and nothing else")
  func evidence() throws {
    let young = ContraryEvidence(node: "n1", created: try day("2027-06-01"))
    let lowered: [Exposure: Risk] = [
      .failing: .critical, .pulls: .high, .unknown: .high, .cached: .medium, .dormant: .low,
      .history: .info,
    ]
    for (exposure, risk) in lowered {
      var input = try input("gcr.io/istio-release/pilot:1", exposure, "2027-07-01")
      input.contraryEvidence = young
      let assessment = RiskMatrix.assess(input)
      #expect(assessment.risk == risk, "\(exposure)")
      let sentence = "catalogue and cluster disagree: node n1, created 2027-06-01, runs it"
      #expect(assessment.reasons.contains(sentence) == (exposure != .failing))
      // A node from before the rule's date proves nothing.
      input.contraryEvidence = ContraryEvidence(node: "n0", created: try day("2027-01-01"))
      #expect(!RiskMatrix.assess(input).reasons.contains { $0.contains("disagree") })
    }
    for exposure in Self.exposures {
      var probe = try input("gcr.io/acme/x:1", exposure)
      probe.contraryEvidence = ContraryEvidence(node: "n1", created: try day("2025-10-15"))
      #expect(RiskMatrix.assess(probe).risk == (exposure == .failing ? .high : .info))
      probe.contraryEvidence = ContraryEvidence(node: "n1", created: try day("2025-10-14"))
      let without = RiskMatrix.assess(try input("gcr.io/acme/x:1", exposure))
      #expect(RiskMatrix.assess(probe) == without)
      var frozen = try input("k8s.gcr.io/pause:3.1", exposure)
      let before = RiskMatrix.assess(frozen)
      frozen.contraryEvidence = young
      #expect(RiskMatrix.assess(frozen) == before)
      var ok = try input("registry.corp/x", exposure)
      ok.contraryEvidence = young
      #expect(RiskMatrix.assess(ok).risk == (exposure == .failing ? .low : .clean))
    }
  }

  @Test("inferred sandbox images are info at most")
  func sandbox() throws {
    for row in Self.rows {
      for exposure in Self.exposures {
        var input = try input(row.text, exposure, row.date)
        input.isInferredSandbox = true
        #expect(RiskMatrix.assess(input).risk <= .info)
      }
    }
  }

  @Test("texts that are no reference, and policy Never, are findings of their own")
  func subjects() throws {
    let day = try day("2026-11-21")
    for exposure in Self.exposures {
      var input = RiskInput(judgement: .notInCatalogue(place: ""), exposure: exposure, asOf: day)
      input.subject = .placeholder(reason: "r")
      #expect(RiskMatrix.assess(input).risk == .info)
      #expect(RiskMatrix.assess(input).reasons == ["a placeholder, not an image: r"])
      input.subject = .invalid(reason: "r")
      let canStart = exposure != .dormant && exposure != .history
      #expect(RiskMatrix.assess(input).risk == (canStart ? .low : .info))
      #expect(
        RiskMatrix.assess(input).reasons.first
          == "not an image reference, no container can start: r")
    }
    var never = try input("registry.corp/x", .failing)
    never.subject = .neverPull
    #expect(RiskMatrix.assess(never).risk == .low)
    var gone = try input("gcr.io/tekton-releases/x:1", .failing)
    gone.subject = .neverPull
    #expect(RiskMatrix.assess(gone).risk == .critical)
    #expect(
      RiskMatrix.assess(gone).reasons.first
        == "the node lacks the image and policy Never forbids the pull")
  }

  @Test("reasons are whole sentences, the fate first")
  func reasons() throws {
    var frozen = try input("k8s.gcr.io/pause", .pulls)
    frozen.facts = [.policyAlways]
    #expect(
      RiskMatrix.assess(frozen).reasons == [
        "k8s.gcr.io is frozen since 2023-04-03: it only redirects to registry.k8s.io",
        "its tag moves no more, so the image grows old unnoticed",
        "every start pulls: policy Always",
      ])
    var retiring = try input("gcr.io/istio-release/pilot:1.29.1", .cached)
    retiring.facts = [.nodesHold(total: 12)]
    #expect(
      RiskMatrix.assess(retiring).reasons == [
        "gcr.io/istio-release is being retired: Istio leaves Google Cloud",
        "removal in 10 days (2026-12-01 to 2026-12-31)",
        "pulls fail for a while in 17 days (2026-12-08 15:00 to 2026-12-09 15:00 UTC)",
        "all 12 nodes that it may run on hold the image",
      ])
    var failing = try input("gcr.io/acme-prod/api:1", .failing)
    failing.facts = [.waiting(reason: "ImagePullBackOff")]
    failing.failureCause = .forbidden
    #expect(
      RiskMatrix.assess(failing).reasons == [
        "gcr.io/acme-prod is an unverified project:"
          + " only projects that moved to Artifact Registry still answer",
        "a container waits with ImagePullBackOff",
        "the pull fails: the registry refuses access",
      ])
    var corporate = try input("registry.corp/x", .failing)
    corporate.failureCause = .rateLimited
    #expect(
      RiskMatrix.assess(corporate).reasons == [
        "registry.corp is not in the catalogue",
        "pull failing, not by the catalogue: the registry's rate limit is reached",
      ])
  }

  /// With an autoscaler "nothing starts it" would be wrong.
  @Test(arguments: [
    (Exposure.dormant, "scaled to zero: nothing starts it without a person"),
    (.pulls, "scaled to zero for now"), (.unknown, "scaled to zero for now"),
  ])
  func zeroReplicasLastOrDoNot(exposure: Exposure, sentence: String) throws {
    var input = try input("registry.corp/x", exposure)
    input.facts = [.scaledToZero]
    #expect(RiskMatrix.assess(input).reasons.last == sentence)
  }

  @Test("every fact has a sentence of its own without a period")
  func facts() throws {
    let facts: [ExposureFact] = [
      .policyAlways, .nodesLack(missing: 1, total: 1, isCertain: true),
      .nodesLack(missing: 1, total: 4, isCertain: false),
      .nodesLack(missing: 3, total: 12, isCertain: false), .nodesHold(total: 1),
      .nodesHold(total: 3), .nodeListsSilent(silent: 2, total: 3), .nodesUnread, .daemonSet,
      .cronJob, .job, .autoscaled(by: "HorizontalPodAutoscaler"), .autoscalersUnread,
      .scaledToZero, .suspended, .completed, .oldRevision, .waiting(reason: "ErrImagePull"),
      .imageVolumeFails, .specificationOnly,
    ]
    var input = try input("registry.corp/x", .pulls)
    input.facts = facts
    let sentences = RiskMatrix.assess(input).reasons.dropFirst()
    #expect(sentences.count == facts.count)
    #expect(Set(sentences).count == facts.count)
    #expect(sentences.allSatisfy { !$0.isEmpty && !$0.hasSuffix(".") })
    #expect(sentences.contains("1 of 4 nodes that it may run on likely lacks the image"))
    #expect(sentences.contains("3 of 12 nodes that it may run on likely lack the image"))
    #expect(sentences.contains("the one node that it may run on lacks the image"))
  }
}
