import ImageReferences
package import Inventory
package import RegistryCatalogue

/// Image uses to findings: the catalogue's judgement, the exposure, the risk, in words.
package struct Classifier: Sendable {
  private let catalogue: Catalogue
  private let asOf: CalendarDate
  private let exposureRule: ExposureRule
  private let mirrors: MirrorIndex
  private let teamLabel: String?
  private let answers: RegistryAnswers?

  /// - Parameters:
  ///   - teamLabel: the label or annotation that says whose a workload is.
  ///   - answers: of the registries; nil when none was asked.
  package init(
    catalogue: Catalogue, asOf: CalendarDate, exposureRule: ExposureRule,
    mirrors: MirrorIndex = MirrorIndex(), teamLabel: String? = nil,
    answers: RegistryAnswers? = nil
  ) {
    self.answers = answers
    self.mirrors = mirrors
    self.teamLabel = teamLabel
    self.catalogue = catalogue
    self.asOf = asOf
    self.exposureRule = exposureRule
  }

  /// Every use with its verdict, clean ones included, in `FindingOrder`.
  package func findings(in inventory: ClusterInventory) -> [Finding] {
    let workloads = Dictionary(
      inventory.workloads.map { ($0.identity, $0) }, uniquingKeysWith: { first, _ in first })
    var known = Known()
    // One array, sorted in place: findings are what a report holds most of.
    var findings: [Finding] = []
    findings.reserveCapacity(inventory.uses.count)
    for use in inventory.uses {
      guard let workload = workloads[use.workload] else { continue }
      var finding = classify(use, of: workload, &known)
      finding.team = teamLabel.flatMap { inventory.team(of: workload, key: $0) }
      findings.append(finding)
    }
    findings.sort(by: FindingOrder.precedes)
    return findings
  }

  /// What many findings share: each image is judged once, equal texts are held once.
  private struct Known {
    var judgements: [ImageReference: Judgement] = [:]
    var reasons: Set<[String]> = []
    var outlooks: Set<String> = []
  }

  private func classify(
    _ use: ImageUse, of workload: Workload, _ known: inout Known
  ) -> Finding {
    let verdict = exposureRule.assess(use, of: workload)
    let judgement = judge(use.image, &known)
    var input = RiskInput(judgement: judgement, exposure: verdict.exposure, asOf: asOf)
    input.subject = subject(of: use, verdict)
    input.failureCause = verdict.failure.map(FailureCause.init)
    input.facts = verdict.facts
    input.isInferredSandbox = use.confidence == .inferred
    input.contraryEvidence = exposureRule.contraryEvidence(
      for: use, since: judgement.evidenceDate)
    let assessment = RiskMatrix.assess(input)
    let kind = kind(input, assessment)
    let reasons =
      assessment.reasons
      + answerNotes(judgement, use)
      + use.notes
      + [assessment.risk > .clean ? use.image.reference.flatMap(mirrors.note) : nil]
      .compactMap { $0 }
      + [use.origin.note, use.confidence.note, workload.managedBy.map { "managed by \($0)" }]
      .compactMap { $0 }
    return Finding(
      kind: kind, use: use, workload: workload, rule: judgement.rule?.id,
      fate: judgement.fate, certainty: judgement.certainty, exposure: verdict.exposure,
      risk: assessment.risk, reasons: known.reasons.insert(reasons).memberAfterInsert,
      outlook: outlook(of: judgement, input.subject, kind).map {
        known.outlooks.insert($0).memberAfterInsert
      },
      replacement: Self.replacement(judgement, for: use),
      isReplacementMechanical: isMechanical(judgement, use),
      nodesWithImage: verdict.cache?.holding, nodesTotal: verdict.cache?.eligible)
  }

  private func answerNotes(_ judgement: Judgement, _ use: ImageUse) -> [String] {
    guard let answers, let reference = use.image.reference else { return [] }
    return answers.notes(on: reference, replacement: judgement.replacement)
  }

  private func isMechanical(_ judgement: Judgement, _ use: ImageUse) -> Bool {
    guard let replacement = judgement.replacement, replacement.isMechanical else { return false }
    guard let answers, let reference = use.image.reference else { return true }
    return answers.confirms(replacement, of: reference)
  }

  /// Of a repository prefix the prefix that takes its place, and no image.
  private static func replacement(_ judgement: Judgement, for use: ImageUse) -> String? {
    let text = judgement.replacement?.text ?? judgement.successor?.image
    guard let representative = use.representative else { return text }
    let image = representative.dropFirst(use.image.text.count)
    guard let text = judgement.replacement?.text, text.hasSuffix(image) else { return nil }
    return String(text.dropLast(image.count))
  }

  private func judge(
    _ image: ImageText, _ known: inout Known
  ) -> Judgement {
    guard case .reference(let reference) = image else { return .notInCatalogue(place: "") }
    if let judgement = known.judgements[reference] { return judgement }
    let said = catalogue.judge(reference, asOf: asOf)
    let judgement = answers?.applied(to: said, of: reference) ?? said
    known.judgements[reference] = judgement
    return judgement
  }

  private func subject(
    of use: ImageUse, _ verdict: ExposureRule.Verdict
  ) -> RiskInput.Subject {
    switch use.image {
    case .invalid(_, let reason): return .invalid(reason: reason)
    case .placeholder(_, let reason):
      // What the kubelet calls an invalid name is past every renderer and injector.
      let isFinal = exposureRule.waits(use, for: StartFailureReasons.invalidName)
      return isFinal ? .invalid(reason: reason) : .placeholder(reason: reason)
    case .reference:
      let isNeverPull = exposureRule.waits(use, for: StartFailureReasons.neverPull)
      return isNeverPull && verdict.exposure != .failing ? .neverPull : .reference
    }
  }

  private func kind(_ input: RiskInput, _ assessment: RiskAssessment) -> Finding.Kind {
    switch input.subject {
    case .invalid: return .invalidReference
    case .placeholder: return .placeholder
    case .neverPull: return .imageNeverPull
    case .reference:
      if assessment.risk == .clean { return .clean }
      let isCatalogued = input.judgement.fate != .ok && input.judgement.fate != .limited
      return isCatalogued ? .registry : .pullFailing
    }
  }

  /// `gone since 2025-07-10`, `removal 2026-12-01 to 2026-12-31, next brownout 2026-12-08`; of what
  /// is no reference, that; of a pull that fails for no reason of the catalogue's, that.
  private func outlook(
    of judgement: Judgement, _ subject: RiskInput.Subject, _ kind: Finding.Kind
  ) -> String? {
    var parts: [String] = []
    switch subject {
    case .invalid: return "not an image reference"
    case .placeholder: return "a placeholder"
    case .neverPull: parts.append("policy Never, and the node lacks it")
    case .reference: break
    }
    switch judgement.fate {
    case .probe: parts.append(judgement.isUnverifiedProject ? "unverified project" : "unverified")
    case .gone where judgement.since == nil && judgement.proof?.isGone == true:
      parts.append("gone: its registry answered 404")
    case .gone, .frozen, .moved:
      if let since = judgement.since { parts.append("\(judgement.fate.rawValue) since \(since)") }
    default: break
    }
    if let removal = judgement.removal, judgement.removalDate != nil {
      // Within a window no day is known: it is not gone on its first one.
      parts.append("removal \(removal.window)")
    } else if let day = judgement.removalDate {
      parts.append("gone from \(day)")
    }
    if let brownout = judgement.nextBrownout { parts.append("next brownout \(brownout.window)") }
    if kind == .pullFailing { parts.append("the pull fails") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
