import ConfigMaps
import Inventory
package import KubernetesAPI

/// Asks a server what its user may read of all that a scan asks for, before any scan.
///
/// Sends discovery, what tells where custom kinds hold images (OpenAPI, APIServices and, on old
/// servers, CustomResourceDefinitions), the two reviews, a GET of each namespace that is named and,
/// where cluster-wide lists are refused, OpenShift's Projects that a scan would fall back to; of
/// lists that of namespaces, which names Istio's revisions too, and no other.
package struct AccessSurvey: Sendable {
  private let client: APIClient
  private let options: ScanOptions
  private let contextNamespace: String
  private let wording: @Sendable (any Error) -> String
  private let warn: @Sendable (String) -> Void
  /// Asked for once, for whatever needs it; why it may not be listed stands among the entries.
  private let namespaceList: NamespaceList

  /// - Parameter warn: is told why something will stay unknown.
  package init(
    client: APIClient, options: ScanOptions, contextNamespace: String,
    wording: @escaping @Sendable (any Error) -> String,
    warn: @escaping @Sendable (String) -> Void
  ) {
    self.client = client
    self.options = options
    self.contextNamespace = contextNamespace
    self.wording = wording
    self.warn = warn
    namespaceList = NamespaceList(
      client: client, ledger: CoverageLedger(), chunkSize: options.chunkSize, wording: wording)
  }

  /// - Throws: when the server cannot be reached, refuses the credentials, knows no user, or has
  ///   none of the namespaces that are named.
  package func ask() async throws -> AccessReport {
    let discovery = try await discovery()
    let options = try await existing(options)
    let needs = try await needs(options, discovery)
    let clusterWide = try await askClusterWide(needs)
    let isLacking = zip(needs, clusterWide).contains { $0.isReadByNamespace && $1 != true }
    let mayListNamespaces = zip(needs, clusterWide).contains {
      $0.purpose == .namespaces && $1 != false
    }
    let rights = isLacking ? await rightsByNamespace(options, mayListNamespaces) : nil
    var entries: [AccessReport.Entry] = []
    for (need, answer) in zip(needs, clusterWide) {
      var namespaces: NamespaceAnswers?
      if let rights, need.isReadByNamespace, answer != true {
        namespaces = await answers(for: need, rights)
      }
      entries.append(.init(need: need, clusterWide: answer, namespaces: namespaces))
    }
    return AccessReport(entries: entries, namespaces: options.namespaces)
  }

  /// What a scan of this server asks for, whoever may have it: discovery and what tells where
  /// custom kinds hold images is read, with the list of namespaces, and no right is asked about.
  ///
  /// - Throws: when the server cannot be reached or refuses the credentials.
  package func needs() async throws -> [AccessNeed] {
    try await needs(options, await discovery())
  }

  private func needs(
    _ options: ScanOptions, _ discovery: Discovery?
  ) async throws -> [AccessNeed] {
    if let unknown = discovery.map(options.kinds.unknown), !unknown.isEmpty {
      throw ScanError.noSuchKind(unknown)
    }
    if let discovery { options.kinds.warnOfUnknownExcluded(discovery, warn) }
    let custom = try await customKinds(options, discovery)
    return AccessNeed.all(
      options, discovery: discovery, custom: custom, revisions: await revisions(options))
  }

  /// Those of Istio whose ConfigMaps a scan would ask for; none where nobody may say which are in
  /// use.
  private func revisions(_ options: ScanOptions) async -> [String] {
    guard options.namespaces.isEmpty, !options.configMaps else { return [] }
    return KnownConfigMap.revisions(in: await namespaceList.all() ?? [])
  }

  private func discovery() async throws -> Discovery? {
    do {
      return try await client.discover()
    } catch let error as APIError where error.isPartial {
      warn("which kinds the server has is unknown: \(wording(error))")
      return nil
    }
  }

  /// The custom kinds that a scan would read. What would tell more of them, and may not be read
  /// yet, is among the needs itself; what fails otherwise is said.
  private func customKinds(
    _ options: ScanOptions, _ discovery: Discovery?
  ) async throws -> CustomKindFinder.Found {
    guard let discovery else { return .init() }
    let ledger = CoverageLedger()
    let found = try await CustomKindFinder(
      client: client, options: options, ledger: ledger, wording: wording, trace: { _ in }
    ).find(discovery)
    for gap in ledger.sorted where gap.isGap {
      let isForbidden = gap.state == .forbidden
      warn(
        isForbidden
          ? "\(gap.resource) may not be listed: \(gap.reason); ask again with the right to it, for"
            + " more kinds may turn up"
          : "\(gap.resource): \(gap.reason)")
    }
    return found
  }

  /// Without the namespaces that are known to be missing: no right would help there.
  private func existing(_ options: ScanOptions) async throws -> ScanOptions {
    let named = try await NamedNamespaces.look(
      for: options, client: client, ledger: CoverageLedger(),
      list: { await namespaceList.all() })
    for name in named.missing {
      warn("there is no namespace \(Glob(name).isPattern ? "like " : "")\"\(name)\"")
    }
    var options = options
    options.namespaces = named.toRead
    return options
  }

  /// One review for each need, a few at a time, in the order of the needs.
  private func askClusterWide(_ needs: [AccessNeed]) async throws -> [Bool?] {
    try await withThrowingTaskGroup(of: (Int, Result<Bool?, APIError>).self) { group in
      for (number, need) in needs.enumerated() {
        group.addTask { [client] in
          do {
            let answer = try await client.gate.run { try await client.mayAct(need.question) }
            return (number, .success(answer))
          } catch let error as APIError where error.isPartial && !error.isAboutAnonymous {
            return (number, .failure(error))
          }
        }
      }
      var answers = [Bool?](repeating: nil, count: needs.count)
      var failures: [Int: APIError] = [:]
      for try await (number, result) in group {
        switch result {
        case .success(let answer): answers[number] = answer
        case .failure(let error): failures[number] = error
        }
      }
      if let first = failures.min(by: { $0.key < $1.key }) {
        warn("what may be read is unknown: \(wording(first.value))")
      }
      return answers
    }
  }

  // MARK: Namespaces

  /// Where a scan would look, and what is allowed there.
  private struct Rights {
    let places: NamespaceRights.Candidates
    let asked: NamespaceRights
  }

  private func rightsByNamespace(
    _ options: ScanOptions, _ mayListNamespaces: Bool
  ) async -> Rights {
    let asked = NamespaceRights(
      client: client, limit: options.maximumNamespaces, excluded: options.excludedNamespaces,
      contextNamespace: contextNamespace,
      listed: { mayListNamespaces ? await namespaceList.names() : nil })
    guard options.namespaces.isEmpty else {
      return Rights(
        places: .init(namespaces: options.namespaces, leftOut: [], isComplete: true), asked: asked)
    }
    return Rights(places: await asked.candidates(), asked: asked)
  }

  private func answers(for need: AccessNeed, _ rights: Rights) async -> NamespaceAnswers {
    let answers = await withTaskGroup(of: (String, Bool?).self) { group in
      for namespace in rights.places.namespaces {
        group.addTask {
          (namespace, await rights.asked.mayList(need.resource, in: namespace))
        }
      }
      return await group.reduce(into: [String: Bool?]()) { $0.updateValue($1.1, forKey: $1.0) }
    }
    func names(_ verdict: Bool?) -> [String] {
      answers.filter { $0.value == verdict }.map(\.key).sorted()
    }
    return NamespaceAnswers(
      allowed: names(true), refused: names(false), unknown: names(nil),
      leftOut: rights.places.leftOut, isComplete: rights.places.isComplete)
  }
}

extension APIError {
  /// Nobody is logged in: there is no user whose rights could be asked about.
  fileprivate var isAboutAnonymous: Bool {
    if case .forbidden(_, _, isAnonymous: true) = self { return true }
    return false
  }
}
