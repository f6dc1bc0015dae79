/// `scan`: one cluster, or a sweep over many, read, judged and reported.
enum ScanCommand {
  static let command = Command(
    name: .scan,
    group: .look,
    isEveryday: true,
    isDefault: true,
    summary: "Report what breaks in a cluster, where and when",
    details: [
      "Read every image of Pods and workload templates of one cluster, running or not, judge the"
        + " registries they name, and print the risk per namespace.",
      "Nothing is ever written to the cluster.",
      "--contexts, --contexts-regex and --all-contexts sweep over many clusters at once; what could"
        + " not be read of them stands in the report with its reason.",
    ],
    examples: [
      .init(comment: "Scan the cluster of the current context", line: "kubectl gcr-report"),
      .init(
        comment: "One line per finding, in two namespaces",
        line: "kubectl gcr-report -n kube-system -n istio-system -o wide"),
      .init(
        comment: "A file for a spreadsheet, of another context",
        line: "kubectl gcr-report --context prod -o csv > prod.csv"),
      .init(
        comment: "A table to look at and two files, from one scan",
        line: "kubectl gcr-report -o table -o csv=report.csv -o sarif=report.sarif"),
      .init(
        comment: "Fail a pipeline when something is at high risk or worse",
        line: "kubectl gcr-report --fail-on high"),
      .init(
        comment: "What will be broken on New Year's Day",
        line: "kubectl gcr-report --as-of 2027-01-01"),
      .init(
        comment: "Every cluster whose context begins with prod, with a row for each finding",
        line: "kubectl gcr-report --contexts 'prod-*' -o csv > fleet.csv"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let selection = try ContextSelection(invocation.arguments)
    if selection != nil, invocation.arguments.isTyped(Flags.report.clusterName) {
      throw UsageError.contradiction(
        Flags.report.clusterName.definition.spelling, Flags.sweep.contexts.definition.spelling)
    }
    let lock = try lock(invocation)
    defer { lock?.release() }
    let pipeline = try ScanPipeline(invocation)
    if let selection {
      return try await ClusterSweep(invocation, selection, pipeline).run()
    }
    return try await SingleScan(invocation, pipeline).run()
  }

  /// Of `--lock`, for as long as this run lasts.
  private static func lock(_ invocation: Invocation) throws -> RunLock? {
    guard let name = invocation.arguments[Flags.output.lock] else { return nil }
    return try RunLock(path: invocation.environment.absolute(name), name: name)
  }
}
