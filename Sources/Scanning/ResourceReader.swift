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
  private let refusals = Refusals()

  init(
    client: APIClient, options: ScanOptions, ledger: CoverageLedger,
    wording: @escaping @Sendable (any Error) -> String, prefersWholeLists: Bool,
    rights: NamespaceRights
  ) {
    self.client = client
    self.options = options
    self.ledger = ledger
    self.wording = wording
    self.prefersWholeLists = prefersWholeLists
    self.rights = rights
  }

  /// - Parameter discovery: nil when the server would not tell; every version is then tried.
  func read(_ resource: ScannedResource, discovery: Discovery?) async throws -> InventoryBuilder {
    let served =
      discovery.map { discovery in
        discovery.resource(
          group: resource.group, name: resource.name, versions: resource.versions
        ).map { [$0] } ?? []
      } ?? resource.assumedInEveryVersion
    for candidate in served {
      do {
        return try await read(resource, as: candidate)
      } catch APIError.notFound {
        continue
      }
    }
    ledger.note(resource.qualifiedName, .notServed, reason: resource.expectedVersions)
    return InventoryBuilder()
  }

  private func read(
    _ resource: ScannedResource, as served: APIResource
  ) async throws -> InventoryBuilder {
    guard options.namespaces.isEmpty else {
      let (builder, refused) = try await read(resource, served, in: options.namespaces)
      for namespace in refused {
        ledger.note(resource.qualifiedName, namespace: namespace, .forbidden)
      }
      return builder
    }
    do {
      return try await list(resource, served, namespace: nil)
    } catch let error as APIError {
      guard case .forbidden = error else { throw error }
      refusals.note(error)
      return try await readWhereAllowed(resource, served)
    }
  }

  /// Namespace by namespace, after a cluster-wide refusal.
  private func readWhereAllowed(
    _ resource: ScannedResource, _ served: APIResource
  ) async throws -> InventoryBuilder {
    let candidates = await rights.candidates()
    var allowed: [String] = []
    for namespace in candidates.namespaces
    where await rights.mayList(served, in: namespace) != false {
      allowed.append(namespace)
    }
    let (builder, refused) = try await read(resource, served, in: allowed)
    let readable = Set(allowed).subtracting(refused)
    guard !readable.isEmpty else {
      // One line says it all.
      ledger.note(resource.qualifiedName, .forbidden)
      return builder
    }
    if !candidates.isComplete {
      ledger.note(
        resource.qualifiedName, .partial,
        reason: "forbidden cluster-wide; read in \(Self.words(for: readable.sorted())) only")
    }
    for namespace in candidates.namespaces where !readable.contains(namespace) {
      ledger.note(resource.qualifiedName, namespace: namespace, .forbidden)
    }
    for namespace in candidates.leftOut {
      ledger.note(
        resource.qualifiedName, namespace: namespace, .failed,
        reason: "not asked: beyond --max-namespaces \(options.maximumNamespaces)")
    }
    return builder
  }

  /// - Returns: what was read, and the namespaces whose list was refused.
  private func read(
    _ resource: ScannedResource, _ served: APIResource, in namespaces: [String]
  ) async throws -> (builder: InventoryBuilder, refused: [String]) {
    var whole = InventoryBuilder()
    var refused: [String] = []
    for namespace in namespaces {
      do {
        whole.merge(try await list(resource, served, namespace: namespace))
      } catch let error as APIError {
        guard case .forbidden = error else { throw error }
        refusals.note(error)
        refused.append(namespace)
      }
    }
    return (whole, refused)
  }

  /// One list. What makes this list alone fail is noted; what concerns the whole scan is thrown.
  private func list(
    _ resource: ScannedResource, _ served: APIResource, namespace: String?
  ) async throws -> InventoryBuilder {
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
      refusals.note(error)
      ledger.note(
        resource.qualifiedName, namespace: namespace ?? "", .failed, reason: wording(error))
      return InventoryBuilder()
    }
  }

  private func list(
    _ resource: ScannedResource, _ served: APIResource, _ namespace: String?,
    _ options: ListOptions
  ) async throws -> (InventoryBuilder, ListOutcome) {
    switch resource.content {
    case .pods:
      try await client.list(
        served, namespace: namespace, options: options, schema: .pods,
        into: { InventoryBuilder() }, add: { $0.add($1) }, merge: { $0.merge($1) })
    case .workloads(let kind):
      try await client.list(
        served, namespace: namespace, options: options, schema: .workloads(kind),
        into: { InventoryBuilder() }, add: { $0.add($1) }, merge: { $0.merge($1) })
    case .controllerRevisions:
      try await controllerRevisions(served, namespace, options)
    case .helmReleases(let driver):
      try await helmReleases(driver, served, namespace, options)
    }
  }

  /// Why there is nothing to report: the first refusal says it for all.
  func nothingWasRead() -> any Error {
    refusals.first ?? ScanError.noKindServed
  }

  private static func words(for namespaces: [String]) -> String {
    let named = namespaces.prefix(3).map { "\"\($0)\"" }.joined(separator: ", ")
    return namespaces.count <= 3 ? named : "\(namespaces.count) namespaces"
  }

  /// Keeps one refusal to explain a scan that read nothing.
  private final class Refusals: Sendable {
    private let kept = Mutex<APIError?>(nil)

    func note(_ error: APIError) {
      kept.withLock { $0 = $0 ?? error }
    }

    var first: APIError? { kept.withLock { $0 } }
  }
}

/// Why a scan has no report.
package enum ScanError: Error, Hashable, Sendable {
  /// The server serves none of the kinds that hold images.
  case noKindServed
}
