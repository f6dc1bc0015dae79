import Inventory
import Kubeconfig
import KubernetesAPI
import Reports
import Scanning
import Synchronization

/// Reads single contexts of a sweep, each with a client, credentials, authority and proxy of its own,
/// and turns whatever goes wrong into a row.
final class SweepReader: Sendable {
  private let pipeline: ScanPipeline
  private let access: ClusterAccess
  private let targets: [SweepTarget]
  private let limit: Duration?
  private let diagnostics: Diagnostics
  /// Of contexts that were identified and not scanned yet: credentials are asked for once.
  private let clients = Mutex<[Int: APIClient]>([:])

  init(
    _ invocation: Invocation, _ pipeline: ScanPipeline, _ access: ClusterAccess,
    _ targets: [SweepTarget]
  ) {
    self.pipeline = pipeline
    self.access = access
    self.targets = targets
    limit = invocation.arguments[Flags.sweep.clusterTimeout]
    diagnostics = invocation.diagnostics
  }

  /// Asks for the UID of kube-system and nothing else.
  ///
  /// - Throws: when the sweep is cancelled.
  func identify(_ number: Int) async throws -> Sweep<ClusterReport>.Identity {
    guard case .success(let target) = targets[number].target else { return .unknown }
    let client = access.client(for: target, context: targets[number].context)
    let identity: Sweep<ClusterReport>.Identity
    do {
      identity = .uid(
        try await withTimeLimit(limit) { try await client.namespaceUID("kube-system") })
    } catch {
      try Task.checkCancellation()
      switch error {
      case APIError.forbidden, APIError.notFound: identity = .unknown
      default: identity = .unreadable(failed(number, error))
      }
    }
    await client.close()
    clients.withLock { $0[number] = client }
    return identity
  }

  /// - Throws: when the sweep is cancelled.
  func scan(_ number: Int) async throws -> SweepReading<ClusterReport> {
    let target: ClusterTarget
    switch targets[number].target {
    case .success(let resolved): target = resolved
    case .failure(let error): return failed(number, error)
    }
    let context = targets[number].context
    let client =
      clients.withLock { $0.removeValue(forKey: number) }
      ?? access.client(for: target, context: context)
    do {
      let cluster = try await withTimeLimit(limit) { [pipeline, diagnostics] in
        try await pipeline.scan(
          target: target, client: client, diagnostics.about(context))
      }
      return SweepReading(
        outcome: cluster, isRead: true, uid: cluster.clusterUID,
        breadth: CoverageBreadth(
          isRead: true, coverage: cluster.coverage, uses: cluster.useCount))
    } catch {
      try Task.checkCancellation()
      return failed(number, error)
    }
  }

  private func failed(_ number: Int, _ error: any Error) -> SweepReading<ClusterReport> {
    let target = targets[number]
    var cluster = ClusterReport(
      contexts: [target.context], server: target.server, failure: describe(error))
    cluster.authority = target.authority
    return SweepReading(
      outcome: cluster, isRead: false, uid: nil,
      breadth: CoverageBreadth(isRead: false, coverage: [], uses: 0))
  }
}
