import YAMLDocuments

extension PolicyDocuments {
  /// Kyverno would make rules for controllers from those for Pods; ours name every kind themselves.
  private static let withoutGeneratedRules = [
    ("pod-policies.kyverno.io/autogen-controllers", "none")
  ]

  // MARK: ClusterPolicy (kyverno.io/v1), whose `validate.cel` is evaluated as the API server does

  func clusterPolicy(_ action: PolicyAction) -> YAMLTree {
    .fields([
      "apiVersion": "kyverno.io/v1",
      "kind": "ClusterPolicy",
      "metadata": metadata("gcr-report", annotations: Self.withoutGeneratedRules),
      "spec": .fields([
        "background": true,
        // Warnings of rules that only audit.
        "emitWarning": .bool(action == .warn),
        "rules": .sequence(PolicyShape.allCases.map { clusterRule($0, action) }),
      ]),
    ])
  }

  private func clusterRule(_ shape: PolicyShape, _ action: PolicyAction) -> YAMLTree {
    let kinds = shape.resourceRules.flatMap { rule in
      rule.kinds.map { kind in
        rule.group.isEmpty ? kind : "\(rule.group)/\(rule.version)/\(kind)"
      }
    }
    return .fields([
      "name": .string(shape.rawValue),
      "match": .fields([
        "any": .sequence([
          .fields([
            "resources": .fields([
              "kinds": .strings(
                kinds + (shape == .pods ? ["Pod/ephemeralcontainers"] : [])),
              "operations": .strings(["CREATE", "UPDATE"]),
            ])
          ])
        ])
      ]),
      "celPreconditions": conditions(shape),
      "validate": .fields([
        "failureAction": action == .deny ? "Enforce" : "Audit",
        "cel": .fields([
          "variables": variables(shape),
          "expressions": Self.validations(),
        ]),
      ]),
    ])
  }

  // MARK: ValidatingPolicy and MutatingPolicy (policies.kyverno.io/v1)

  func kyvernoValidatingPolicy(_ shape: PolicyShape, _ action: PolicyAction) -> YAMLTree {
    .fields([
      "apiVersion": "policies.kyverno.io/v1",
      "kind": "ValidatingPolicy",
      "metadata": metadata("gcr-report-\(shape.rawValue)"),
      "spec": .fields([
        "validationActions": .strings(Self.validationActions(action)),
        "failurePolicy": "Fail",
        "autogen": Self.noGeneration,
        "matchConstraints": constraints(shape),
        "matchConditions": conditions(shape),
        "variables": variables(shape),
        "validations": Self.validations(),
      ]),
    ])
  }

  func kyvernoMutatingPolicy(_ shape: RewrittenShape) -> YAMLTree {
    .fields([
      "apiVersion": "policies.kyverno.io/v1",
      "kind": "MutatingPolicy",
      "metadata": metadata("gcr-report-\(shape.rawValue)"),
      "spec": .fields([
        "failurePolicy": "Ignore",
        "reinvocationPolicy": "IfNeeded",
        "autogen": Self.noGeneration,
        "matchConstraints": .fields(["resourceRules": .sequence([shape.resourceRule])]),
        "matchConditions": Self.named([ShapeExpressions.noMirrorPod]),
        "variables": rewritingVariables(shape),
        "mutations": mutations(shape),
      ]),
    ])
  }

  private static let noGeneration: YAMLTree = .fields([
    "podControllers": .fields(["controllers": .sequence([])])
  ])
}
