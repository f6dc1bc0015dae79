extension APIClient {
  /// Whether this user may do that (`authorization.k8s.io/v1` SelfSubjectAccessReview); nil when
  /// the server cannot tell.
  package func mayAct(_ question: AccessQuestion) async throws -> Bool? {
    let answer: AccessAnswer = try await review(
      .selfSubjectAccess, ["resourceAttributes": question])
    return answer.verdict
  }
}

/// `spec.resourceAttributes` of a SelfSubjectAccessReview: one verb on one resource.
package struct AccessQuestion: Hashable, Sendable, Encodable {
  package let verb: String
  /// Empty for the core group.
  package let group: String
  package let resource: String
  /// Nil asks about all namespaces.
  package let namespace: String?
  /// Nil asks about every object.
  package let name: String?

  package init(
    verb: String, group: String, resource: String, namespace: String? = nil, name: String? = nil
  ) {
    self.verb = verb
    self.group = group
    self.resource = resource
    self.namespace = namespace
    self.name = name
  }
}

/// `status` of a SelfSubjectAccessReview.
private struct AccessAnswer: Decodable {
  let allowed: Bool
  let denied: Bool?
  let evaluationError: String?

  /// An authorizer that failed has neither allowed nor denied; another one may still have.
  var verdict: Bool? {
    if allowed { return true }
    let isUndecided = denied != true && evaluationError?.isEmpty == false
    return isUndecided ? nil : false
  }
}
