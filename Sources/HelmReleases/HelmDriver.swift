package import Inventory
package import KubernetesAPI

/// Where Helm keeps its releases (`HELM_DRIVER`); the `sql` and `memory` drivers keep them outside
/// of the cluster.
package enum HelmDriver: Hashable, Sendable, CaseIterable {
  case secret
  case configMap

  package var kind: String {
    switch self {
    case .secret: "Secret"
    case .configMap: "ConfigMap"
    }
  }

  /// The type of Helm's Secrets; ConfigMaps have none.
  package var fieldSelector: String? {
    self == .secret ? "type=helm.sh/release.v1" : nil
  }

  /// Helm's own labels (helm.sh/helm `pkg/storage/driver`).
  package static func labelSelector(allRevisions: Bool) -> String {
    allRevisions ? "owner=helm" : "owner=helm,status=deployed"
  }

  /// Of each object `metadata` and `data.release` alone are read.
  package var schema: WireSchema<DataEntryRecord> {
    switch self {
    case .secret: .secretEntries("release")
    case .configMap: .configMapEntries("release")
    }
  }
}
