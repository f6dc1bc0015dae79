import ConfigMaps
import Inventory
import KubernetesAPI

extension ScannedResource {
  /// `--configmaps`.
  static let configMaps = ScannedResource(
    group: "", name: "configmaps", versions: ["v1"], content: .configMaps, isLarge: false)
}

extension ResourceReader {
  var configMaps: ConfigMapReader {
    ConfigMapReader(recognizes: recognizes, recognizesText: recognizesText)
  }

  /// All ConfigMaps of a place, searched as they arrive: nothing is kept of one without images.
  func configMaps(
    _ served: APIResource, _ namespace: String?, _ options: ListOptions
  ) async throws -> (InventoryBuilder, ListOutcome) {
    let reader = configMaps
    return try await client.list(
      served, namespace: namespace, options: options, schema: .configMaps,
      into: { InventoryBuilder() },
      add: { builder, record in
        if let object = reader.search(record) { builder.add(object) }
      },
      merge: { $0.merge($1) })
  }
}

/// Gets the ConfigMaps that are known by name, and no other.
struct KnownConfigMapReader: Sendable {
  let client: APIClient
  let ledger: CoverageLedger
  let reader: ConfigMapReader
  let wording: @Sendable (any Error) -> String

  /// - Parameters:
  ///   - namespaces: those that exist, or that were asked for; nil when nobody knows, and each is
  ///     then tried.
  ///   - metadata: of the namespaces, as far as it is known.
  func read(
    in namespaces: Set<String>?, _ metadata: [ObjectMetadata]
  ) async throws -> InventoryBuilder {
    let revisions = KnownConfigMap.revisions(in: metadata)
    let wanted = KnownConfigMap.all.filter { namespaces?.contains($0.namespace) ?? true }
      .flatMap { known in known.names(ofRevisions: revisions).map { (known, $0) } }
    var builder = InventoryBuilder()
    var refused: [(namespace: String, name: String)] = []
    for (known, name) in wanted {
      do {
        let record = try await client.gate.run {
          try await client.configMap(namespace: known.namespace, name: name)
        }
        if let object = reader.read(record, as: known) { builder.add(object) }
      } catch APIError.notFound {
        // Not installed here.
      } catch APIError.forbidden {
        refused.append((known.namespace, name))
      } catch let error as APIError where error.isPartial {
        // It may name images. A right that is not given is told below, and leaves the namespace as
        // it is: few that may list workloads may get these, and most clusters have none of them.
        ledger.note(
          "configmaps", namespace: known.namespace, .failed,
          reason: "\(name): \(wording(error))")
      }
    }
    note(refused, namespaces)
    return builder
  }

  /// Where nobody knows which namespaces exist, one line says it.
  private func note(
    _ refused: [(namespace: String, name: String)], _ namespaces: Set<String>?
  ) {
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
