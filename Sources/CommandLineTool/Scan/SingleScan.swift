import Kubeconfig
import Reports
import Scanning

/// One cluster, from its context to the exit status.
///
/// A cluster that cannot be read is an error and no report on standard output, but in the files
/// that were asked for it stands as a sweep would have it: a cluster with the reason.
struct SingleScan {
  private let invocation: Invocation
  private let pipeline: ScanPipeline

  init(_ invocation: Invocation, _ pipeline: ScanPipeline) {
    self.invocation = invocation
    self.pipeline = pipeline
  }

  func run() async throws -> ExitStatus {
    let arguments = invocation.arguments
    let name = arguments[Flags.report.clusterName]
    // What is known of it so far.
    var cluster = ClusterReport(
      contexts: [name ?? arguments[Flags.connection.context]].compactMap { $0 }, server: "")
    var target: ClusterTarget?
    let report: Report
    do {
      let access = try ClusterAccess(invocation)
      if cluster.contexts.isEmpty, let current = access.currentContext {
        cluster.contexts = [current]
      }
      let found = try access.target()
      target = found
      cluster.contexts = [name ?? found.displayName]
      cluster.server = found.server.text
      let client = access.client(for: found)
      report = try await withTimeLimit(limit) {
        try await pipeline.read(target: found, client: client).1
      }
    } catch {
      cluster.authority = target.flatMap(CertificateAuthorities.name)
      return try fail(error, cluster)
    }
    return pipeline.delivery.deliver(report, facts: pipeline.delivery.facts(of: report))
  }

  /// That of `--cluster-timeout`; a scan of one cluster has none of its own.
  private var limit: Duration? {
    invocation.arguments.isGiven(Flags.sweep.clusterTimeout)
      ? invocation.arguments[Flags.sweep.clusterTimeout] : nil
  }

  /// - Throws: the error, when it is none of the cluster, or nobody can say of which one.
  private func fail(_ error: any Error, _ cluster: ClusterReport) throws -> ExitStatus {
    try Task.checkCancellation()
    guard let name = cluster.contexts.first, ExitStatus.decide(facts(of: error)) == .error else {
      throw error
    }
    var cluster = cluster
    cluster.failure = describe(error)
    let report = pipeline.selection.applied(
      to: try pipeline.report(of: [cluster]), isWhole: false)
    return pipeline.delivery.fail(report, invocation.diagnostics.aboutOnly(name), error)
  }
}
