/// A kind of object as the server serves it.
package struct APIResource: Hashable, Sendable {
  /// Empty for the core group.
  package let group: String
  package let version: String
  /// The plural in the URL: `deployments`.
  package let name: String
  package let kind: String
  package let isNamespaced: Bool
  package let verbs: Set<String>

  package init(
    group: String, version: String, name: String, kind: String, isNamespaced: Bool = true,
    verbs: Set<String> = ["get", "list"]
  ) {
    self.group = group
    self.version = version
    self.name = name
    self.kind = kind
    self.isNamespaced = isNamespaced
    self.verbs = verbs
  }

  /// As `kubectl api-resources -o name` writes it: `cronjobs.batch`.
  package var qualifiedName: String {
    group.isEmpty ? name : "\(name).\(group)"
  }

  /// As `apiVersion` has it: `apps/v1`, `v1`.
  package var groupVersion: String {
    group.isEmpty ? version : "\(group)/\(version)"
  }

  /// The URL path of its list, of one namespace when that is given.
  package func listPath(namespace: String? = nil) -> String {
    let root = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
    guard let namespace, isNamespaced else { return "\(root)/\(name)" }
    return "\(root)/namespaces/\(PercentEncoding.encode(namespace))/\(name)"
  }
}
