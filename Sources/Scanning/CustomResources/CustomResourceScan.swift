import Inventory
import KubernetesAPI

/// Reads the custom resources that hold images, and no others.
struct CustomResourceScan: Sendable {
  /// The ledger's word for all of them.
  static let all = "custom resources"

  let options: ScanOptions
  let ledger: CoverageLedger
  let finder: CustomKindFinder
  let reader: ResourceReader

  func read(_ discovery: Discovery?) async throws -> InventoryBuilder {
    guard options.readsCustomResources else {
      ledger.note(Self.all, .skipped, reason: "--no-custom-resources")
      return InventoryBuilder()
    }
    guard let discovery else {
      ledger.note(Self.all, .failed, reason: "which kinds are served is unknown")
      return InventoryBuilder()
    }
    let found = try await finder.find(discovery)
    let kinds = found.kinds
    return try await withThrowingTaskGroup(of: (Int, InventoryBuilder).self) { group in
      for (number, kind) in kinds.enumerated() {
        group.addTask { (number, try await read(kind, number)) }
      }
      group.addTask {
        try await finder.note(excluded: found.excluded, discovery)
        return (kinds.count, InventoryBuilder())
      }
      return try await group.joined()
    }
  }

  private func read(_ kind: CustomKind, _ number: Int) async throws -> InventoryBuilder {
    let listed = ListedKind(
      kind, place: ScannedResource.all.count + number, recognizesText: reader.recognizesText)
    do {
      return try await reader.read(listed)
    } catch APIError.notFound {
      // Its definition may have gone while we asked; nobody can tell.
      ledger.note(listed.qualifiedName, .failed, reason: ResourceReader.namedButNotFound)
      return InventoryBuilder()
    }
  }
}
