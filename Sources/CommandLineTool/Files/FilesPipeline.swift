import Inventory
import RegistryCatalogue
import Reports
import SourceFiles

/// Paths → references → classification → report → output → exit status.
struct FilesPipeline {
  private let invocation: Invocation
  private let catalogue: Catalogue
  private let scannedAt: Int64
  private let asOf: CalendarDate
  /// Nil without `--check`.
  private let registries: RegistryCheck?
  /// Nil without `--pin`.
  private let pins: ImagePins?
  private let delivery: ReportDelivery
  private let exceptions: ExceptionsSource?
  private let filter: ReportFilter
  private let input: FilesInput

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    try Self.check(invocation.arguments)
    delivery = try ReportDelivery(invocation)
    exceptions = try ExceptionsSource(invocation)
    let catalogue = try CatalogueSource(invocation).load()
    self.catalogue = catalogue
    input = try FilesInput(invocation, catalogue: catalogue)
    filter = try ReportFilter(invocation.arguments, catalogue: { catalogue })
    scannedAt = invocation.environment.now()
    asOf = invocation.arguments[Flags.report.asOf] ?? CalendarDate(secondsSince1970: scannedAt)
    registries = try RegistryCheck(invocation, asOf: asOf)
    pins = try ImagePins(invocation)
  }

  func run() async throws -> ExitStatus {
    let scan = try await input.scan(asOf: asOf)
    let answers = try await registries?.run(
      on: scan.inventory, nodes: nil, catalogue: catalogue, invocation.diagnostics)
    let all = report(of: scan, answers)
    let marked = exceptions?.applied(to: all, filter: filter, invocation.diagnostics) ?? all
    let report = filter.applied(to: marked)
    var facts = delivery.facts(of: report)
    guard invocation.arguments[Flags.files.diff] || invocation.arguments[Flags.files.write] else {
      return delivery.deliver(report, facts: facts)
    }
    let wanted = try await pins?.applied(to: report, scan.located) ?? report
    let rewrite = try FilesRewrite(invocation, scan: scan, report: wanted)
    if try await !rewrite.run() { facts.hasError = true }
    // The report only where it was asked for beside the change.
    return reports
      ? delivery.deliver(report, facts: facts) : delivery.conclude(report, facts: facts)
  }

  private static func check(_ arguments: ParsedArguments) throws(UsageError) {
    let flags = Flags.files
    if arguments[flags.git] != nil {
      if arguments[flags.write] { throw .contradiction("--git", "--write") }
      if arguments.isTyped(flags.via) { throw .contradiction("--git", "--via") }
    }
    guard !arguments[flags.diff], !arguments[flags.write] else { return }
    for (flag, isGiven) in [
      (flags.to.definition, arguments.isTyped(flags.to)),
      (flags.via.definition, arguments.isTyped(flags.via)),
      (flags.lock.definition, arguments[flags.lock] != nil),
    ] where isGiven {
      throw .needsOther(flag.spelling, ["--diff", "--write"])
    }
  }

  private var reports: Bool {
    invocation.arguments.isGiven(Flags.output.targets)
      || invocation.arguments.isGiven(Flags.output.file)
  }

  private func report(of scan: FilesScan, _ registries: RegistryCheck.Result?) -> Report {
    let arguments = invocation.arguments
    let inventory = scan.inventory
    let classifier = Classifier(
      catalogue: catalogue, asOf: asOf,
      exposureRule: ExposureRule(assuming: arguments[Flags.files.exposure] ?? .dormant),
      answers: registries?.answers)
    let cluster = ClusterReport(
      files: FileTally(
        paths: input.paths, read: scan.filesRead, binary: scan.binaryFiles,
        mentionsInComments: scan.mentions),
      name: "files:\(input.paths.joined(separator: ","))", inventory: inventory,
      findings: classifier.findings(in: inventory),
      coverage: (scan.coverage + (registries?.coverage ?? [])).sorted())
    var report = Report(
      toolVersion: Version.number, scannedAt: scannedAt, asOf: asOf,
      catalogue: CatalogueStamp(catalogue, userRules: arguments[Flags.report.rules]),
      includesHistory: false, includesCleanImages: arguments[Flags.report.allImages],
      clusters: [cluster], rules: RuleSummary.used(in: [cluster], of: catalogue))
    report.target = TargetFlags(arguments)
    return report
  }
}
