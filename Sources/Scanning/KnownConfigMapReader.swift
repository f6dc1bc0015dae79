import ConfigMaps
import Inventory
import KubernetesAPI

/// Gets the ConfigMaps that are known by name, and no other.
struct KnownConfigMapReader: Sendable {
  /// What they hold, and which of them may not be read.
  struct Found: Sendable {
    var builder = InventoryBuilder()
    fileprivate var refused: [KnownConfigMap] = []
    /// Whether each was asked for because its namespace exists, or was asked for itself.
    fileprivate var areNamespacesKnown = true
  }

  let client: APIClient
  let ledger: CoverageLedger
  let reader: ConfigMapReader
  let wording: @Sendable (any Error) -> String

  /// - Parameters:
  ///   - namespaces: those that exist, or that were asked for; nil when nobody knows, and each is
  ///     then tried.
  ///   - excluded: namespaces that nobody wants to see.
  func read(in namespaces: Set<String>?, excluding excluded: [Glob]) async throws -> Found {
    var found = Found(areNamespacesKnown: namespaces != nil)
    for known in KnownConfigMap.all
    where namespaces?.contains(known.namespace) ?? true && !excluded.match(known.namespace) {
      do {
        let record = try await client.gate.run {
          try await client.configMap(namespace: known.namespace, name: known.name)
        }
        if let object = reader.read(record, as: known) { found.builder.add(object) }
      } catch APIError.notFound {
        // Not installed here.
      } catch APIError.forbidden {
        found.refused.append(known)
      } catch let error as APIError where error.isPartial {
        // It may name images.
        ledger.note(
          "configmaps", namespace: known.namespace, .failed,
          reason: "\(known.name): \(wording(error))")
      }
    }
    return found
  }
}

extension KnownConfigMapReader.Found {
  /// Notes what may not be read: it may name images, so that its namespace is known in part only.
  ///
  /// Where nobody knows which namespaces exist, that holds of those in which something was found;
  /// one line, which makes no namespace unknown, tells of the rest: most clusters have none of them.
  func noteRefused(_ inventory: ClusterInventory, in ledger: CoverageLedger) {
    let inhabited = Set(inventory.workloads.map(\.identity.namespace))
    let isThere = { (known: KnownConfigMap) in
      areNamespacesKnown || inhabited.contains(known.namespace)
    }
    for known in refused where isThere(known) {
      ledger.note("configmaps", namespace: known.namespace, .forbidden, reason: known.name)
    }
    let elsewhere = refused.count { !isThere($0) }
    guard elsewhere > 0 else { return }
    ledger.note(
      "configmaps", .forbidden, reason: "\(elsewhere) that are known by name", holdsImages: false)
  }
}
