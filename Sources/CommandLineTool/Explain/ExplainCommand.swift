import Inventory
import Kubeconfig
import Reports
import Scanning

/// `explain`: everything about one workload's images.
enum ExplainCommand {
  static let command = Command(
    name: .explain,
    group: .look,
    isEveryday: true,
    summary: "Tell one workload's whole story",
    details: [
      "For each image of one workload tell where it stands and who owns it, why it has this risk,"
        + " which nodes hold it, what happens next and when, what to change, and who says so.",
      "Kinds may be typed as for kubectl: deployment, deployments, deploy, deployments.apps. Without"
        + " NAMESPACE that of --namespace or of the context counts. Only this namespace is read.",
    ],
    positional: .init(
      placeholder: WorkloadQuery.form, help: "The workload that owns the Pods", isRequired: true,
      completion: .workloads),
    examples: [
      .init(
        comment: "Explain a Deployment",
        line: "kubectl gcr-report explain istio-system/deployment/istiod"),
      .init(
        comment: "The same, as kubectl has it",
        line: "kubectl gcr-report explain -n istio-system deploy/istiod"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let arguments = invocation.arguments
    let query = try WorkloadQuery(arguments.positionals.first)
    var pipeline = try ScanPipeline(invocation)
    let access = try ClusterAccess(invocation)
    let target = try access.target()
    let context = target.namespace ?? "default"
    let isEverywhere = arguments[Flags.selection.allNamespaces]
    let flag = Flags.selection.namespaces
    // What is typed wins over the environment and the configuration.
    let named =
      query.namespace == nil || arguments.isTyped(flag) ? arguments[flag] : []
    let namespaces = try query.namespaces(
      flag: named, isEverywhere: isEverywhere, context: context)
    // Patterns of --namespace are the scan's own business.
    pipeline.namespaces = namespaces == arguments[flag] ? nil : namespaces
    let (result, report) = try await pipeline.read(
      target: target, client: access.client(for: target))
    guard let cluster = report.clusters.first else { return .error }
    let workloads = result.inventory.workloads.filter { workload in
      let place = workload.identity.namespace
      return query.matches(workload.identity)
        && (isEverywhere || !namespaces.isEmpty || place.isEmpty || place == context)
    }
    guard !workloads.isEmpty else {
      let ledger = result.coverage.filter { query.kind.matches(resource: $0.resource) }
      throw ExplainError.notFound(
        .init(
          query: query, namespaces: namespaces,
          near: NearWorkloads.names(query, among: result.inventory.workloads.map(\.identity)),
          coverage: ledger.isEmpty ? nil : ledger))
    }
    let options = RenderOptions(
      invocation.environment.terminal, color: invocation.usesColor)
    let catalogue = try pipeline.catalogue
    let pages = workloads.map { workload in
      ExplanationPage(
        Explanation(
          of: workload, in: cluster, of: report, catalogue: catalogue,
          nodes: result.nodes),
        options: options
      ).text()
    }
    try invocation.environment.standardOutput.write(pages.joined(separator: "\n"))
    return .done
  }
}
