import Inventory
import Remediation
import Reports

/// `fix`: from findings to the smallest changes at the places that own them.
enum FixCommand {
  static let command = Command(
    name: .fix,
    group: .act,
    isEveryday: true,
    summary: "Write the changes that make findings go away",
    details: [
      "For each finding with a replacement tell the smallest change at the place that owns it:"
        + " a command or patch for objects that nothing manages; elsewhere the release and its"
        + " values, the Application, the static pod's file on its node, kubeadm's"
        + " configuration, the operator's field. Nothing is ever changed by this command: it"
        + " prints a plan, or writes files with --output-dir.",
      "The same image at another place may be changed by a script. Another name, tag or version"
        + " is for a person to decide: these are listed with what to check, as is what has no"
        + " replacement and what could not be read.",
      "The findings are those of a scan of now, or of a report (--from). Without NAMESPACE a"
        + " workload of any namespace is meant. --helm learns which values of charts set"
        + " images.",
    ],
    positional: .init(
      placeholder: WorkloadQuery.form, help: "Plan for these workloads only", isRepeatable: true),
    examples: [
      .init(
        comment: "What to change in one namespace, in order",
        line: "kubectl gcr-report fix -n shop"),
      .init(
        comment: "Patches with scripts that apply them and take them back, from a report",
        line: "kubectl gcr-report fix --from report.json --format patches --output-dir fixes"),
      .init(
        comment: "The values of Helm releases",
        line: "kubectl gcr-report fix --helm --format values"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let arguments = invocation.arguments
    var queries: [WorkloadQuery] = []
    for text in arguments.positionals { queries.append(try WorkloadQuery(text)) }
    let input = try ReportInput(invocation)
    let tree = try OutputTree(invocation)
    let report = try await input.report()
    try check(queries, report)
    let plan = FixPlan(
      report,
      isWanted: queries.isEmpty
        ? nil : { identity in queries.contains { $0.matches(identity) } })
    let document = FixDocument(plan, as: arguments[Flags.fix.format] ?? .commands)
    let output = invocation.environment.standardOutput
    if let tree {
      let files = document.files(safe: FileNameTemplate.safe).map {
        OutputTree.File(path: $0.path, content: $0.content, isExecutable: $0.isExecutable)
      }
      try tree.write(files)
      try output.write(tree.receipt(files, plan.summary))
    } else {
      try output.write(document.text(width: invocation.environment.terminal.pageWidth))
    }
    return ExitStatus.decide(input.facts(of: report))
  }

  /// A name that nothing has is a slip, not an empty plan.
  private static func check(_ queries: [WorkloadQuery], _ report: Report) throws {
    let workloads = Set(report.clusters.flatMap { $0.findings.map(\.use.workload) })
    for query in queries where !workloads.contains(where: query.matches) {
      throw FixError.notFound(
        query, near: NearWorkloads.names(query, among: workloads.sorted()))
    }
  }
}

/// Why `fix` has no plan.
enum FixError: Error, Hashable {
  /// No finding is of this workload.
  case notFound(WorkloadQuery, near: [String])
}

func describe(_ error: FixError) -> String {
  switch error {
  case .notFound(let query, let near):
    let name = [query.namespace, query.typedKind, query.name].compactMap { $0 }
      .joined(separator: "/")
    let text = "the report has no finding of \"\(name)\""
    return near.isEmpty ? text : text + "; near it: \(near.joined(separator: ", "))"
  }
}
