import Inventory
import KubernetesAPI

/// All namespaces, asked for once.
actor NamespaceList {
  static let resource = APIResource(
    group: "", version: "v1", name: "namespaces", kind: "Namespace", isNamespaced: false)

  private let client: APIClient
  private let ledger: CoverageLedger
  private let chunkSize: Int?
  private let wording: @Sendable (any Error) -> String
  private var task: Task<[ObjectMetadata]?, Never>?

  init(
    client: APIClient, ledger: CoverageLedger, chunkSize: Int?,
    wording: @escaping @Sendable (any Error) -> String
  ) {
    self.client = client
    self.ledger = ledger
    self.chunkSize = chunkSize
    self.wording = wording
  }

  /// Nil when they may not be listed; the ledger says why.
  func names() async -> [String]? {
    await all()?.map(\.name)
  }

  /// Nil when they may not be listed; the ledger says why.
  func all() async -> [ObjectMetadata]? {
    let task =
      self.task
      ?? Task { [client, ledger, chunkSize, wording] in
        await Self.read(client, ledger, chunkSize ?? ScanOptions.defaultChunkSize, wording)
      }
    self.task = task
    return await task.valueEndingTogether
  }

  private static func read(
    _ client: APIClient, _ ledger: CoverageLedger, _ chunkSize: Int,
    _ wording: @Sendable (any Error) -> String
  ) async -> [ObjectMetadata]? {
    do {
      let (namespaces, _) = try await client.list(
        resource, options: ListOptions(chunkSize: chunkSize), schema: .namespaces,
        into: { [ObjectMetadata]() }, add: { $0.append($1.metadata) },
        merge: { $0.append(contentsOf: $1) })
      ledger.note("namespaces", .read, holdsImages: false)
      return namespaces
    } catch APIError.forbidden {
      ledger.note(
        "namespaces", .forbidden, reason: "which namespaces exist is unknown",
        holdsImages: false)
    } catch {
      ledger.note("namespaces", .failed, reason: wording(error), holdsImages: false)
    }
    return nil
  }
}
