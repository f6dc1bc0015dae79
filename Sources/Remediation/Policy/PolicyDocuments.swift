import RegistryCatalogue
package import YAMLDocuments

/// The objects of a policy, for one engine.
package struct PolicyDocuments {
  package let meaning: PolicyMeaning
  package let options: PolicyOptions

  package init(_ meaning: PolicyMeaning, options: PolicyOptions) {
    self.meaning = meaning
    self.options = options
  }

  /// What has to be there before the action is chosen; empty where the action is part of it.
  package var definitions: [YAMLTree] {
    switch options.engine {
    case .validatingAdmissionPolicy: PolicyShape.allCases.map(validatingPolicy)
    case .mutatingAdmissionPolicy: RewrittenShape.allCases.map(mutatingPolicy)
    case .kyverno, .kyvernoCEL: []
    case .gatekeeper: [constraintTemplate]
    }
  }

  /// What makes the policy act in this way. Each action's objects have the same names, so that
  /// applying the next ones replaces them.
  package func enforcement(_ action: PolicyAction) -> [YAMLTree] {
    switch options.engine {
    case .validatingAdmissionPolicy: PolicyShape.allCases.map { validatingBinding($0, action) }
    case .mutatingAdmissionPolicy: RewrittenShape.allCases.map(mutatingBinding)
    case .kyverno: [clusterPolicy(action)]
    case .kyvernoCEL where action == .rewrite:
      RewrittenShape.allCases.map(kyvernoMutatingPolicy)
    case .kyvernoCEL: PolicyShape.allCases.map { kyvernoValidatingPolicy($0, action) }
    case .gatekeeper: [constraint(action)]
    }
  }

  /// What is said where no expression could say more.
  private static let message =
    "an image's registry is gone, retiring, frozen or was left by its publisher"

  func metadata(_ name: String, annotations: [(String, String)] = []) -> YAMLTree {
    .fields([
      "name": .string(name),
      "labels": .fields(["app.kubernetes.io/part-of": "gcr-report"]),
      "annotations": .mapping(
        (annotations + [
          ("gcr-report/as-of", meaning.day.description),
          ("gcr-report/catalogue", meaning.catalogueVersion),
        ]).map { YAMLTreePair(key: $0.0, value: .string($0.1)) }),
    ])
  }

  func resourceRule(_ rule: PolicyShape.ResourceRule) -> YAMLTree {
    .fields([
      "apiGroups": .strings([rule.group]), "apiVersions": .strings([rule.version]),
      "operations": .strings(["CREATE", "UPDATE"]), "resources": .strings(rule.resources),
    ])
  }

  func constraints(_ shape: PolicyShape) -> YAMLTree {
    .fields(["resourceRules": .sequence(shape.resourceRules.map(resourceRule))])
  }

  func conditions(_ shape: PolicyShape) -> YAMLTree? {
    Self.named(
      ShapeExpressions(shape: shape, includesOwned: options.includesOwned).conditions)
  }

  func variables(_ shape: PolicyShape) -> YAMLTree {
    let expressions = ShapeExpressions(shape: shape, includesOwned: options.includesOwned)
    return Self.variables(
      PolicyVariables(meaning: meaning).variables(
        images: expressions.images(of: "object"), before: expressions.before))
  }

  static func variables(_ variables: [PolicyVariables.Variable]) -> YAMLTree {
    .sequence(
      variables.map {
        .fields(["name": .string($0.name), "expression": .string($0.expression)])
      })
  }

  /// One expression: that nothing was found.
  static func validations(reason: YAMLTree? = nil) -> YAMLTree {
    .sequence([
      .fields([
        "expression": "variables.found.size() == 0",
        "messageExpression": .string(PolicyVariables.message),
        "message": .string(message),
        "reason": reason,
      ])
    ])
  }

  static func named(_ expressions: [(name: String, expression: String)]) -> YAMLTree? {
    expressions.isEmpty
      ? nil
      : .sequence(
        expressions.map {
          .fields(["name": .string($0.name), "expression": .string($0.expression)])
        })
  }
}

extension PolicyDocuments {
  // MARK: ValidatingAdmissionPolicy (k8s.io/api admissionregistration/v1, since 1.30)

  func validatingPolicy(_ shape: PolicyShape) -> YAMLTree {
    .fields([
      "apiVersion": "admissionregistration.k8s.io/v1",
      "kind": "ValidatingAdmissionPolicy",
      "metadata": metadata("gcr-report-\(shape.rawValue)"),
      "spec": .fields([
        "failurePolicy": "Fail",
        "matchConstraints": constraints(shape),
        "matchConditions": conditions(shape),
        "variables": variables(shape),
        "validations": Self.validations(reason: "Forbidden"),
      ]),
    ])
  }

  func validatingBinding(_ shape: PolicyShape, _ action: PolicyAction) -> YAMLTree {
    let name = "gcr-report-\(shape.rawValue)"
    return .fields([
      "apiVersion": "admissionregistration.k8s.io/v1",
      "kind": "ValidatingAdmissionPolicyBinding",
      "metadata": metadata(name),
      "spec": .fields([
        "policyName": .string(name),
        "validationActions": .strings(Self.validationActions(action)),
      ]),
    ])
  }

  /// Deny and Warn exclude each other (validation of `validationActions`).
  static func validationActions(_ action: PolicyAction) -> [String] {
    switch action {
    case .audit, .rewrite: ["Audit"]
    case .warn: ["Warn", "Audit"]
    case .deny: ["Deny", "Audit"]
    }
  }
}
