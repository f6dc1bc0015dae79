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
  /// The same for texts that may be less than an image.
  let recognizesText: CataloguedTextRecognizer
  private let refusals = Refusals()

  init(
    client: APIClient, options: ScanOptions, ledger: CoverageLedger,
    wording: @escaping @Sendable (any Error) -> String, prefersWholeLists: Bool,
    rights: NamespaceRights, recognizes: @escaping ImageRecognizer,
    recognizesText: @escaping CataloguedTextRecognizer
  ) {
    self.client = client
    self.options = options
    self.ledger = ledger
    self.wording = wording
    self.prefersWholeLists = prefersWholeLists
    self.rights = rights
    self.recognizes = recognizes
    self.recognizesText = recognizesText
  }

  /// - Parameter discovery: nil when the server would not tell; every version is then tried.
  func read(
    _ resource: ScannedResource, discovery: () async throws -> Discovery?
  ) async throws -> InventoryBuilder {
    // Every server has Pods, by far the longest list: it need not wait.
    let known = resource == .pods ? nil : try await discovery()
    for candidate in Self.candidates(for: resource, known) {
      do {
        return try await read(ListedKind(resource, as: candidate, reader: self))
      } catch APIError.notFound {
        continue
      }
    }
    let discovery = try await discovery()
    if discovery?.resource(resource) != nil {
      ledger.note(resource.qualifiedName, .failed, reason: Self.namedButNotFound)
    } else if discovery?.resources.contains(where: resource.isServed) == true {
      // Its objects are there, in a version that is not known here.
      ledger.note(
        resource.qualifiedName, .failed,
        reason: "served in other versions only; \(resource.expectedVersions)")
    } else {
      ledger.note(resource.qualifiedName, .notServed, reason: resource.expectedVersions)
    }
    return InventoryBuilder()
  }

  /// A gateway before the server answers so, and a server that is starting or being changed.
  static let namedButNotFound = "the server names it, and answers 404 when asked for it"

  /// What to ask for: the version that the server names; every version that we know where it
  /// would not tell, of all groups or of this one; none when it does not have the kind.
  static func candidates(
    for resource: ScannedResource, _ discovery: Discovery?
  ) -> [APIResource] {
    guard let discovery else { return resource.assumedInEveryVersion }
    if let found = discovery.resource(resource) { return [found] }
    return resource.assumedInEveryVersion.filter { assumed in
      // Aggregated discovery gives the core group an empty name.
      let names = ["\(assumed.group)/\(assumed.version)"] + (assumed.group.isEmpty ? ["v1"] : [])
      return names.contains(where: discovery.staleGroups.contains)
    }
  }

  /// - Throws: `APIError.notFound` when the server does not have the kind after all.
  func read(_ kind: ListedKind) async throws -> InventoryBuilder {
    guard options.namespaces.isEmpty else {
      let allowed = await rights.allowing(kind.served, among: options.namespaces)
      let found = try await read(kind, in: allowed)
      for namespace in Set(options.namespaces).subtracting(allowed).union(found.refused) {
        ledger.note(kind.qualifiedName, namespace: namespace, .forbidden)
      }
      return found.builder
    }
    do {
      return try await list(kind, namespace: nil) ?? InventoryBuilder()
    } catch let error as APIError {
      guard case .forbidden = error else { throw error }
      refusals.note(error, of: kind)
      guard kind.served.isNamespaced else {
        ledger.note(kind.qualifiedName, .forbidden, holdsImages: false)
        return InventoryBuilder()
      }
      return try await readWhereAllowed(kind)
    }
  }

  /// Namespace by namespace, after a cluster-wide refusal.
  private func readWhereAllowed(
    _ kind: ListedKind
  ) async throws -> InventoryBuilder {
    let candidates = await rights.candidates()
    let allowed = await rights.allowing(kind.served, among: candidates.namespaces)
    let found = try await read(kind, in: allowed)
    let answered = Set(allowed).subtracting(found.refused)
    guard !answered.isEmpty else {
      // One line says it all.
      ledger.note(kind.qualifiedName, .forbidden)
      return found.builder
    }
    if !candidates.isComplete {
      ledger.note(
        kind.qualifiedName, found.read.isEmpty ? .forbidden : .partial,
        reason: "forbidden cluster-wide"
          + (found.read.isEmpty ? "" : "; read in \(Self.words(for: found.read)) only"))
    }
    for namespace in candidates.namespaces where !answered.contains(namespace) {
      ledger.note(kind.qualifiedName, namespace: namespace, .forbidden)
    }
    for namespace in candidates.excluded {
      ledger.note(
        kind.qualifiedName, namespace: namespace, .skipped, reason: "--exclude-namespaces")
    }
    for namespace in candidates.leftOut {
      ledger.note(
        kind.qualifiedName, namespace: namespace, .failed,
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
    _ kind: ListedKind, in namespaces: [String]
  ) async throws -> Found {
    var found = Found()
    for namespace in namespaces {
      do {
        guard let part = try await list(kind, namespace: namespace) else { continue }
        found.builder.merge(part)
        found.read.append(namespace)
      } catch let error as APIError {
        guard case .forbidden = error else { throw error }
        refusals.note(error, of: kind)
        found.refused.append(namespace)
      }
    }
    return found
  }

  /// One list; nil when it alone failed, which is noted. What concerns the whole scan is thrown.
  private func list(
    _ kind: ListedKind, namespace: String?
  ) async throws -> InventoryBuilder? {
    let whole = namespace == nil && kind.isLarge && prefersWholeLists
    let listOptions = kind.options(
      chunkSize: options.chunkSize, fromCache: whole && options.chunkSize == nil)
    do {
      let (builder, outcome) = try await kind.list(client, namespace, listOptions)
      let gap = Self.gap(outcome, listOptions)
      ledger.note(
        kind.qualifiedName, namespace: namespace ?? "", gap.isEmpty ? .read : .partial,
        reason: gap, holdsImages: gap.isEmpty || kind.served.isNamespaced)
      return builder
    } catch let error as APIError {
      switch error {
      case .forbidden, .notFound, .unauthorized: throw error
      default: break
      }
      refusals.note(error, of: kind)
      ledger.note(
        kind.qualifiedName, namespace: namespace ?? "", .failed, reason: wording(error),
        holdsImages: kind.served.isNamespaced)
      return nil
    }
  }

  /// What a list that came to its end does not tell all the same; empty when it tells all.
  private static func gap(_ outcome: ListOutcome, _ options: ListOptions) -> String {
    if outcome.isCut, let limit = options.maximumItems {
      return "more than \(limit) objects of a kind that only its shape says holds images:"
        + " the rest was not read"
    }
    if outcome.repeatsItself {
      return "the server named the same page twice: what follows it was not read"
    }
    return outcome.isOneSnapshot
      ? "" : "the list expired while it was read: not one snapshot"
  }

  /// Why there is nothing to report: the first refusal says it for all.
  func nothingWasRead() -> any Error {
    if let first = refusals.first { return first }
    if !options.kinds.isEmpty { return ScanError.noKindLeft }
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

    func note(_ error: APIError, of kind: ListedKind) {
      let place = kind.place
      kept.withLock { kept in
        if let earlier = kept, earlier.place <= place { return }
        kept = (place, error)
      }
    }

    var first: APIError? { kept.withLock { $0?.error } }
  }
}

extension Discovery {
  fileprivate func resource(_ resource: ScannedResource) -> APIResource? {
    self.resource(group: resource.group, name: resource.name, versions: resource.versions)
  }
}

extension ScannedResource {
  fileprivate func isServed(as served: APIResource) -> Bool {
    served.group == group && served.name == name
  }
}
