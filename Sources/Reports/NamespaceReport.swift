package import RegistryCatalogue

/// One namespace's line.
package struct NamespaceReport: Hashable, Sendable {
  /// Empty for cluster-scoped objects.
  package var name: String
  /// The worst risk of what was read, history left out.
  package var risk: Risk
  /// A kind that holds images was not read here: `risk` is a lower bound, never `clean`.
  package var isPartlyUnknown: Bool
  package var workloads: Int
  /// Workloads with a finding of `low` or worse; each workload counts once.
  package var atRisk: Int
  /// Of these, how many have a finding with that exposure (a workload may count in several).
  package var byExposure: [Exposure: Int]
  /// The first finding in order; nil when there is none.
  package var worst: Finding?
  /// Workloads of which a filter left out all that counts.
  package var filtered = 0
  /// Workloads of which all that would count is mitigated.
  package var mitigated = 0

  package init(
    name: String, risk: Risk, isPartlyUnknown: Bool, workloads: Int, atRisk: Int,
    byExposure: [Exposure: Int], worst: Finding?
  ) {
    self.name = name
    self.risk = risk
    self.isPartlyUnknown = isPartlyUnknown
    self.workloads = workloads
    self.atRisk = atRisk
    self.byExposure = byExposure
    self.worst = worst
  }
}

extension NamespaceReport {
  /// Nothing was found, everything that holds images was read, and nothing was set aside.
  package var isClean: Bool {
    risk == .clean && !isPartlyUnknown && filtered == 0 && mitigated == 0
  }

  /// Nothing is left of what was found: a filter took the rest.
  package var isFiltered: Bool {
    risk == .clean && !isPartlyUnknown && filtered > 0
  }

  /// Nothing is at risk: what was found is mitigated.
  package var isMitigated: Bool {
    risk == .clean && !isPartlyUnknown && filtered == 0 && mitigated > 0
  }

  /// Nothing was found in what was read, but not everything was.
  package var isUnknown: Bool {
    risk == .clean && isPartlyUnknown
  }

  /// The word of the RISK column: `high`, `medium+?` (a lower bound), `unknown`, `mitigated`,
  /// `filtered` or `clean`.
  package var riskWord: String {
    if risk != .clean { return isPartlyUnknown ? "\(risk.rawValue)+?" : risk.rawValue }
    return stateWord
  }

  /// Its worst risk, else why there is none to tell.
  package var stateWord: String {
    if isUnknown { return "unknown" }
    if isFiltered { return "filtered" }
    return isMitigated ? "mitigated" : risk.rawValue
  }
}
