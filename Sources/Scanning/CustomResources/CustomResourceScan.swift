import Inventory
import KubernetesAPI

/// Reads the custom resources that hold images, and no others.
struct CustomResourceScan: Sendable {
  /// The ledger's word for all of them.
  static let all = "custom resources"

  let client: APIClient
  let options: ScanOptions
  let ledger: CoverageLedger
  let wording: @Sendable (any Error) -> String
  let reader: ResourceReader
  let cache: SchemaCache?
  let isCatalogued: @Sendable (String) -> Bool

  func read(_ discovery: Discovery?) async throws -> InventoryBuilder {
    guard options.readsCustomResources else {
      ledger.note(Self.all, .skipped, reason: "--no-custom-resources")
      return InventoryBuilder()
    }
    guard let discovery else {
      ledger.note(Self.all, .failed, reason: "which kinds are served is unknown")
      return InventoryBuilder()
    }
    // Without a candidate nobody need know which groups are aggregated.
    guard !candidates(discovery, aggregated: []).isEmpty else { return InventoryBuilder() }
    let resources = candidates(discovery, aggregated: try await aggregatedGroups())
    let schemas = KindSchemaReader(
      client: client, ledger: ledger, wording: wording, cache: cache)
    let kinds = try await schemas.kinds(resources, discovery: discovery)
    return try await read(kinds)
  }

  private func candidates(
    _ discovery: Discovery, aggregated: Set<String>
  ) -> [APIResource] {
    CustomKind.candidates(discovery, aggregated: aggregated).filter { resource in
      options.kinds.includes(
        group: resource.group, resource: resource.name, kind: resource.kind)
        // What lies in no namespace is nobody's who asks for some.
        && (resource.isNamespaced || options.namespaces.isEmpty)
    }
  }

  /// APIServices tell which groups have an API server of their own: lists of these may be computed
  /// for every request, and are not ours to ask for.
  private func aggregatedGroups() async throws -> Set<String> {
    do {
      return try await client.aggregatedGroups()
    } catch let error as APIError where error.isPartial {
      return CustomKind.usuallyAggregated
    }
  }

  private func read(_ kinds: [CustomKind]) async throws -> InventoryBuilder {
    try await withThrowingTaskGroup(of: (Int, InventoryBuilder).self) { group in
      for (number, kind) in kinds.enumerated() {
        group.addTask { (number, try await read(kind, number)) }
      }
      var parts: [Int: InventoryBuilder] = [:]
      for try await (number, builder) in group { parts[number] = builder }
      var whole = InventoryBuilder()
      for number in parts.keys.sorted() {
        if let part = parts[number] { whole.merge(part) }
      }
      return whole
    }
  }

  private func read(_ kind: CustomKind, _ number: Int) async throws -> InventoryBuilder {
    let listed = ListedKind(
      kind, place: ScannedResource.all.count + number, isCatalogued: isCatalogued)
    do {
      return try await reader.read(listed)
    } catch APIError.notFound {
      // The definition went while we asked.
      ledger.note(listed.qualifiedName, .notServed)
      return InventoryBuilder()
    }
  }
}
