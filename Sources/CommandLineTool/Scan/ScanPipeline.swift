import Inventory
import Kubeconfig
import KubernetesAPI
import RegistryCatalogue
import Reports
import Scanning

/// Target → scan → classification → report → output → exit status; the demo and sweeps run the
/// same.
struct ScanPipeline {
  private let invocation: Invocation
  private let source: CatalogueSource
  private let scannedAt: Int64
  let asOf: CalendarDate
  /// Nil without `--check`.
  private let registries: RegistryCheck?
  let delivery: ReportDelivery
  let selection: ReportSelection
  /// To read instead of those that the flags name; empty: the whole cluster.
  var namespaces: [String]?

  /// Reads the files of flags, so that a wrong one ends the run before any request.
  init(_ invocation: Invocation) throws {
    CatalogueSource.prepare()
    self.invocation = invocation
    delivery = try ReportDelivery(invocation)
    source = try CatalogueSource(invocation)
    selection = try ReportSelection(invocation, catalogue: source.load)
    scannedAt = invocation.environment.now()
    asOf =
      invocation.arguments[Flags.report.asOf] ?? CalendarDate(secondsSince1970: scannedAt)
    registries = try RegistryCheck(invocation, asOf: asOf)
  }

  /// With the rules of `--rules`.
  var catalogue: Catalogue {
    get throws { try source.load() }
  }

  /// Scans one cluster and judges what it holds; the client is closed in any case.
  func read(
    target: ClusterTarget, client: APIClient, isSample: Bool = false
  ) async throws -> (ScanResult, Report) {
    let (result, cluster) = try await scan(
      target: target, client: client,
      invocation.diagnostics.aboutOnly(target.displayName), isSample: isSample)
    let report = selection.applied(
      to: try report(of: [cluster], isSample: isSample), chosenNamespaces: namespaces)
    try warnOfOldCatalogue()
    return (result, report)
  }

  /// Reads and judges one cluster, and closes the client.
  func scan(
    target: ClusterTarget, client: APIClient, _ diagnostics: Diagnostics, isSample: Bool = false
  ) async throws -> (ScanResult, ClusterReport) {
    var options = options
    if !isSample { options.cacheDirectory = CacheDirectory.path(invocation) }
    let (source, asOf) = (source, asOf)
    let scanner = ClusterScanner(
      client: client, options: options, contextNamespace: target.namespace ?? "default",
      wording: { describe($0) },
      knowledge: { ImageKnowledge(try source.load(), asOf: asOf) },
      trace: { diagnostics.trace(level: 1, $0) },
      warn: { diagnostics.warning($0) })
    let result = try await client.whileOpen { try await scanner.scan() }
    traceTotals(result, diagnostics)
    let answers = try await registries?.run(
      on: result.inventory, nodes: result.nodes, catalogue: try catalogue, diagnostics)
    return (result, try judged(result, target: target, answers))
  }

  /// The report before anything is left out of it or waived.
  func report(of clusters: [ClusterReport], isSample: Bool = false) throws -> Report {
    let (arguments, catalogue) = (invocation.arguments, try catalogue)
    var report = Report(
      toolVersion: Version.number, scannedAt: scannedAt, asOf: asOf,
      catalogue: CatalogueStamp(catalogue, userRules: arguments[Flags.report.rules]),
      isSample: isSample,
      includesHistory: arguments[Flags.report.include].contains(.history),
      includesCleanImages: arguments[Flags.report.allImages], clusters: clusters,
      rules: RuleSummary.used(in: clusters, of: catalogue))
    report.target = TargetFlags(arguments)
    return report
  }

  func warnOfOldCatalogue() throws {
    let catalogue = try catalogue
    let age = catalogue.date.days(until: asOf)
    guard age > Catalogue.oldAfterDays else { return }
    invocation.diagnostics.warning(
      "the catalogue of \(catalogue.date) is \(age) days old on \(asOf): registries may"
        + " have changed since; use a newer release, or --rules with a newer catalogue")
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

  private func judged(
    _ result: ScanResult, target: ClusterTarget, _ registries: RegistryCheck.Result?
  ) throws -> ClusterReport {
    let today = CalendarDate(secondsSince1970: scannedAt)
    let classifier = Classifier(
      catalogue: try catalogue, asOf: asOf,
      exposureRule: ExposureRule(
        nodes: result.nodes, autoscalers: result.autoscalers, usesEvidence: asOf == today),
      mirrors: result.mirrors, teamLabel: invocation.arguments[Flags.report.teamLabel],
      answers: registries?.answers)
    var cluster = ClusterReport(
      contexts: [contextName(of: target)],
      server: target.server.text, clusterUID: result.clusterUID,
      serverVersion: result.serverVersion, inventory: result.inventory,
      findings: classifier.findings(in: result.inventory),
      coverage: (result.coverage + (registries?.coverage ?? [])).sorted(),
      nodes: result.nodes)
    cluster.authority = CertificateAuthorities.name(of: target)
    return cluster
  }

  private func contextName(of target: ClusterTarget) -> String {
    invocation.arguments[Flags.report.clusterName] ?? target.displayName
  }

  private func traceTotals(_ result: ScanResult, _ diagnostics: Diagnostics) {
    diagnostics.trace(
      level: 1,
      "totals: requests \(result.totals.requests), retries \(result.totals.retries),"
        + " bytes \(result.totals.bytes), at most \(result.peakInFlight) lists at once")
  }
}

extension ImageKnowledge {
  fileprivate init(_ catalogue: Catalogue, asOf: CalendarDate) {
    let hubAccounts = Set(catalogue.hubAccounts)
    self.init(
      recognizes: { catalogue.complains(about: $0, asOf: asOf) },
      recognizesText: { catalogue.recognize($0, hubAccounts: hubAccounts, asOf: asOf) })
  }
}
