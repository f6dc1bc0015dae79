import ConfigMaps
import Inventory
import KubernetesAPI

/// Gets the ConfigMaps that are known by name, and no other.
struct KnownConfigMapReader: Sendable {
  /// What they hold, and which of them may not be read.
  struct Found: Sendable {
    var builder = InventoryBuilder()
    fileprivate var refused: [(namespace: String, name: String)] = []
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
  ///   - metadata: of the namespaces, as far as it is known.
  ///   - excluded: namespaces that nobody wants to see.
  func read(
    in namespaces: Set<String>?, _ metadata: [ObjectMetadata], excluding excluded: [Glob]
  ) async throws -> Found {
    let revisions = KnownConfigMap.revisions(in: metadata)
    let wanted = KnownConfigMap.all.filter {
      namespaces?.contains($0.namespace) ?? true && !excluded.match($0.namespace)
    }.flatMap { known in known.names(ofRevisions: revisions).map { (known, $0) } }
    var found = Found(areNamespacesKnown: namespaces != nil)
    for (known, name) in wanted {
      do {
        let record = try await client.gate.run {
          try await client.configMap(namespace: known.namespace, name: name)
        }
        if let object = reader.read(record, as: known) { found.builder.add(object) }
      } catch APIError.notFound {
        // Not installed here.
      } catch APIError.forbidden {
        found.refused.append((known.namespace, name))
      } catch let error as APIError where error.isPartial {
        // It may name images.
        ledger.note(
          "configmaps", namespace: known.namespace, .failed,
          reason: "\(name): \(wording(error))")
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
    let isThere = { (namespace: String) in
      areNamespacesKnown || inhabited.contains(namespace)
    }
    for (namespace, name) in refused where isThere(namespace) {
      ledger.note("configmaps", namespace: namespace, .forbidden, reason: name)
    }
    let elsewhere = refused.count { !isThere($0.namespace) }
    guard elsewhere > 0 else { return }
    ledger.note(
      "configmaps", .forbidden, reason: "\(elsewhere) that are known by name", holdsImages: false)
  }
}
