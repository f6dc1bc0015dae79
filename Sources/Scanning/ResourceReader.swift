import Inventory
import KubernetesAPI
import Synchronization

/// Reads one kind: cluster-wide, or namespace by namespace where that is asked for or all that is
/// allowed.
struct ResourceReader: Sendable {
  let client: APIClient
  let options: ScanOptions
  let ledger: CoverageLedger
  let wording: @Sendable (any Error) -> String
  /// The server streams lists (1.33 and later): large kinds are asked for whole.
  let prefersWholeLists: Bool
  let rights: NamespaceRights
  /// Tells images in free text.
  let recognizes: ImageRecognizer
  private let refusals = Refusals()

  init(
    client: APIClient, options: ScanOptions, ledger: CoverageLedger,
    wording: @escaping @Sendable (any Error) -> String, prefersWholeLists: Bool,
    rights: NamespaceRights, recognizes: @escaping ImageRecognizer = { _ in false }
  ) {
    self.client = client
    self.options = options
    self.ledger = ledger
    self.wording = wording
    self.prefersWholeLists = prefersWholeLists
    self.rights = rights
    self.recognizes = recognizes
  }

  /// - Parameter discovery: nil when the server would not tell; every version is then tried.
  func read(_ resource: ScannedResource, discovery: Discovery?) async throws -> InventoryBuilder {
    for candidate in Self.candidates(for: resource, discovery) {
      do {
        return try await read(resource, as: candidate)
      } catch APIError.notFound {
        continue
      }
    }
    ledger.note(resource.qualifiedName, .notServed, reason: resource.expectedVersions)
    return InventoryBuilder()
  }

  /// What to ask for: the version that the server names; every version that we know where it
  /// would not tell, of all groups or of this one; none when it does not have the kind.
  static func candidates(
    for resource: ScannedResource, _ discovery: Discovery?
  ) -> [APIResource] {
    guard let discovery else { return resource.assumedInEveryVersion }
    if let found = discovery.resource(
      group: resource.group, name: resource.name, versions: resource.versions)
    {
      return [found]
    }
    return resource.assumedInEveryVersion.filter { assumed in
      // Aggregated discovery gives the core group an empty name.
      let names = ["\(assumed.group)/\(assumed.version)"] + (assumed.group.isEmpty ? ["v1"] : [])
      return names.contains(where: discovery.staleGroups.contains)
    }
  }

  private func read(
    _ resource: ScannedResource, as served: APIResource
  ) async throws -> InventoryBuilder {
    guard options.namespaces.isEmpty else {
      let allowed = await rights.allowing(served, among: options.namespaces)
      let found = try await read(resource, served, in: allowed)
      for namespace in Set(options.namespaces).subtracting(allowed).union(found.refused) {
        ledger.note(resource.qualifiedName, namespace: namespace, .forbidden)
      }
      return found.builder
    }
    do {
      return try await list(resource, served, namespace: nil) ?? InventoryBuilder()
    } catch let error as APIError {
      guard case .forbidden = error else { throw error }
      refusals.note(error, of: resource)
      return try await readWhereAllowed(resource, served)
    }
  }

  /// Namespace by namespace, after a cluster-wide refusal.
  private func readWhereAllowed(
    _ resource: ScannedResource, _ served: APIResource
  ) async throws -> InventoryBuilder {
    let candidates = await rights.candidates()
    let allowed = await rights.allowing(served, among: candidates.namespaces)
    let found = try await read(resource, served, in: allowed)
    let answered = Set(allowed).subtracting(found.refused)
    guard !answered.isEmpty else {
      // One line says it all.
      ledger.note(resource.qualifiedName, .forbidden)
      return found.builder
    }
    if !candidates.isComplete {
      ledger.note(
        resource.qualifiedName, found.read.isEmpty ? .forbidden : .partial,
        reason: "forbidden cluster-wide"
          + (found.read.isEmpty ? "" : "; read in \(Self.words(for: found.read)) only"))
    }
    for namespace in candidates.namespaces where !answered.contains(namespace) {
      ledger.note(resource.qualifiedName, namespace: namespace, .forbidden)
    }
    for namespace in candidates.excluded {
      ledger.note(
        resource.qualifiedName, namespace: namespace, .skipped, reason: "--exclude-namespaces")
    }
    for namespace in candidates.leftOut {
      ledger.note(
        resource.qualifiedName, namespace: namespace, .failed,
        reason: "not asked: beyond --max-namespaces \(options.maximumNamespaces)")
    }
    return found.builder
  }

  /// What came of one list per namespace; the rest of the namespaces failed, as the ledger says.
  private struct Found {
    var builder = InventoryBuilder()
    var read: [String] = []
    var refused: [String] = []
  }

  private func read(
    _ resource: ScannedResource, _ served: APIResource, in namespaces: [String]
  ) async throws -> Found {
    var found = Found()
    for namespace in namespaces {
      do {
        guard let part = try await list(resource, served, namespace: namespace) else { continue }
        found.builder.merge(part)
        found.read.append(namespace)
      } catch let error as APIError {
        guard case .forbidden = error else { throw error }
        refusals.note(error, of: resource)
        found.refused.append(namespace)
      }
    }
    return found
  }

  /// One list; nil when it alone failed, which is noted. What concerns the whole scan is thrown.
  private func list(
    _ resource: ScannedResource, _ served: APIResource, namespace: String?
  ) async throws -> InventoryBuilder? {
    let whole = namespace == nil && resource.isLarge && prefersWholeLists
    let options = ListOptions(
      chunkSize: options.chunkSize ?? ScanOptions.defaultChunkSize,
      fromCache: whole && options.chunkSize == nil)
    do {
      let (builder, outcome) = try await list(resource, served, namespace, options)
      ledger.note(
        resource.qualifiedName, namespace: namespace ?? "",
        outcome.isOneSnapshot ? .read : .partial,
        reason: outcome.isOneSnapshot
          ? "" : "the list expired while it was read: not one snapshot")
      return builder
    } catch let error as APIError {
      switch error {
      case .forbidden, .notFound, .unauthorized: throw error
      default: break
      }
      refusals.note(error, of: resource)
      ledger.note(
        resource.qualifiedName, namespace: namespace ?? "", .failed, reason: wording(error))
      return nil
    }
  }

  private func list(
    _ resource: ScannedResource, _ served: APIResource, _ namespace: String?,
    _ options: ListOptions
  ) async throws -> (InventoryBuilder, ListOutcome) {
    switch resource.content {
    case .pods: try await pods(served, namespace, options)
    case .workloads(let kind):
      try await client.list(
        served, namespace: namespace, options: options, schema: .workloads(kind),
        into: { InventoryBuilder() },
        add: { builder, record in
          var record = record
          // CronJobs of a server before 1.21 are `batch/v1beta1` to everybody there.
          record.servedVersion = served.groupVersion
          builder.add(record)
        }, merge: { $0.merge($1) })
    case .configMaps: try await configMaps(served, namespace, options)
    case .controllerRevisions:
      try await controllerRevisions(served, namespace, options)
    case .helmReleases(let driver):
      try await helmReleases(driver, served, namespace, options)
    }
  }

  private func pods(
    _ served: APIResource, _ namespace: String?, _ list: ListOptions
  ) async throws -> (InventoryBuilder, ListOutcome) {
    let selector = options.selector
    return try await client.list(
      served, namespace: namespace, options: list,
      schema: selector == nil ? .pods : .labelledPods,
      into: { InventoryBuilder(selecting: selector) }, add: { $0.add($1) },
      merge: { $0.merge($1) })
  }

  /// Why there is nothing to report: the first refusal says it for all.
  func nothingWasRead() -> any Error {
    if let first = refusals.first { return first }
    if options.namespaces.isEmpty { return ScanError.noKindServed }
    return ScanError.nothingAllowed(server: client.server, namespaces: options.namespaces)
  }

  private static func words(for namespaces: [String]) -> String {
    let named = namespaces.prefix(3).map { "\"\($0)\"" }.joined(separator: ", ")
    return namespaces.count <= 3 ? named : "\(namespaces.count) namespaces"
  }

  /// Keeps one refusal to explain a scan that read nothing: that of the first kind in the table,
  /// whichever came first.
  private final class Refusals: Sendable {
    private let kept = Mutex<(place: Int, error: APIError)?>(nil)

    func note(_ error: APIError, of resource: ScannedResource) {
      let place = ScannedResource.all.firstIndex(of: resource) ?? ScannedResource.all.count
      kept.withLock { kept in
        if let earlier = kept, earlier.place <= place { return }
        kept = (place, error)
      }
    }

    var first: APIError? { kept.withLock { $0?.error } }
  }
}

/// Why a scan has no report.
package enum ScanError: Error, Hashable, Sendable {
  /// The server serves none of the kinds that hold images.
  case noKindServed
  /// None of the namespaces that were asked for exists; patterns among them match none.
  case noSuchNamespace([String])
  /// `-n` has nothing but patterns, and which namespaces exist may not be known.
  case patternsNeedList([String])
  /// `--exclude-namespaces` leaves nothing of what `-n` names.
  case everyNamespaceExcluded([String])
  /// The reviews allow no list in the namespaces that were asked for.
  case nothingAllowed(server: String, namespaces: [String])
}
