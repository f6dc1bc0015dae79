import Inventory
import KubernetesAPI

/// Finds the custom kinds that hold images, by what the server publishes about its kinds; no
/// object is asked for.
struct CustomKindFinder: Sendable {
  struct Found: Sendable {
    var kinds: [CustomKind] = []
    /// What had to be listed, or tried, to know them.
    var definitions: [APIResource] = []
    /// What `--exclude-kinds` names of the kinds that may hold images.
    var excluded: [APIResource] = []
  }

  let client: APIClient
  let options: ScanOptions
  let ledger: CoverageLedger
  let wording: @Sendable (any Error) -> String
  let cache: SchemaCache?

  /// - Parameter trace: is told of trouble with the cache.
  init(
    client: APIClient, options: ScanOptions, ledger: CoverageLedger,
    wording: @escaping @Sendable (any Error) -> String,
    trace: @escaping @Sendable (String) -> Void
  ) {
    self.client = client
    self.options = options
    self.ledger = ledger
    self.wording = wording
    cache = options.cacheDirectory.map {
      SchemaCache(directory: $0, server: client.server, note: trace)
    }
  }

  func find(_ discovery: Discovery) async throws -> Found {
    guard options.readsCustomResources else { return Found() }
    // Without a candidate nobody need know which groups are aggregated.
    let all = candidates(discovery, aggregated: []).filter(options.kinds.includes)
    guard !all.isEmpty else {
      let others = candidates(discovery, aggregated: CustomKind.usuallyAggregated)
      return Found(excluded: others.filter(options.kinds.excludes))
    }
    let known = try await aggregatedGroups()
    let aggregated = known ?? CustomKind.usuallyAggregated
    let candidates = candidates(discovery, aggregated: aggregated)
    let resources = candidates.filter(options.kinds.includes)
    if known == nil {
      if resources.count < all.count {
        ledger.note(
          APIService.resource.qualifiedName, .forbidden,
          reason: "\(all.count - resources.count) kinds are taken for those of other API servers",
          holdsImages: false)
      }
    }
    let schemas = KindSchemaReader(
      client: client, ledger: ledger, wording: wording, cache: cache)
    let found = try await schemas.kinds(resources, discovery: discovery)
    return Found(
      kinds: found.kinds, definitions: [APIService.resource] + found.definitions,
      excluded: candidates.filter(options.kinds.excludes))
  }

  /// Puts into the ledger what `--exclude-kinds` leaves out of what would have been read.
  func note(excluded: [APIResource], _ discovery: Discovery) async throws {
    guard !excluded.isEmpty else { return }
    // That their schemas cannot be read costs nothing that was asked for.
    let gaps = CoverageLedger()
    let schemas = KindSchemaReader(client: client, ledger: gaps, wording: wording, cache: cache)
    let holders = try await schemas.kinds(excluded, discovery: discovery).kinds.map(\.resource)
    // Without schemas any of them may hold images.
    for resource in gaps.sorted.contains(where: \.isGap) ? excluded : holders {
      ledger.note(
        resource.qualifiedName, .skipped, reason: CoverageEntry.excludedKinds,
        holdsImages: resource.isNamespaced)
    }
  }

  /// What lies in no namespace is nobody's who asks for some.
  private func candidates(
    _ discovery: Discovery, aggregated: Set<String>
  ) -> [APIResource] {
    CustomKind.candidates(discovery, aggregated: aggregated)
      .filter { $0.isNamespaced || options.namespaces.isEmpty }
  }

  /// APIServices tell which groups have an API server of their own: lists of these may be computed
  /// for every request, and are not ours to ask for. Nil when they may not be listed.
  private func aggregatedGroups() async throws -> Set<String>? {
    do {
      let size = options.chunkSize ?? ScanOptions.defaultChunkSize
      return try await client.list(
        APIService.resource, options: ListOptions(chunkSize: size),
        schema: .apiServices, into: { Set<String>() },
        add: { groups, service in
          if service.isAggregated { groups.insert(service.group) }
        }, merge: { $0.formUnion($1) }
      ).shard
    } catch let error as APIError where error.isPartial {
      return nil
    }
  }
}
