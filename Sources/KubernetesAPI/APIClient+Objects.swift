import Foundation
package import Inventory

extension APIClient {
  /// The UID of a namespace; that of `kube-system` names the cluster.
  package func namespaceUID(_ name: String) async throws -> String {
    try await namespace(name).uid
  }

  /// The metadata of one namespace.
  package func namespace(_ name: String) async throws -> ObjectMetadata {
    let path = "/api/v1/namespaces/\(PercentEncoding.encode(name))"
    let metadata = try await object(.namespaces, path, limit: 1 << 20).metadata
    guard !metadata.uid.isEmpty else {
      throw APIError.unreadableAnswer(path: path, problem: "expected a Namespace with a UID")
    }
    return metadata
  }

  /// One ConfigMap by name: a right that roles give for single objects.
  package func configMap(namespace: String, name: String) async throws -> ConfigMapRecord {
    let path =
      "/api/v1/namespaces/\(PercentEncoding.encode(namespace))/configmaps/"
      + PercentEncoding.encode(name)
    // The server stores 1 MiB of data at most; JSON escapes may make six times as much of it.
    return try await object(.configMaps, path, limit: 8 << 20)
  }

  /// Names of the OpenShift Projects that this user may see: a list that needs no right to list
  /// Namespaces (`project.openshift.io/v1`).
  package func projectNames() async throws -> [String] {
    struct List: Decodable {
      struct Item: Decodable {
        struct Metadata: Decodable { let name: String }
        let metadata: Metadata
      }
      let items: [Item]
    }
    let path = "/apis/project.openshift.io/v1/projects"
    return try decode(List.self, try await get(path), path: path).items.map(\.metadata.name)
  }
}
