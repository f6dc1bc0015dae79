import Inventory
import YAMLDocuments

/// Finds pod specs: at the one place that a built-in kind has, by their shape in others.
enum PodSpecFinder {
  static func podSpecs(in object: YAMLNode, kind: String, apiVersion: String) -> [ManifestPodSpec] {
    podSpecNodes(in: object, kind: kind, apiVersion: apiVersion).map {
      ManifestPodSpec(path: $0.path, spec: PodSpecRecord($0.node), confidence: $0.confidence)
    }
  }

  typealias Place = (path: String, node: YAMLNode, confidence: UseConfidence)

  static func podSpecNodes(in object: YAMLNode, kind: String, apiVersion: String) -> [Place] {
    if let path = builtInPath(kind: kind, apiVersion: apiVersion) {
      var node: YAMLNode? = object
      for step in path.split(separator: ".") { node = node?[String(step)] }
      guard let node, node.mapping != nil else { return [] }
      return [(path, node, .known)]
    }
    // Their data is text, and a schema speaks of containers without having any.
    guard !["ConfigMap", "Secret", "CustomResourceDefinition"].contains(kind) else { return [] }
    var found: [Place] = []
    for pair in object.mapping ?? [] {
      guard let key = pair.key.scalar?.text, !["metadata", "status"].contains(key) else { continue }
      search(pair.value, path: key, into: &found)
    }
    return found
  }

  /// Nil for kinds of other groups, whatever their name: OpenKruise has a `StatefulSet` too.
  private static func builtInPath(kind: String, apiVersion: String) -> String? {
    let group = apiVersion.split(separator: "/", omittingEmptySubsequences: false)
    // `extensions/v1beta1` is where old charts have Deployments and DaemonSets.
    guard group.count == 1 || ["apps", "batch", "extensions"].contains(group[0]) else { return nil }
    if kind == "Pod" { return "spec" }
    return WorkloadKind(rawValue: kind)?.podSpecPath
  }

  /// The recursion is bounded by the depth that the reader of the text accepts.
  private static func search(_ node: YAMLNode, path: String, into found: inout [Place]) {
    if let items = node.sequence {
      for (index, item) in items.enumerated() {
        search(item, path: "\(path)[\(index)]", into: &found)
      }
      return
    }
    guard let pairs = node.mapping else { return }
    if looksLikePodSpec(node) {
      found.append((path, node, .shape))
      return
    }
    for pair in pairs {
      guard let key = pair.key.scalar?.text else { continue }
      search(pair.value, path: "\(path).\(key)", into: &found)
    }
  }

  /// `containers`: a list of mappings, each with a name, one at least with an image.
  private static func looksLikePodSpec(_ node: YAMLNode) -> Bool {
    guard let containers = node["containers"]?.sequence, !containers.isEmpty else { return false }
    return containers.allSatisfy { $0["name"]?.scalar != nil }
      && containers.contains { $0["image"]?.string?.isEmpty == false }
  }
}
