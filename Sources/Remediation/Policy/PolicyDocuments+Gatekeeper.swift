import YAMLDocuments

extension PolicyDocuments {
  // MARK: Gatekeeper: a template whose Rego is the same for every catalogue, and its constraint

  private static let kind = "GCRReportRegistries"

  var constraintTemplate: YAMLTree {
    let text: YAMLTree = .fields(["type": "string"])
    let fields = ["prefix", "match", "unless", "rule", "fate", "to", "depth", "keep", "fixed"]
    let clause: YAMLTree = .fields([
      "type": "object",
      "properties": .mapping(fields.map { YAMLTreePair(key: $0, value: text) }),
    ])
    return .fields([
      "apiVersion": "templates.gatekeeper.sh/v1",
      "kind": "ConstraintTemplate",
      "metadata": metadata(Self.kind.lowercased()),
      "spec": .fields([
        "crd": .fields([
          "spec": .fields([
            "names": .fields(["kind": .string(Self.kind)]),
            "validation": .fields([
              "openAPIV3Schema": .fields([
                "type": "object",
                "properties": .fields([
                  "includeOwned": .fields(["type": "boolean"]),
                  "clauses": .fields(["type": "array", "items": clause]),
                ]),
              ])
            ]),
          ])
        ]),
        "targets": .sequence([
          .fields([
            "target": "admission.k8s.gatekeeper.sh", "rego": .string(RegoModule.text),
          ])
        ]),
      ]),
    ])
  }

  func constraint(_ action: PolicyAction) -> YAMLTree {
    .fields([
      "apiVersion": "constraints.gatekeeper.sh/v1beta1",
      "kind": .string(Self.kind),
      "metadata": metadata("gcr-report"),
      "spec": .fields([
        "enforcementAction": .string(Self.enforcementAction(action)),
        "match": .fields([
          "kinds": .sequence(
            PolicyShape.allCases.flatMap(\.resourceRules).map { rule in
              .fields(["apiGroups": .strings([rule.group]), "kinds": .strings(rule.kinds)])
            })
        ]),
        "parameters": .fields([
          "includeOwned": .bool(options.includesOwned), "clauses": clauses,
        ]),
      ]),
    ])
  }

  /// In the order of judgement.
  private var clauses: YAMLTree {
    .sequence(
      meaning.clauses.map { clause in
        .mapping(
          clause.fields(on: meaning.day).map {
            YAMLTreePair(key: $0.name, value: .string($0.value))
          })
      })
  }

  private static func enforcementAction(_ action: PolicyAction) -> String {
    switch action {
    case .audit, .rewrite: "dryrun"
    case .warn: "warn"
    case .deny: "deny"
    }
  }
}
