/// The admission engines that policies are written for.
package enum PolicyEngine: String, Hashable, Sendable, CaseIterable {
  case validatingAdmissionPolicy = "vap"
  case mutatingAdmissionPolicy = "map"
  case kyverno
  case kyvernoCEL = "kyverno-cel"
  case gatekeeper

  /// For sentences.
  package var words: String {
    switch self {
    case .validatingAdmissionPolicy: "ValidatingAdmissionPolicy"
    case .mutatingAdmissionPolicy: "MutatingAdmissionPolicy"
    case .kyverno: "Kyverno ClusterPolicy"
    case .kyvernoCEL: "Kyverno ValidatingPolicy"
    case .gatekeeper: "Gatekeeper constraint"
    }
  }

  /// What it can do to an object; the first is what it does unless told.
  package var actions: [PolicyAction] {
    switch self {
    case .validatingAdmissionPolicy, .kyverno, .gatekeeper: [.warn, .audit, .deny]
    case .kyvernoCEL: [.warn, .audit, .deny, .rewrite]
    case .mutatingAdmissionPolicy: [.rewrite]
    }
  }
}
