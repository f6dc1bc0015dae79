import Inventory
import KubernetesAPI

/// The namespaces that `-n` names or matches: a list of one that does not exist is empty, not
/// refused.
struct NamedNamespaces: Sendable {
  /// Those to read, in the order given: all but the ones that are known to be missing.
  private(set) var toRead: [String] = []
  /// Of `toRead`, those that could be read.
  private(set) var metadata: [ObjectMetadata] = []
  private(set) var missing: [String] = []
  /// Of `toRead`, those of which the server would not say whether they exist.
  private var unconfirmed: [String] = []

  /// Asks for each plain name by itself: a right that the roles of a single namespace give too.
  /// Only patterns need the list.
  ///
  /// - Throws: `ScanError` when nothing of what was named can be read.
  static func look(
    for options: ScanOptions, client: APIClient, ledger: CoverageLedger,
    list: () async -> [ObjectMetadata]?
  ) async throws -> NamedNamespaces {
    var found = NamedNamespaces()
    guard options.isLimitedToNamespaces else { return found }
    let excluded = options.namespaces.filter(options.excludedNamespaces.match)
    try await found.ask(for: options.namespaces.filter { !excluded.contains($0) }, client, ledger)
    let isListed = try await found.add(options, ledger, list)
    guard found.toRead.isEmpty else { return found }
    guard isListed else { throw ScanError.patternsNeedList(options.namespacePatterns.map(\.text)) }
    guard found.missing.isEmpty else { throw ScanError.noSuchNamespace(found.missing) }
    throw ScanError.everyNamespaceExcluded(options.excludedNamespaces.map(\.text))
  }

  /// What the patterns match, all that `--exclude-namespaces` leaves of it.
  /// - Returns: false when they could not be held against the list.
  private mutating func add(
    _ options: ScanOptions, _ ledger: CoverageLedger, _ list: () async -> [ObjectMetadata]?
  ) async throws -> Bool {
    guard !options.namespacePatterns.isEmpty else { return true }
    guard let listed = await list() else {
      let patterns = options.namespacePatterns.map { "\"\($0)\"" }.joined(separator: ", ")
      ledger.note(
        "namespaces matching -n", .forbidden,
        reason: "which match \(patterns) is unknown", holdsImages: false)
      return false
    }
    for pattern in options.namespacePatterns
    where !listed.contains(where: { pattern.matches($0.name) }) {
      missing.append(pattern.text)
      ledger.note(
        "namespaces matching -n", .failed, reason: "none matches \"\(pattern)\"",
        holdsImages: false)
    }
    let known = Set(toRead)
    let matching = listed.filter { namespace in
      options.namespacePatterns.match(namespace.name)
        && !options.excludedNamespaces.match(namespace.name) && !known.contains(namespace.name)
    }
    .sorted { $0.name < $1.name }
    let room = max(0, options.maximumNamespaces - toRead.count)
    metadata += matching.prefix(room)
    toRead += matching.prefix(room).map(\.name)
    for namespace in matching.dropFirst(room) {
      ledger.note(
        "namespaces", namespace: namespace.name, .failed,
        reason: "not asked: beyond --max-namespaces \(options.maximumNamespaces)")
    }
    return true
  }

  private mutating func ask(
    for names: [String], _ client: APIClient, _ ledger: CoverageLedger
  ) async throws {
    for name in names {
      // A name such as ".." would lead the path of a request elsewhere.
      guard Self.isPossible(name) else {
        note(missing: name, in: ledger)
        continue
      }
      do {
        metadata.append(try await client.gate.run { try await client.namespace(name) })
        toRead.append(name)
      } catch APIError.notFound {
        note(missing: name, in: ledger)
      } catch let error as APIError where error.isPartial {
        toRead.append(name)
        unconfirmed.append(name)
      }
    }
  }

  private mutating func note(missing name: String, in ledger: CoverageLedger) {
    missing.append(name)
    ledger.note("namespaces", namespace: name, .failed, reason: "there is no namespace \"\(name)\"")
  }

  /// Whether an API server would take this for a namespace's name: a label of RFC 1123.
  private static func isPossible(_ name: String) -> Bool {
    let bytes = name.utf8
    let isSpelledSo = bytes.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
    return isSpelledSo && (1...63).contains(bytes.count)
      && !name.hasPrefix("-") && !name.hasSuffix("-")
  }

  /// A namespace that may not exist and in which nothing was found is unknown, never clean.
  func noteUnconfirmed(_ inventory: ClusterInventory, in ledger: CoverageLedger) {
    let inhabited = Set(inventory.workloads.map(\.identity.namespace))
    for name in unconfirmed where !inhabited.contains(name) {
      ledger.note(
        "namespaces", namespace: name, .forbidden,
        reason: "nothing was found in it, and whether it exists is not known")
    }
  }
}
