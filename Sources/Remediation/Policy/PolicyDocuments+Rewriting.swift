import YAMLDocuments

/// What is rewritten: Pods as they are made, and the containers that are added to running ones.
///
/// Templates stay as their owner wrote them, for a controller or GitOps would see them changed. A
/// Pod that is there keeps its images: another one would restart its containers.
enum RewrittenShape: String, CaseIterable {
  case pods = "rewrite-pods"
  case ephemeralContainers = "rewrite-ephemeral-containers"

  var resourceRule: YAMLTree {
    .fields([
      "apiGroups": .strings([""]), "apiVersions": .strings(["v1"]),
      "operations": .strings([self == .pods ? "CREATE" : "UPDATE"]),
      "resources": .strings([self == .pods ? "pods" : "pods/ephemeralcontainers"]),
    ])
  }

  /// Those that may be rewritten.
  var images: String {
    switch self {
    case .pods: ShapeExpressions(shape: .pods, includesOwned: true).images(of: "object")
    case .ephemeralContainers:
      "object.spec.?ephemeralContainers.orValue([]).filter(c, \(Self.isNew))"
        + ".map(c, string(c.?image.orValue('')))"
    }
  }

  private static let isNew =
    "!oldObject.spec.?ephemeralContainers.orValue([]).exists(o, o.name == c.name)"

  /// An apply configuration: lists are merged by name.
  var configuration: String {
    let rows: [String]
    switch self {
    case .pods:
      rows = ["containers", "initContainers"].map { containers($0, where: "") } + [Self.volumes]
    case .ephemeralContainers:
      rows = [containers("ephemeralContainers", where: "\(Self.isNew) && ")]
    }
    return "Object{spec: Object.spec{\n" + rows.joined(separator: ",\n") + "}}"
  }

  private func containers(_ list: String, where condition: String) -> String {
    """
      \(list): object.spec.?\(list).orValue([])
        .filter(c, \(condition)variables.rewrites.exists(r, r.raw == c.?image.orValue('')))
        .map(c, Object.spec.\(list){name: c.name,
          image: variables.rewrites.filter(r, r.raw == c.?image.orValue(''))[0].use})
    """
  }

  private static let volumes = """
      volumes: object.spec.?volumes.orValue([])
        .filter(v, variables.rewrites.exists(r, r.raw == v.?image.?reference.orValue('')))
        .map(v, Object.spec.volumes{name: v.name, image: Object.spec.volumes.image{
          reference: variables.rewrites.filter(r, r.raw == v.?image.?reference.orValue(''))[0].use}})
    """
}

extension PolicyDocuments {
  // MARK: MutatingAdmissionPolicy (k8s.io/api admissionregistration/v1, since 1.36)

  func mutatingPolicy(_ shape: RewrittenShape) -> YAMLTree {
    .fields([
      "apiVersion": "admissionregistration.k8s.io/v1",
      "kind": "MutatingAdmissionPolicy",
      "metadata": metadata("gcr-report-\(shape.rawValue)"),
      "spec": .fields([
        // A Pod with an image that could not be rewritten is better than no Pod.
        "failurePolicy": "Ignore",
        // What later webhooks inject is rewritten too.
        "reinvocationPolicy": "IfNeeded",
        "matchConstraints": .fields(["resourceRules": .sequence([shape.resourceRule])]),
        "matchConditions": Self.named([ShapeExpressions.noMirrorPod]),
        "variables": rewritingVariables(shape),
        "mutations": mutations(shape),
      ]),
    ])
  }

  func rewritingVariables(_ shape: RewrittenShape) -> YAMLTree {
    Self.variables(
      PolicyVariables(meaning: meaning).variables(images: shape.images, before: "['']")
        + [
          PolicyVariables.Variable(
            name: "rewrites", expression: "variables.found.filter(h, h.use != '')")
        ])
  }

  func mutations(_ shape: RewrittenShape) -> YAMLTree {
    .sequence([
      .fields([
        "patchType": "ApplyConfiguration",
        "applyConfiguration": .fields(["expression": .string(shape.configuration)]),
      ])
    ])
  }

  func mutatingBinding(_ shape: RewrittenShape) -> YAMLTree {
    let name = "gcr-report-\(shape.rawValue)"
    return .fields([
      "apiVersion": "admissionregistration.k8s.io/v1",
      "kind": "MutatingAdmissionPolicyBinding",
      "metadata": metadata(name),
      "spec": .fields(["policyName": .string(name)]),
    ])
  }
}
