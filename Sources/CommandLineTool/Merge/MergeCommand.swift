import RegistryCatalogue
import Reports

/// `merge`: reports made elsewhere as one.
enum MergeCommand {
  static let command = Command(
    name: .merge,
    group: .time,
    summary: "Join JSON reports of several clusters into one",
    details: [
      "Read reports that -o json wrote, each of one cluster or of many, and print them as one report"
        + " in any format. Nothing is judged anew: each cluster keeps the day and the catalogue by"
        + " which it was judged, and differences are told on stderr.",
      "A cluster that is in several reports, by the UID of kube-system and the certificate"
        + " authority, is shown once, with its newest scan. With the same UID and another authority"
        + " both are kept and marked as a possible duplicate.",
    ],
    positional: .init(
      placeholder: "FILE",
      help: "A report, a folder of reports (*.json, *.jsonl), or - for standard input",
      isRequired: true, isRepeatable: true, completion: .files),
    examples: [
      .init(
        comment: "One table from the reports that each cluster wrote about itself",
        line: "kubectl gcr-report merge reports/"),
      .init(
        comment: "Join the shards of a sweep",
        line: "kubectl gcr-report merge shard-1.json shard-2.json -o csv=fleet.csv"),
    ],
    run: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> ExitStatus {
    let names = invocation.arguments.positionals
    guard !names.isEmpty else {
      throw UsageError.missingArgument(command: .merge, expected: "a report, a folder or -")
    }
    let delivery = try ReportDelivery(invocation)
    let selection = try ReportSelection(invocation, catalogue: { try .embedded })
    var report = try JoinedReports(invocation, selection: selection).read(names)
    if report.clusters.contains(where: \.isHistoryUncounted) {
      invocation.diagnostics.warning(HistoryTotals.uncounted)
    }
    report.target = TargetFlags(invocation.arguments)
    report.target.isSweep = true
    return delivery.deliver(report, facts: delivery.facts(of: report))
  }
}
