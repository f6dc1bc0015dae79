import Inventory
import KubernetesAPI

/// The namespaces that `-n` names: a list of one that does not exist is empty, not refused.
struct NamedNamespaces: Sendable {
  /// Those to read, in the order given: all but the ones that are known to be missing.
  private(set) var toRead: [String] = []
  /// Of `toRead`, those that could be read.
  private(set) var metadata: [ObjectMetadata] = []
  private(set) var missing: [String] = []
  /// Of `toRead`, those of which the server would not say whether they exist.
  private var unconfirmed: [String] = []

  /// Asks for each by name: a right that the roles of a single namespace give too.
  static func look(
    for names: [String], client: APIClient, ledger: CoverageLedger,
    wording: @Sendable (any Error) -> String
  ) async throws -> NamedNamespaces {
    var found = NamedNamespaces()
    for name in names {
      // A name such as ".." would lead the path of a request elsewhere.
      guard isPossible(name) else {
        found.note(missing: name, in: ledger)
        continue
      }
      do {
        found.metadata.append(
          try await client.gate.run { try await client.namespace(name) })
        found.toRead.append(name)
      } catch APIError.notFound {
        found.note(missing: name, in: ledger)
      } catch let error as APIError where error.isPartial {
        found.toRead.append(name)
        found.unconfirmed.append(name)
      }
    }
    return found
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
