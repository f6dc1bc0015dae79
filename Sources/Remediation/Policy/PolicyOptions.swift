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

/// What a policy does to an object with an image that it judges.
package enum PolicyAction: String, Hashable, Sendable, CaseIterable {
  /// Only the audit log, or the engine's reports, tell of it.
  case audit
  /// The person who applies it is told too.
  case warn
  /// It is refused.
  case deny
  /// What a machine may rewrite is rewritten; the rest stays.
  case rewrite
}

/// How a policy is written.
package struct PolicyOptions: Hashable, Sendable {
  package var engine: PolicyEngine
  package var action: PolicyAction
  /// Whether Pods and Jobs are judged too whose owner is judged already.
  package var includesOwned: Bool

  package init(engine: PolicyEngine, action: PolicyAction, includesOwned: Bool = false) {
    self.engine = engine
    self.action = action
    self.includesOwned = includesOwned
  }
}
