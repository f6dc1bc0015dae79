import Inventory
package import KubernetesAPI

/// One cluster's scan: discovery, then every list that holds images, a few at a time.
package struct ClusterScanner: Sendable {
  private let client: APIClient
  private let options: ScanOptions
  private let contextNamespace: String
  /// Words an error for the ledger.
  private let wording: @Sendable (any Error) -> String

  package init(
    client: APIClient, options: ScanOptions, contextNamespace: String,
    wording: @escaping @Sendable (any Error) -> String
  ) {
    self.client = client
    self.options = options
    self.contextNamespace = contextNamespace
    self.wording = wording
  }

  /// Reads what may be read.
  ///
  /// - Throws: when the server cannot be reached, refuses the credentials, or lets nothing be read:
  ///   then there is no report, only this reason.
  package func scan() async throws -> ScanResult {
    let ledger = CoverageLedger()
    if !options.helm {
      ledger.note(ScannedResource.helmReleases, .skipped, reason: "--helm")
    }
    let version = try await optional(ledger, "version") { try await client.serverVersion() }
    let discovery = try await optional(ledger, "discovery") { try await client.discover() }
    for group in discovery?.staleGroups ?? [] {
      ledger.note(
        group, .failed, reason: "its API server does not answer", holdsImages: false)
    }
    let uid = try await optional(ledger, "namespaces/kube-system") {
      try await client.namespaceUID("kube-system")
    }
    let namespaceList = NamespaceList(
      client: client, ledger: ledger, chunkSize: options.chunkSize, wording: wording)
    let reader = ResourceReader(
      client: client, options: options, ledger: ledger, wording: wording,
      prefersWholeLists: version?.streamsLists ?? false,
      rights: NamespaceRights(
        client: client, limit: options.maximumNamespaces, contextNamespace: contextNamespace,
        listed: { await namespaceList.names() }))
    let evidence = EvidenceReader(
      client: client, options: options, ledger: ledger, wording: wording)
    async let nodes = evidence.nodes()
    async let autoscalers = evidence.autoscalers(discovery)
    let builder = try await read(reader, discovery, namespaceList)
    let (nodeRecords, autoscalerRecords) = try await (nodes, autoscalers)
    guard ledger.readAnything else { throw reader.nothingWasRead() }
    return ScanResult(
      serverVersion: version?.gitVersion, clusterUID: uid, inventory: builder.finish(),
      nodes: nodeRecords.map(NodeCensus.init),
      autoscalers: autoscalerRecords.map(AutoscalerIndex.init), coverage: ledger.sorted,
      totals: client.log.current, peakInFlight: client.gate.peak)
  }

  private func read(
    _ reader: ResourceReader, _ discovery: Discovery?, _ namespaceList: NamespaceList
  ) async throws -> InventoryBuilder {
    try await withThrowingTaskGroup(of: (Int, InventoryBuilder).self) { group in
      let resources = ScannedResource.all + ScannedResource.extras(options)
      for (number, resource) in resources.enumerated() {
        group.addTask {
          (number, try await reader.read(resource, discovery: discovery))
        }
      }
      if options.namespaces.isEmpty {
        group.addTask {
          var builder = InventoryBuilder()
          for name in await namespaceList.names() ?? [] { builder.add(namespace: name) }
          return (resources.count, builder)
        }
      }
      var parts: [Int: InventoryBuilder] = [:]
      for try await (number, builder) in group { parts[number] = builder }
      // Joined in the table's order, so that the order of arrival never shows.
      var whole = InventoryBuilder()
      for number in parts.keys.sorted() {
        if let part = parts[number] { whole.merge(part) }
      }
      for name in options.namespaces { whole.add(namespace: name) }
      return whole
    }
  }

  /// Something that the scan can do without: refused or missing, it is noted in the ledger.
  private func optional<Value>(
    _ ledger: CoverageLedger, _ what: String, _ read: () async throws -> Value
  ) async throws -> Value? {
    do {
      return try await read()
    } catch APIError.forbidden(_, _, _) {
      ledger.note(what, .forbidden, reason: "", holdsImages: false)
    } catch APIError.notFound {
      ledger.note(what, .notServed, holdsImages: false)
    } catch let error as APIError where error.isPartial {
      ledger.note(what, .failed, reason: wording(error), holdsImages: false)
    }
    return nil
  }
}

extension APIError {
  /// Whether other requests to the same server may still succeed.
  var isPartial: Bool {
    switch self {
    case .unauthorized, .transport(_, _), .notKubernetes, .redirected: false
    case .forbidden, .notFound, .expired, .status, .malformed, .unreadableAnswer: true
    }
  }
}
