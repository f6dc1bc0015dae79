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
