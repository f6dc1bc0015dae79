import ImageReferences
import Inventory
import Kubeconfig
import KubernetesAPI
import RegistryCatalogue
import Reports
import Scanning

/// Target → scan → classification → report → output → exit status; the demo runs the same.
struct ScanPipeline {
  private let invocation: Invocation
  let catalogue: Catalogue
  private let scannedAt: Int64
  private let asOf: CalendarDate
  private let outputs: ReportOutputs
  private let baseline: BaselineSource?
  /// To read instead of those that the flags name; empty: the whole cluster.
  var namespaces: [String]?
  private let exceptions: ExceptionsSource?
  private let filter: ReportFilter

  /// Reads the catalogue and the files of flags, so that a wrong one ends the run before any
  /// request.
  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    outputs = try ReportOutputs(invocation)
    baseline = try BaselineSource(invocation)
    exceptions = try ExceptionsSource(invocation)
    catalogue = try CatalogueSource(invocation).load()
    filter = try ReportFilter(invocation.arguments, catalogue: catalogue)
    scannedAt = invocation.environment.now()
    asOf =
      invocation.arguments[Flags.report.asOf] ?? CalendarDate(secondsSince1970: scannedAt)
  }

  func run(
    target: ClusterTarget, client: APIClient, isSample: Bool = false
  ) async throws -> ExitStatus {
    let (_, report) = try await read(target: target, client: client, isSample: isSample)
    var facts = facts(of: report)
    if let baseline { baseline.report(on: report, invocation.diagnostics) }
    facts.hasError = !outputs.write(report, context: contextName(of: target))
    return ExitStatus.decide(facts)
  }

  /// Scans one cluster and judges what it holds; the client is closed in any case.
  func read(
    target: ClusterTarget, client: APIClient, isSample: Bool = false
  ) async throws -> (ScanResult, Report) {
    var options = options
    if !isSample { options.cacheDirectory = CacheDirectory.path(invocation) }
    let (catalogue, asOf, diagnostics) = (catalogue, asOf, invocation.diagnostics)
    let scanner = ClusterScanner(
      client: client, options: options, contextNamespace: target.namespace ?? "default",
      recognizes: { catalogue.hasComplaint(about: $0, asOf: asOf) },
      wording: { describe($0) },
      isCatalogued: { text in
        guard let reference = ImageText.parse(text).reference else { return false }
        return catalogue.judge(reference, asOf: asOf).rule != nil
      },
      trace: { diagnostics.trace(level: 1, $0) })
    let result: ScanResult
    do {
      result = try await scanner.scan()
    } catch {
      await client.close()
      throw error
    }
    await client.close()
    traceTotals(result)
    let report = selected(report(of: result, target: target, isSample: isSample))
    warnOfOldCatalogue(report.catalogue)
    return (result, report)
  }

  /// Exceptions first: whether an entry matches is a matter of all that was read.
  private func selected(_ report: Report) -> Report {
    var filter = filter
    if namespaces != nil { filter.namespaces = [] }
    let marked =
      exceptions?.applied(to: report, filter: filter, invocation.diagnostics) ?? report
    return filter.applied(to: marked)
  }

  private var options: ScanOptions {
    var options = ScanOptions(invocation.arguments)
    if let namespaces {
      options.namespaces = Set(namespaces).sorted()
      options.namespacePatterns = []
    }
    options.events = asOf == CalendarDate(secondsSince1970: scannedAt)
    return options
  }

  private func report(of result: ScanResult, target: ClusterTarget, isSample: Bool) -> Report {
    let arguments = invocation.arguments
    let today = CalendarDate(secondsSince1970: scannedAt)
    let classifier = Classifier(
      catalogue: catalogue, asOf: asOf,
      exposureRule: ExposureRule(
        nodes: result.nodes, autoscalers: result.autoscalers, usesEvidence: asOf == today),
      mirrors: result.mirrors, teamLabel: arguments[Flags.report.teamLabel])
    let cluster = ClusterReport(
      contexts: [contextName(of: target)],
      server: target.server.text, clusterUID: result.clusterUID,
      serverVersion: result.serverVersion, inventory: result.inventory,
      findings: classifier.findings(in: result.inventory), coverage: result.coverage,
      nodes: result.nodes)
    var report = Report(
      toolVersion: Version.number, scannedAt: scannedAt, asOf: asOf,
      catalogue: CatalogueStamp(
        version: catalogue.version, date: catalogue.date, sha256: catalogue.sha256,
        userRules: arguments[Flags.report.rules]),
      isSample: isSample,
      includesHistory: arguments[Flags.report.include].contains(.history),
      includesCleanImages: arguments[Flags.report.allImages], clusters: [cluster],
      rules: RuleSummary.used(in: [cluster], of: catalogue))
    if !isSample { report.target = TargetFlags(arguments) }
    return report
  }

  private func contextName(of target: ClusterTarget) -> String {
    target.displayName
  }

  private func warnOfOldCatalogue(_ stamp: CatalogueStamp) {
    guard stamp.age(on: asOf) > CatalogueStamp.oldAfterDays else { return }
    invocation.diagnostics.warning(
      "the catalogue of \(stamp.date) is \(stamp.age(on: asOf)) days old on \(asOf): registries may"
        + " have changed since; use a newer release, or --rules with a newer catalogue")
  }

  private func traceTotals(_ result: ScanResult) {
    invocation.diagnostics.trace(
      level: 1,
      "totals: requests \(result.totals.requests), retries \(result.totals.retries),"
        + " bytes \(result.totals.bytes), at most \(result.peakInFlight) lists at once")
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
