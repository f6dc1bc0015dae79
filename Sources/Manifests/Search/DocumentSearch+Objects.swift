import ImageReferences
import Inventory
import YAMLDocuments

/// What a Kubernetes object says of itself, and its pod specs.
extension DocumentSearch {
  static func identity(
    _ node: YAMLNode, _ apiVersion: String, _ kind: String
  ) -> WorkloadIdentity {
    let metadata = node["metadata"]
    return WorkloadIdentity(
      apiVersion: apiVersion, kind: kind, namespace: metadata?["namespace"]?.writtenText ?? "",
      name: metadata?["name"]?.writtenText ?? metadata?["generateName"]?.writtenText ?? "")
  }

  /// In a dump of a cluster: what has ended, and revisions that have no replicas.
  static func activity(_ node: YAMLNode, _ kind: String) -> Activity {
    if kind == "ReplicaSet", node["metadata"]?["ownerReferences"]?.sequence?.isEmpty == false,
      node["spec"]?["replicas"]?.int == 0
    {
      return .history
    }
    let phase = node["status"]?["phase"]?.scalar?.text
    if kind == "Pod", phase == "Succeeded" || phase == "Failed" { return .completed }
    return .inert
  }

  mutating func metadata(
    _ node: YAMLNode, _ text: SourceText, _ prefix: String, _ context: Context
  ) {
    // `managedFields` and the last-applied copy hold stale images.
    for pair in node["annotations"]?.mapping ?? [] {
      guard let key = pair.key.scalar?.text, key != AnnotationKeys.copiedLastApplied else {
        continue
      }
      let path = Self.joined(prefix, "metadata.annotations[\(key)]")
      value(pair.value, text, path: path, key: key, context: context)
    }
  }

  mutating func podSpec(
    _ spec: (path: String, node: YAMLNode, confidence: UseConfidence), _ text: SourceText,
    _ prefix: String, _ context: Context
  ) {
    let base = Self.joined(prefix, spec.path)
    for container in PodSpecRecord(spec.node).containers {
      if let node = spec.node.node(at: container.pathInPodSpec), !container.image.isEmpty {
        var reference = FoundReference(
          object: context.object, path: "\(base).\(container.pathInPodSpec)",
          container: container.name, role: container.role, text: container.image,
          confidence: .parsed, certainty: spec.confidence,
          parts: [text.part(container.image, in: node, kind: .whole)])
        reference.pullPolicy = container.pullPolicy
        reference.activity = context.activity
        add(reference, node, text)
      }
      for image in container.configuredImages(search.recognizes) {
        guard let node = spec.node.node(at: image.pathInPodSpec) else { continue }
        var reference = FoundReference(
          object: context.object, path: "\(base).\(image.pathInPodSpec)",
          container: container.name, role: image.role, text: image.image.text,
          confidence: .parsed, certainty: spec.confidence,
          parts: [text.part(image.image.text, in: node, kind: .whole)])
        reference.activity = context.activity
        reference.notes = [image.note]
        add(reference, node, text)
      }
    }
  }

  /// `kustomize.images` of an Application: `OLD:TAG` or `OLD=NEW:TAG`
  /// (https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/).
  static func isOverride(_ path: String, _ object: WorkloadIdentity?) -> Bool {
    guard let object, object.kind.hasPrefix("Application") else { return false }
    return path.contains("kustomize.images[")
  }
}
