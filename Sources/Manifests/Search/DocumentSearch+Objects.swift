import Inventory
import YAMLDocuments

/// What an object says of itself.
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

  /// `kustomize.images` of an Application: `OLD:TAG` or `OLD=NEW:TAG`
  /// (https://argo-cd.readthedocs.io/en/stable/user-guide/kustomize/).
  static func isOverride(_ path: String, _ object: WorkloadIdentity?) -> Bool {
    guard let object, object.kind.hasPrefix("Application") else { return false }
    return path.contains("kustomize.images[")
  }
}
