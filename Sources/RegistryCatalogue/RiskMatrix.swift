/// How bad a use is: a pure function of fate and exposure.
package enum RiskMatrix {
  /// A row of the matrix: the fate, and how near its end is.
  enum Row: String, CaseIterable {
    case gone
    case within30Days = "retiring in 30 days"
    case within90Days = "retiring in 90 days"
    /// Frozen or moved; retiring later than that or on no known day.
    case frozen = "frozen or moved"
    case probe
    /// Limited or ok.
    case fine = "limited or ok"
  }

  package static func assess(_ input: RiskInput) -> RiskAssessment {
    switch input.subject {
    case .placeholder(let reason):
      return RiskAssessment(risk: .info, reasons: ["a placeholder, not an image: \(reason)"])
    case .invalid(let reason):
      let canStart = input.exposure != .dormant && input.exposure != .history
      return RiskAssessment(
        risk: canStart ? .low : .info,
        reasons: ["not an image reference, no container can start: \(reason)"]
          + (input.exposure == .unknown ? [] : RiskReasons.exposure(input)))
    case .neverPull:
      // A finding of its own; what the registry does matters once somebody pulls the image.
      var other = input
      other.subject = .reference
      if other.exposure == .failing { other.exposure = .unknown }
      let assessment = assess(other)
      return RiskAssessment(
        risk: max(.low, assessment.risk),
        reasons: ["the node lacks the image and policy Never forbids the pull"]
          + assessment.reasons)
    case .reference:
      return assessReference(input)
    }
  }

  private static func assessReference(_ input: RiskInput) -> RiskAssessment {
    let row = row(input)
    var risk = level(row, input.exposure)
    var reasons = RiskReasons.fate(input) + RiskReasons.exposure(input)
    if input.exposure == .failing {
      reasons.append(RiskReasons.failure(input, isCatalogued: row != .fine))
    } else if let evidence = counting(input), row == .gone || row == .probe {
      // A container that runs on a younger node proves that the cluster obtains the image.
      risk = row == .gone ? lowered(risk) : min(risk, .info)
      reasons.append(RiskReasons.disagreement(evidence))
    } else if row == .gone, input.judgement.proof?.digest != nil {
      // What a registry has can be pulled, from here at least.
      risk = lowered(risk)
      reasons.append(RiskReasons.registryDisagrees)
    }
    if input.isInferredSandbox {
      risk = min(risk, .info)
      reasons.append("concluded from the container runtime's version, not read")
    }
    return RiskAssessment(risk: risk, reasons: reasons)
  }

  private static func row(_ input: RiskInput) -> Row {
    switch input.judgement.fate {
    case .gone: return .gone
    case .frozen, .moved: return .frozen
    case .probe: return .probe
    case .limited, .ok: return .fine
    case .retiring:
      let starts = [input.judgement.removalDate, input.judgement.nextBrownout?.start.day]
      let days = starts.compactMap { $0 }.map { input.asOf.days(until: $0) }.min()
      guard let days else { return .frozen }
      return days <= 30 ? .within30Days : days <= 90 ? .within90Days : .frozen
    }
  }

  static func level(_ row: Row, _ exposure: Exposure) -> Risk {
    switch (row, exposure) {
    case (.fine, .failing): .low
    case (.fine, _): .clean
    case (.probe, .failing): .high
    case (.probe, .pulls), (.probe, .unknown): .low
    case (_, .history): .info
    case (.gone, .failing), (.gone, .pulls), (.gone, .unknown): .critical
    case (.gone, .cached): .high
    case (.gone, .dormant): .medium
    case (.within30Days, .failing), (.within30Days, .pulls), (.within30Days, .unknown): .critical
    case (.within30Days, .cached): .high
    case (.within30Days, .dormant): .medium
    case (.within90Days, .failing): .critical
    case (.within90Days, .pulls), (.within90Days, .unknown): .high
    case (.within90Days, .cached): .medium
    case (.within90Days, .dormant): .low
    case (.frozen, .failing): .high
    case (.frozen, .pulls), (.frozen, .unknown): .medium
    case (.frozen, .cached): .low
    case (.frozen, .dormant): .info
    case (.probe, .cached), (.probe, .dormant): .info
    }
  }

  /// The evidence, if it is from after everything the rule rests on.
  private static func counting(_ input: RiskInput) -> ContraryEvidence? {
    guard let evidence = input.contraryEvidence, let date = input.judgement.evidenceDate,
      evidence.created > date
    else { return nil }
    return evidence
  }

  /// One level down; a finding stays a finding.
  private static func lowered(_ risk: Risk) -> Risk {
    switch risk {
    case .critical: .high
    case .high: .medium
    case .medium: .low
    case .low, .info: .info
    case .clean: .clean
    }
  }
}
