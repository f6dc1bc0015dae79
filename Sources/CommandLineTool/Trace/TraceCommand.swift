import Inventory
import Manifests
import RegistryCatalogue
import Reports
import SourceFiles

/// `trace`: which place in which file made what a scan finds.
enum TraceCommand {
  static let command = Command(
    name: .trace,
    group: .look,
    summary: "Find the files that what is live comes from",
    details: [
      "Scan the cluster, or take a report (--from), read files and folders as the command files does,"
        + " and join the two: for each finding that counts the file, line and column, or the Helm"
        + " value, that most likely made it; then what is live and in no file, and what is in files"
        + " and nowhere live.",
      "certain: the same object, namespace and container, with the same image. likely: the same object"
        + " in a file that names no namespace; the same kind and container under a name that lacks a"
        + " prefix or a suffix; values of the chart whose release manages the workload (--helm tells"
        + " more of them); an object that Flux or Argo CD reads; an entry of a kustomization. possible:"
        + " the same image, and nothing else. Up to three places are told, the closest first.",
      "Namespaces and names are those that the kustomizations among the files give: the outermost"
        + " namespace wins.",
      "What could not be read, in the cluster or of the files, is listed and never taken for absent. No"
        + " template is rendered: trace the output of \"helm template\" or \"kustomize build\" for"
        + " that.",
    ],
    positional: .init(
      placeholder: "PATH", help: "Files and folders; - is standard input", isRequired: true,
      isRepeatable: true, completion: .files),
    examples: [
      .init(
        comment: "Where what is live here comes from",
        line: "kubectl gcr-report trace deploy charts"),
      .init(
        comment: "One namespace, with what Helm's releases say of their values",
        line: "kubectl gcr-report trace charts -n payments --helm"),
      .init(
        comment: "A report of yesterday, and files as they were then",
        line: "kubectl gcr-report trace . --from report.json --git v1.2"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let arguments = invocation.arguments
    guard !arguments.positionals.isEmpty else { throw FilesError.noPath(.trace) }
    if arguments.positionals.contains("-"), arguments[Flags.source.from].contains("-") {
      throw UsageError.contradiction("--from -", "-")
    }
    let input = try ReportInput(invocation)
    let files = try FilesInput(invocation, catalogue: input.catalogue)
    // Whichever is read sooner is read first, so that what is wrong with it shows at once.
    let (report, scan): (Report, FilesScan)
    if input.isScan {
      scan = try await files.scan(asOf: input.asOf, keepsKustomizations: true)
      report = try await input.report()
    } else {
      report = try await input.report()
      scan = try await files.scan(asOf: report.asOf, keepsKustomizations: true)
    }
    if report.clusters.contains(where: { $0.files != nil }) { throw TraceError.reportOfFiles }
    let trace = join(
      report, scan, files, try input.catalogue, userRules: arguments[Flags.report.rules])
    try write(trace, invocation)
    var facts = input.facts(of: report)
    facts.hasGap = facts.hasGap || !trace.gaps.isEmpty
    return ExitStatus.decide(facts)
  }

  private static func join(
    _ report: Report, _ scan: FilesScan, _ files: FilesInput, _ catalogue: Catalogue,
    userRules: String?
  ) -> Trace {
    let classifier = Classifier(
      catalogue: catalogue, asOf: report.asOf, exposureRule: ExposureRule(assuming: .dormant))
    let references = Dictionary(
      scan.located.map { ($0.use, $0.reference) }, uniquingKeysWith: { first, _ in first })
    // A report of this program names images because they are live.
    let findings = classifier.findings(in: scan.inventory).filter {
      !$0.use.workload.apiVersion.hasPrefix("gcr-report/")
    }
    let builds = builds(of: Set(findings.compactMap(\.use.place?.file)), scan)
    let sources = findings.map { finding in
      let reference = references[finding.use]
      return TraceSource(
        finding: finding, isKustomizationEntry: reference?.matchedName != nil,
        isOpen: reference?.isOpen == true, tagBeside: reference?.tagBeside,
        builds: finding.use.place.flatMap { builds[$0.file] } ?? [])
    }
    return Trace(
      report: report, sources: sources,
      tally: FileTally(
        paths: files.paths, read: scan.filesRead, binary: scan.binaryFiles,
        mentionsInComments: scan.mentions),
      coverage: scan.coverage,
      catalogue: CatalogueStamp(catalogue, userRules: userRules))
  }

  /// What the kustomizations that were read make of the objects of each file.
  private static func builds(
    of files: Set<String>, _ scan: FilesScan
  ) -> [String: [KustomizedObject]] {
    guard !scan.kustomizations.isEmpty else { return [:] }
    let graph = KustomizeGraph(scan.kustomizations)
    return Dictionary(
      uniqueKeysWithValues: files.map { file in
        let objects = graph.builds(of: file).map { build in
          KustomizedObject(
            namespace: build.namespace, namePrefix: build.namePrefix,
            nameSuffix: build.nameSuffix, file: build.file)
        }
        return (file, objects)
      })
  }

  private static func write(_ trace: Trace, _ invocation: Invocation) throws {
    let output = invocation.environment.standardOutput
    switch invocation.arguments[Flags.output.traceForm] {
    case .json: try output.write(TraceJSON.document(trace))
    case .table:
      try output.write(
        TracePage(trace: trace).text(RenderOptions(invocation.environment.terminal)))
    }
  }
}

/// Why `trace` cannot join.
enum TraceError: Error, Hashable {
  case reportOfFiles
}

func describe(_ error: TraceError) -> String {
  switch error {
  case .reportOfFiles:
    "--from names a report of files; expected a report of clusters, which trace joins with files"
  }
}
