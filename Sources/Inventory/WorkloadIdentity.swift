/// Names one object of the API: what a person would type after `kubectl get`.
///
/// A value of one word: every use, workload, key and finding holds one.
package struct WorkloadIdentity: Hashable, Sendable, Comparable {
  private let names: Names

  package init(apiVersion: String, kind: String, namespace: String, name: String) {
    names = Names(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
  }

  package var apiVersion: String { names.apiVersion }
  /// The API group; empty for the core group.
  package var group: String { Self.group(of: apiVersion) }
  package var kind: String { names.kind }
  /// Empty for cluster-scoped objects.
  package var namespace: String { names.namespace }
  package var name: String { names.name }

  package static func group(of apiVersion: String) -> String {
    apiVersion.firstIndex(of: "/").map { String(apiVersion[..<$0]) } ?? ""
  }

  /// Whether it names this record; makes no identity of the record.
  func names(_ record: WorkloadRecord) -> Bool {
    record.names == (namespace, kind, name, apiVersion)
  }

  private final class Names: Sendable {
    let apiVersion: String
    let kind: String
    let namespace: String
    let name: String

    init(apiVersion: String, kind: String, namespace: String, name: String) {
      self.apiVersion = apiVersion
      self.kind = kind
      self.namespace = namespace
      self.name = name
    }
  }

  package static func == (left: WorkloadIdentity, right: WorkloadIdentity) -> Bool {
    left.names === right.names
      || (left.name == right.name && left.namespace == right.namespace && left.kind == right.kind
        && left.apiVersion == right.apiVersion)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(namespace)
    hasher.combine(kind)
    hasher.combine(apiVersion)
  }

  package static func < (left: WorkloadIdentity, right: WorkloadIdentity) -> Bool {
    (left.namespace, left.kind, left.name, left.apiVersion)
      < (right.namespace, right.kind, right.name, right.apiVersion)
  }
}
