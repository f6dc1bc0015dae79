import Inventory
import Kubeconfig
import KubernetesAPI
import Reports
import Scanning
import Synchronization

/// Reads single contexts of a sweep, each with a client, credentials, authority and proxy of its
/// own, and turns whatever goes wrong into a row.
final class SweepReader: Sendable {
  /// Who says no UID by then stands alone, so that a dead server holds no other cluster up for
  /// longer.
  private static let patience = Duration.seconds(30)

  /// A context that was asked for its UID: credentials are asked for once, and the time it took
  /// is a part of what it has.
  private struct Identified {
    let client: APIClient
    let spent: Duration
  }

  private let pipeline: ScanPipeline
  private let access: ClusterAccess
  private let targets: [SweepTarget]
  private let limit: Duration?
  private let diagnostics: Diagnostics
  private let progress: Progress?
  private let identified = Mutex<[Int: Identified]>([:])

  init(
    _ invocation: Invocation, _ pipeline: ScanPipeline, _ access: ClusterAccess,
    _ targets: [SweepTarget]
  ) {
    self.pipeline = pipeline
    self.access = access
    self.targets = targets
    limit = invocation.arguments[Flags.sweep.clusterTimeout]
    diagnostics = invocation.diagnostics
    progress = invocation.progress
  }

  /// Asks for the UID of kube-system and nothing else.
  ///
  /// - Throws: when the sweep is cancelled.
  func identify(_ number: Int) async throws -> Sweep<ClusterReport>.Identity {
    guard case .success(let target) = targets[number].target else { return .unknown }
    let client = access.client(for: target, context: targets[number].context)
    let started = ContinuousClock.now
    let patience = min(Self.patience, limit ?? Self.patience)
    let identity: Sweep<ClusterReport>.Identity
    do {
      identity = .uid(
        try await withTimeLimit(patience) { try await client.namespaceUID("kube-system") })
    } catch {
      try Task.checkCancellation()
      switch error {
      case APIError.forbidden, APIError.notFound, is TimeLimitExceeded: identity = .unknown
      default: identity = .unreadable(failed(number, error))
      }
    }
    await client.close()
    let entry = Identified(client: client, spent: ContinuousClock.now - started)
    identified.withLock { $0[number] = entry }
    return identity
  }

  /// - Throws: when the sweep is cancelled.
  func scan(_ number: Int) async throws -> SweepReading<ClusterReport> {
    let target: ClusterTarget
    switch targets[number].target {
    case .success(let resolved): target = resolved
    case .failure(let error): return failed(number, error)
    }
    defer { progress?.remove(target.displayName) }
    let context = targets[number].context
    let entry = identified.withLock { $0.removeValue(forKey: number) }
    let client = entry?.client ?? access.client(for: target, context: context)
    let left = limit.map { max(.zero, $0 - (entry?.spent ?? .zero)) }
    do {
      let cluster = try await withTimeLimit(left) { [pipeline, diagnostics] in
        try await pipeline.scan(
          target: target, client: client, diagnostics.about(context)
        ).1
      }
      return SweepReading(
        outcome: cluster, isRead: true, uid: cluster.clusterUID,
        breadth: CoverageBreadth(
          isRead: true, coverage: cluster.coverage, uses: cluster.useCount))
    } catch {
      try Task.checkCancellation()
      guard error is TimeLimitExceeded, let limit else { return failed(number, error) }
      return failed(number, TimeLimitExceeded(limit: limit))
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
