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
}

/// One object of Helm's storage: one revision of one release, still encoded.
package struct StoredRelease: Hashable, Sendable {
  package var driver: HelmDriver
  package var metadata = ObjectMetadata()
  /// The text of `data.release` as the API server has it; empty when absent.
  package var release: [UInt8] = []

  package init(driver: HelmDriver) {
    self.driver = driver
  }
}

extension WireSchema where Record == StoredRelease {
  /// Of each object `metadata` and `data.release` alone are read.
  package static func helmReleases(_ driver: HelmDriver) -> WireSchema<StoredRelease> {
    WireSchema(custom: { (decoder, bytes, cursor) throws(WireError) in
      var record = StoredRelease(driver: driver)
      guard try cursor.enterObject(bytes) else { return record }
      while let key = try cursor.nextKey(bytes) {
        if key.equals("metadata", bytes) {
          record.metadata = try decoder.metadata(bytes, &cursor)
        } else if key.equals("data", bytes) {
          record.release = []
          guard try cursor.enterObject(bytes) else { continue }
          while let name = try cursor.nextKey(bytes) {
            guard name.equals("release", bytes) else {
              try cursor.skipValue(bytes)
              continue
            }
            record.release = try cursor.readText(bytes)?.unescaped(bytes) ?? []
          }
        } else {
          try cursor.skipValue(bytes)
        }
      }
      return record
    })
  }
}
