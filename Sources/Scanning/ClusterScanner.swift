import ConfigMaps
import Inventory
package import KubernetesAPI

/// One cluster's scan: discovery, then every list that holds images, a few at a time.
package struct ClusterScanner: Sendable {
  /// Every cluster has it, and its UID lives as long as the cluster.
  static let identityNamespace = "kube-system"

  private let client: APIClient
  private let options: ScanOptions
  private let contextNamespace: String
  /// Words an error for the ledger.
  private let wording: @Sendable (any Error) -> String
  /// Asked for when the server has answered: what it takes to load is done by then.
  private let knowledge: @Sendable () throws -> ImageKnowledge
  /// Told of what only `-v` shows.
  private let trace: @Sendable (String) -> Void
  /// Told of flags that do not do what was meant.
  private let warn: @Sendable (String) -> Void

  package init(
    client: APIClient, options: ScanOptions, contextNamespace: String,
    wording: @escaping @Sendable (any Error) -> String,
    knowledge: @escaping @Sendable () throws -> ImageKnowledge = { .none },
    trace: @escaping @Sendable (String) -> Void = { _ in },
    warn: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.client = client
    self.options = options
    self.contextNamespace = contextNamespace
    self.wording = wording
    self.knowledge = knowledge
    self.trace = trace
    self.warn = warn
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
    let discovering = Task { try await discover(ledger) }
    defer { discovering.cancel() }
    let knowledge = try knowledge()
    let recognizes = knowledge.recognizes
    // What `--kinds` names is held against it before anything is listed.
    if !options.kinds.only.isEmpty { _ = try await discovering.valueEndingTogether }
    let namespaceList = NamespaceList(
      client: client, ledger: ledger, chunkSize: options.chunkSize, wording: wording)
    let named = try await NamedNamespaces.look(
      for: options, client: client, ledger: ledger, list: { await namespaceList.all() })
    var options = options
    options.namespaces = named.toRead
    let rights = NamespaceRights(
      client: client, limit: options.maximumNamespaces, excluded: options.excludedNamespaces,
      contextNamespace: contextNamespace,
      listed: { await namespaceList.names() })
    let reader = ResourceReader(
      client: client, options: options, ledger: ledger, wording: wording,
      prefersWholeLists: version?.streamsLists ?? false, rights: rights, recognizes: recognizes,
      recognizesText: knowledge.recognizesText)
    let evidence = EvidenceReader(
      client: client, options: options, ledger: ledger, wording: wording, rights: rights)
    async let surroundings = surroundings(evidence, discovering)
    async let configMaps = knownConfigMaps(
      reader, discovering, namespaceList, options, named.metadata)
    let custom = CustomResourceScan(
      options: options, ledger: ledger,
      finder: CustomKindFinder(
        client: client, options: options, ledger: ledger, wording: wording, trace: trace),
      reader: reader)
    var builder = try await read(
      reader, custom, discovering, namespaceList, options, named.metadata)
    let known = try await configMaps
    builder.merge(known.builder)
    var inventory = builder.finish(recognizing: recognizes)
    inventory.add(try await evidence.events(of: inventory.waiting))
    let (identity, nodes, autoscalers, mirrors) = try await surroundings
    if options.namespaces.isEmpty, options.kinds.includes(EvidenceReader.nodeResource) {
      inventory.addInferredSandboxes(nodes?.records ?? [], recognizes)
    }
    guard ledger.readAnything else { throw reader.nothingWasRead() }
    named.noteUnconfirmed(inventory, in: ledger)
    known.noteRefused(inventory, in: ledger)
    return ScanResult(
      serverVersion: version?.gitVersion, clusterUID: identity, inventory: inventory,
      nodes: nodes.map { NodeCensus($0) },
      autoscalers: autoscalers.map(AutoscalerIndex.init), mirrors: mirrors,
      coverage: ledger.sorted,
      totals: client.log.current, peakInFlight: client.gate.peak)
  }

  /// What holds no images; asked for when Pods, the longest list, are on their way.
  private func surroundings(
    _ evidence: EvidenceReader, _ discovering: Task<Discovery?, any Error>
  ) async throws -> (
    identity: String?, nodes: NodeList?, autoscalers: [AutoscalerRecord]?, mirrors: MirrorIndex
  ) {
    let discovery = try await discovering.valueEndingTogether
    async let identity = optional(evidence.ledger, "namespaces/\(Self.identityNamespace)") {
      try await client.gate.run { try await client.namespaceUID(Self.identityNamespace) }
    }
    async let nodes = evidence.nodes()
    async let autoscalers = evidence.autoscalers(discovery)
    async let mirrors = evidence.mirrors(discovery)
    return try await (identity, nodes, autoscalers, mirrors)
  }

  /// Those that the programs which read them document, unless all of them are listed anyway; asked
  /// for when Pods, the longest list, are on their way.
  private func knownConfigMaps(
    _ reader: ResourceReader, _ discovering: Task<Discovery?, any Error>,
    _ namespaceList: NamespaceList, _ options: ScanOptions, _ named: [ObjectMetadata]
  ) async throws -> KnownConfigMapReader.Found {
    guard !options.configMaps else { return .init() }
    let ledger = reader.ledger
    guard options.kinds.includes(.configMaps) else {
      ledger.note(
        "configmaps", .skipped, reason: options.kinds.reason(.configMaps), holdsImages: false)
      return .init()
    }
    _ = try await discovering.valueEndingTogether
    ledger.note("configmaps", .skipped, reason: "--configmaps", holdsImages: false)
    let known = KnownConfigMapReader(
      client: client, ledger: ledger, reader: reader.configMaps, wording: wording)
    let all = options.namespaces.isEmpty ? await namespaceList.all() : named
    let names =
      options.namespaces.isEmpty ? all.map { Set($0.map(\.name)) } : Set(options.namespaces)
    return try await known.read(
      in: names, all ?? [], excluding: options.excludedNamespaces)
  }

  private func read(
    _ reader: ResourceReader, _ custom: CustomResourceScan,
    _ discovering: Task<Discovery?, any Error>,
    _ namespaceList: NamespaceList, _ options: ScanOptions, _ named: [ObjectMetadata]
  ) async throws -> InventoryBuilder {
    let ledger = reader.ledger
    let resources = ScannedResource.all + ScannedResource.extras(options)
    for resource in resources where !options.kinds.includes(resource) {
      ledger.note(resource.qualifiedName, .skipped, reason: options.kinds.reason(resource))
    }
    return try await withThrowingTaskGroup(of: (Int, InventoryBuilder).self) { group in
      func list(where isMeant: (ScannedResource) -> Bool) {
        for (number, resource) in resources.enumerated()
        where isMeant(resource) && options.kinds.includes(resource) {
          group.addTask {
            let builder = try await reader.read(resource) {
              try await discovering.valueEndingTogether
            }
            return (number, builder)
          }
        }
      }
      // The longest list first; then what others wait for, so that their requests go out beside the
      // lists.
      list { $0 == .pods }
      group.addTask {
        (resources.count, try await custom.read(try await discovering.valueEndingTogether))
      }
      if options.namespaces.isEmpty {
        group.addTask {
          var builder = InventoryBuilder()
          for namespace in await namespaceList.all() ?? [] { builder.add(namespace: namespace) }
          return (resources.count + 1, builder)
        }
      }
      _ = try await discovering.valueEndingTogether
      list { $0 != .pods }
      var whole = try await group.joined(selecting: options.selector)
      for name in options.namespaces { whole.add(namespace: name) }
      for namespace in named { whole.add(namespace: namespace) }
      return whole
    }
  }

  /// Nil when the server would not tell.
  ///
  /// - Throws: `ScanError.noSuchKind` for a name in `--kinds` that the server does not have.
  private func discover(_ ledger: CoverageLedger) async throws -> Discovery? {
    let discovery = try await optional(ledger, "discovery") { try await client.discover() }
    if let unknown = discovery.map(options.kinds.unknown), !unknown.isEmpty {
      throw ScanError.noSuchKind(unknown)
    }
    if let discovery { options.kinds.warnOfUnknownExcluded(discovery, warn) }
    for groupVersion in discovery?.staleGroups ?? [] {
      // That of metrics is down in many clusters, and nothing would be read from it.
      guard !ExcludedKinds.contains(group: WorkloadIdentity.group(of: groupVersion)) else {
        continue
      }
      ledger.note(
        groupVersion, .failed, reason: "its API server does not answer", holdsImages: false)
    }
    return discovery
  }

  /// Something that the scan can do without: refused or missing, it is noted in the ledger.
  private func optional<Value: Sendable>(
    _ ledger: CoverageLedger, _ what: String, _ read: @Sendable () async throws -> Value
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
