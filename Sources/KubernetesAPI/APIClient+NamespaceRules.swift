extension APIClient {
  /// What this user may do in a namespace (`authorization.k8s.io/v1` SelfSubjectRulesReview).
  package func rules(namespace: String) async throws -> NamespaceRules {
    try await review(.selfSubjectRules, ["namespace": namespace])
  }
}

/// `status` of a SelfSubjectRulesReview.
package struct NamespaceRules: Hashable, Sendable, Decodable {
  package struct Rule: Hashable, Sendable, Decodable {
    package let verbs: [String]
    package let apiGroups: [String]?
    package let resources: [String]?
    package let resourceNames: [String]?
  }

  package let resourceRules: [Rule]
  /// The server could not list every rule (a webhook authorizer, for one): absence proves nothing.
  package let incomplete: Bool?

  /// Whether these rules allow the verb on every object of the resource; nil when they cannot say.
  package func allows(_ verb: String, group: String, resource: String) -> Bool? {
    let allowed = resourceRules.contains { rule in
      Self.matches(rule.verbs, verb) && Self.matches(rule.apiGroups ?? [], group)
        && Self.matches(rule.resources ?? [], resource) && (rule.resourceNames ?? []).isEmpty
    }
    return allowed ? true : incomplete == true ? nil : false
  }

  private static func matches(_ patterns: [String], _ text: String) -> Bool {
    patterns.contains { $0 == "*" || $0 == text }
  }
}
