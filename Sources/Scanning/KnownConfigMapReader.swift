import ConfigMaps
import Inventory
import KubernetesAPI

/// Gets the ConfigMaps that are known by name, and no other.
struct KnownConfigMapReader: Sendable {
  let client: APIClient
  let ledger: CoverageLedger
  let reader: ConfigMapReader
  let wording: @Sendable (any Error) -> String

  /// - Parameter namespaces: those that exist, or that were asked for; nil when nobody knows, and
  ///   each is then tried.
  func read(in namespaces: Set<String>?) async throws -> InventoryBuilder {
    var builder = InventoryBuilder()
    var refused: [KnownConfigMap] = []
    for known in KnownConfigMap.all where namespaces?.contains(known.namespace) ?? true {
      do {
        let record = try await client.gate.run {
          try await client.configMap(namespace: known.namespace, name: known.name)
        }
        if let object = reader.read(record, as: known) { builder.add(object) }
      } catch APIError.notFound {
        // Not installed here.
      } catch APIError.forbidden {
        refused.append(known)
      } catch let error as APIError where error.isPartial {
        // It may name images. A right that is not given is told below, and leaves the namespace as
        // it is: few that may list workloads may get these, and most clusters have none of them.
        ledger.note(
          "configmaps", namespace: known.namespace, .failed,
          reason: "\(known.name): \(wording(error))")
      }
    }
    note(refused, namespaces)
    return builder
  }

  /// Where nobody knows which namespaces exist, one line says it.
  private func note(_ refused: [KnownConfigMap], _ namespaces: Set<String>?) {
    guard !refused.isEmpty else { return }
    guard namespaces != nil else {
      ledger.note(
        "configmaps", .forbidden, reason: "\(refused.count) that are known by name",
        holdsImages: false)
      return
    }
    for known in refused {
      ledger.note(
        "configmaps", namespace: known.namespace, .forbidden, reason: known.name,
        holdsImages: false)
    }
  }
}
