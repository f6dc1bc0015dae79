import Inventory
import Manifests
import RegistryCatalogue
import Reports
import SourceFiles

/// Paths → references → classification → report → output → exit status.
struct FilesPipeline {
  private let invocation: Invocation
  private let catalogue: Catalogue
  private let scannedAt: Int64
  private let asOf: CalendarDate
  private let outputs: ReportOutputs
  private let baseline: BaselineSource?
  private let exceptions: ExceptionsSource?
  private let filter: ReportFilter

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    outputs = try ReportOutputs(invocation)
    baseline = try BaselineSource(invocation)
    exceptions = try ExceptionsSource(invocation)
    catalogue = try CatalogueSource(invocation).load()
    filter = try ReportFilter(invocation.arguments, catalogue: catalogue)
    scannedAt = invocation.environment.now()
    asOf = invocation.arguments[Flags.report.asOf] ?? CalendarDate(secondsSince1970: scannedAt)
  }

  func run() async throws -> ExitStatus {
    let scan = try scan()
    let all = report(of: scan)
    let marked = exceptions?.applied(to: all, filter: filter, invocation.diagnostics) ?? all
    let report = filter.applied(to: marked)
    if let baseline { baseline.report(on: report, invocation.diagnostics) }
    var facts = facts(of: report)
    if invocation.arguments[Flags.files.diff] || invocation.arguments[Flags.files.write] {
      let rewrite = FilesRewrite(invocation, scan: scan, report: report)
      let isWritten = try await rewrite.run()
      // The report only where it was asked for beside the change.
      let isWhole = isWritten && (!reports || outputs.write(report))
      facts.hasError = !isWhole
      return ExitStatus.decide(facts)
    }
    facts.hasError = !outputs.write(report)
    return ExitStatus.decide(facts)
  }

  private var reports: Bool {
    invocation.arguments.isGiven(Flags.output.targets)
      || invocation.arguments.isGiven(Flags.output.file)
  }

  private func scan() throws -> FilesScan {
    let arguments = invocation.arguments
    var scan = FilesScan(
      TextSearch(
        hosts: catalogue.hosts, prefixHosts: catalogue.wholeHosts,
        recognizes: { [catalogue, asOf] in catalogue.hasComplaint(about: $0, asOf: asOf) }))
    var walk = FileWalk(
      include: arguments[Flags.files.include], exclude: arguments[Flags.files.exclude])
    for path in arguments.positionals where path != "-" { walk.add(path) }
    if arguments.positionals.contains("-") { scan.add(file: "-") }
    scan.add(walk)
    if scan.filesRead == 0, scan.binaryFiles == 0, let first = scan.coverage.first {
      throw FilesError.nothingRead("\"\(first.resource)\": \(first.reason)")
    }
    return scan
  }

  private func report(of scan: FilesScan) -> Report {
    let arguments = invocation.arguments
    let inventory = scan.inventory
    let classifier = Classifier(
      catalogue: catalogue, asOf: asOf,
      exposureRule: ExposureRule(assuming: arguments[Flags.files.exposure] ?? .dormant))
    let cluster = ClusterReport(
      files: FileTally(
        paths: arguments.positionals, read: scan.filesRead, binary: scan.binaryFiles,
        mentionsInComments: scan.mentions),
      name: "files:\(arguments.positionals.joined(separator: ","))", inventory: inventory,
      findings: classifier.findings(in: inventory), coverage: scan.coverage.sorted())
    return Report(
      toolVersion: Version.number, scannedAt: scannedAt, asOf: asOf,
      catalogue: CatalogueStamp(
        version: catalogue.version, date: catalogue.date, sha256: catalogue.sha256,
        userRules: arguments[Flags.report.rules]),
      includesHistory: false, includesCleanImages: arguments[Flags.report.allImages],
      clusters: [cluster], rules: RuleSummary.used(in: [cluster], of: catalogue))
  }

  private func facts(of report: Report) -> ExitFacts {
    let arguments = invocation.arguments
    var facts = ExitFacts()
    if let level = arguments[Flags.status.failOn] {
      facts.hasFindings = report.clusters.contains { cluster in
        cluster.findings.contains { finding in
          finding.mayFail && finding.risk >= level
            && baseline?.baseline.holds(finding, of: cluster) != true
        }
      }
    }
    facts.hasGap = report.clusters.contains { $0.coverage.contains(where: \.isGap) }
    facts.requiresComplete = arguments[Flags.status.requireComplete]
    facts.exitsZero = arguments[Flags.status.exitZero]
    return facts
  }
}
