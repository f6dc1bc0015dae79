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
  private let delivery: ReportDelivery
  private let exceptions: ExceptionsSource?
  private let filter: ReportFilter

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    delivery = try ReportDelivery(invocation)
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
    var facts = delivery.facts(of: report)
    guard invocation.arguments[Flags.files.diff] || invocation.arguments[Flags.files.write] else {
      return delivery.deliver(report, facts: facts)
    }
    let rewrite = FilesRewrite(invocation, scan: scan, report: report)
    if try await !rewrite.run() { facts.hasError = true }
    // The report only where it was asked for beside the change.
    return reports
      ? delivery.deliver(report, facts: facts) : delivery.conclude(report, facts: facts)
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
    var report = Report(
      toolVersion: Version.number, scannedAt: scannedAt, asOf: asOf,
      catalogue: CatalogueStamp(
        version: catalogue.version, date: catalogue.date, sha256: catalogue.sha256,
        userRules: arguments[Flags.report.rules]),
      includesHistory: false, includesCleanImages: arguments[Flags.report.allImages],
      clusters: [cluster], rules: RuleSummary.used(in: [cluster], of: catalogue))
    report.target = TargetFlags(arguments)
    return report
  }
}
