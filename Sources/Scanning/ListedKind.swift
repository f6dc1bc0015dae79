import Inventory
import KubernetesAPI

/// A kind as it is listed: the version that is served, how to ask for it, what becomes of it.
struct ListedKind: Sendable {
  let served: APIResource
  /// Its name in the ledger.
  let qualifiedName: String
  /// The order of importance: of several refusals that of the first kind explains a failed scan.
  let place: Int
  /// Whether a cluster may hold very many: such lists are asked for whole where that is cheaper.
  let isLarge: Bool
  let labelSelector: String?
  let maximumItems: Int?
  /// Lists of custom resources are JSON alone.
  let isJSON: Bool
  let list:
    @Sendable (APIClient, _ namespace: String?, ListOptions) async throws -> (
      InventoryBuilder, ListOutcome
    )

  /// - Parameter chunkSize: what the user asked for; nil leaves the choice to us.
  func options(chunkSize: Int?, fromCache: Bool) -> ListOptions {
    var size = chunkSize ?? ScanOptions.defaultChunkSize
    // A limit on the items needs pages.
    if let maximumItems { size = size == 0 ? maximumItems : min(size, maximumItems) }
    return ListOptions(
      chunkSize: size, labelSelector: labelSelector, fromCache: fromCache, asJSON: isJSON,
      maximumItems: maximumItems)
  }
}

extension ListedKind {
  /// A built-in kind.
  init(_ resource: ScannedResource, as served: APIResource, reader: ResourceReader) {
    self.served = served
    qualifiedName = resource.qualifiedName
    place = ScannedResource.all.firstIndex(of: resource) ?? ScannedResource.all.count
    isLarge = resource.isLarge
    labelSelector = nil
    maximumItems = nil
    isJSON = false
    let content = resource.content
    let selector = reader.options.selector
    list = { client, namespace, options in
      switch content {
      case .pods:
        try await client.list(
          served, namespace: namespace, options: options,
          schema: selector == nil ? .pods : .labelledPods,
          into: { InventoryBuilder(selecting: selector) }, add: { $0.add($1) },
          merge: { $0.merge($1) }, identity: { $0.metadata.uid.hashValue })
      case .workloads(let kind):
        try await client.list(
          served, namespace: namespace, options: options,
          schema: selector == nil ? .workloads(kind) : .labelledWorkloads(kind),
          into: { InventoryBuilder(selecting: selector) },
          add: { builder, record in
            var record = record
            // CronJobs of a server before 1.21 are `batch/v1beta1` to everybody there.
            record.servedVersion = served.groupVersion
            builder.add(record)
          }, merge: { $0.merge($1) })
      case .configMaps: try await reader.configMaps(served, namespace, options)
      case .controllerRevisions:
        try await reader.controllerRevisions(served, namespace, options)
      case .helmReleases(let driver):
        try await reader.helmReleases(driver, served, namespace, options)
      }
    }
  }
}
