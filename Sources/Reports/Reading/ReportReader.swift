import ImageReferences
import Inventory
import RegistryCatalogue

/// Reads what `-o json` wrote back into a report.
///
/// Every key that 0.1.0 wrote is required, and every value is checked; keys that nobody knows are
/// passed over, because keys are added within `v1`. What the document does not hold (labels,
/// placement, unlisted history) is empty; rendered again, the report gives the same bytes.
package enum ReportReader {
  private static let name = "gcr-report"
  private static let version = 1

  package static func read(_ bytes: [UInt8]) throws(ReportReadError) -> Report {
    try checkContent(bytes)
    let document: JSONValue
    do {
      document = try JSONParser.parse(bytes)
    } catch {
      throw .notJSON(line: error.line, column: error.column, expected: error.expected)
    }
    return try read(document)
  }

  /// One report, or several one after the other, as `--stream` prints them.
  package struct Sequence: Sendable {
    package let reports: [Report]
    /// The last line is not whole: whoever wrote it was stopped.
    package let isCutShort: Bool
  }

  package static func readAll(_ bytes: [UInt8]) throws(ReportReadError) -> Sequence {
    try checkContent(bytes)
    let (documents, error) = JSONParser.parseSequence(bytes)
    // Lines end with a line feed; whatever follows the last one was never finished.
    let isCutShort =
      error != nil && !documents.isEmpty && bytes.last != UInt8(ascii: "\n")
      && error?.line == bytes.count { $0 == UInt8(ascii: "\n") } + 1
    if let error, !isCutShort {
      throw .notJSON(line: error.line, column: error.column, expected: error.expected)
    }
    var reports: [Report] = []
    for document in documents { reports.append(try read(document)) }
    return Sequence(reports: reports, isCutShort: isCutShort)
  }

  /// White space of RFC 8259, section 2, alone is no document.
  private static func checkContent(_ bytes: [UInt8]) throws(ReportReadError) {
    guard bytes.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { throw .empty }
  }

  private static func read(_ document: JSONValue) throws(ReportReadError) -> Report {
    let root = try JSONObject(document, at: .root)
    try check(root)
    return try report(root)
  }

  private static func check(_ root: JSONObject) throws(ReportReadError) {
    let apiVersion = text(root.later("apiVersion"))
    let kind = text(root.later("kind"))
    if let apiVersion, kind == "Report", apiVersion.hasPrefix("\(name)/v"),
      let number = Int(apiVersion.dropFirst(name.count + 2)), number > version
    {
      throw .laterVersion(apiVersion)
    }
    guard apiVersion == "\(name)/v\(version)", kind == "Report" else {
      throw .otherDocument(apiVersion: apiVersion, kind: kind)
    }
  }

  private static func text(_ value: JSONValue?) -> String? {
    guard case .string(let text) = value else { return nil }
    return text
  }

  private static func report(_ root: JSONObject) throws(ReportReadError) -> Report {
    let filter =
      root.later("filter") == nil ? nil : try root.optionalObject("filter").map(reportFilter)
    var report = Report(
      toolVersion: try root.string("toolVersion"),
      scannedAt: try root.timestamp("scannedAt"),
      asOf: try root.date("asOf"),
      catalogue: try catalogue(root.object("catalogue")),
      isSample: try root.bool("isSample"),
      includesHistory: try root.bool("includesHistory"),
      includesCleanImages: try root.bool("includesCleanImages"),
      clusters: try root.objects("clusters", cluster),
      rules: root.later("rules") == nil ? [] : try root.objects("rules", RuleSummaryReader.rule))
    report.filter = filter ?? ReportFilter()
    for number in report.clusters.indices where report.clusters[number].failure == nil {
      report.clusters[number].isNarrowed =
        report.filter.choosesMoreThanNamespaces || report.clusters[number].filteredFindings > 0
    }
    return report
  }

  private static func reportFilter(_ object: JSONObject) throws(ReportReadError) -> ReportFilter {
    func globs(_ key: String) throws(ReportReadError) -> [Glob] {
      try object.strings(key).map { Glob($0) }
    }
    var filter = ReportFilter()
    filter.namespaces = try globs("namespaces")
    filter.excludedNamespaces = try globs("excludedNamespaces")
    if let text = try object.optionalString("selector") {
      do {
        filter.selector = try LabelSelector(text)
      } catch {
        throw object.path("selector").expected("a label selector: \(error)")
      }
    }
    filter.teams = try globs("teams")
    filter.risk = try object.optionalChoice("risk")
    filter.rules = try globs("rules")
    filter.images = try globs("images")
    filter.onlyLegacy = try object.bool("onlyLegacy")
    return filter
  }

  private static func catalogue(_ stamp: JSONObject) throws(ReportReadError) -> CatalogueStamp {
    CatalogueStamp(
      version: try stamp.string("version"), date: try stamp.date("date"),
      sha256: try stamp.string("sha256"), userRules: try stamp.optionalString("userRules"))
  }

  private static func cluster(_ cluster: JSONObject) throws(ReportReadError) -> ClusterReport {
    let counts = try cluster.object("counts")
    let findings = try cluster.objects("findings", FindingReader.finding)
    var byNamespace: [String: [Finding]] = [:]
    for finding in findings where finding.counts {
      byNamespace[finding.use.workload.namespace, default: []].append(finding)
    }
    let namespaces = try cluster.objects("namespaces") { (item) throws(ReportReadError) in
      try namespace(item, byNamespace)
    }
    var report = ClusterReport(
      contexts: try cluster.strings("contexts"), server: try cluster.string("server"),
      clusterUID: try cluster.optionalString("clusterUID"),
      serverVersion: try cluster.optionalString("serverVersion"),
      failure: try cluster.optionalString("failure"),
      namespaces: namespaces, findings: findings,
      workloadCount: try counts.count("workloads"), useCount: try counts.count("imageUses"),
      coverage: try cluster.objects("coverage", coverage))
    if counts.later("filteredFindings") != nil {
      report.filteredFindings = try counts.count("filteredFindings")
    }
    if let nodes = cluster.later("nodes"), nodes != .null {
      report.nodes = try cluster.objects("nodes", node)
    }
    if cluster.later("files") != nil {
      report.files = try cluster.optionalObject("files").map(files)
    }
    if cluster.later("ignored") != nil {
      report.ignored = try cluster.objects("ignored", FindingReader.ignored)
    }
    report.unlistedHistory = try unlistedHistory(counts, findings)
    if cluster.later("authority") != nil {
      report.authority = try cluster.optionalString("authority")
    }
    if cluster.later("possibleDuplicateOf") != nil {
      report.possibleDuplicateOf = try cluster.strings("possibleDuplicateOf")
    }
    if cluster.later("scan") != nil {
      report.stamp = try cluster.optionalObject("scan").map(stamp)
    }
    return report
  }

  private static func stamp(_ scan: JSONObject) throws(ReportReadError) -> ScanStamp {
    ScanStamp(
      toolVersion: try scan.string("toolVersion"), scannedAt: try scan.timestamp("scannedAt"),
      asOf: try scan.date("asOf"), catalogue: try catalogue(scan.object("catalogue")))
  }

  /// Counted, but not listed without `--include history`.
  private static func unlistedHistory(
    _ counts: JSONObject, _ findings: [Finding]
  ) throws(ReportReadError) -> HistoryTotals {
    let listed = HistoryTotals(findings)
    return HistoryTotals(
      uses: max(0, try counts.count("historyFindings") - listed.uses),
      workloads: counts.later("historyWorkloads") == nil
        ? 0 : max(0, try counts.count("historyWorkloads") - listed.workloads))
  }

  private static func namespace(
    _ namespace: JSONObject, _ findings: [String: [Finding]]
  ) throws(ReportReadError) -> NamespaceReport {
    let name = try namespace.string("name")
    let isPartlyUnknown = try namespace.bool("isPartlyUnknown")
    let exposures = try namespace.object("byExposure")
    var byExposure: [Exposure: Int] = [:]
    for exposure in Exposure.allCases where exposure != .history {
      let count = try exposures.count(exposure.rawValue)
      if count > 0 { byExposure[exposure] = count }
    }
    let state = try namespace.string("risk")
    guard state != "unknown" || isPartlyUnknown else {
      throw namespace.path("risk").expected("a risk, because everything was read here")
    }
    // Words that say why there is no risk to tell; what they say stands in the numbers.
    let isState = ["unknown", "filtered", "mitigated"].contains(state)
    var report = NamespaceReport(
      name: name, risk: isState ? .clean : try namespace.choice("risk"),
      isPartlyUnknown: isPartlyUnknown, workloads: try namespace.count("workloads"),
      atRisk: try namespace.count("atRisk"), byExposure: byExposure,
      worst: try worst(namespace, findings[name] ?? []))
    if namespace.later("filtered") != nil { report.filtered = try namespace.count("filtered") }
    if namespace.later("mitigated") != nil { report.mitigated = try namespace.count("mitigated") }
    return report
  }

  /// The finding that the summary names: the first such one, as the summary's order is theirs.
  private static func worst(
    _ namespace: JSONObject, _ findings: [Finding]
  ) throws(ReportReadError) -> Finding? {
    guard let summary = try namespace.optionalObject("worst") else { return nil }
    let kind = try summary.string("workloadKind")
    let name = try summary.string("workloadName")
    let container = try summary.string("container")
    let image = try summary.string("image")
    let rule = try summary.optionalString("rule")
    let risk: Risk = try summary.choice("risk")
    let outlook = try summary.optionalString("outlook")
    let found = findings.first { finding in
      finding.use.workload.kind == kind && finding.use.workload.name == name
        && finding.use.container == container && finding.use.image.text == image
        && finding.rule == rule && finding.risk == risk && finding.outlook == outlook
    }
    guard let found else {
      throw namespace.path("worst").expected("one of the findings of the same cluster")
    }
    return found
  }

  private static func node(_ node: JSONObject) throws(ReportReadError) -> NodeReport {
    var pool: NodePoolLabel?
    if node.later("pool") != nil, let name = try node.optionalString("pool") {
      pool = NodePoolLabel(label: try node.string("poolLabel"), name: name)
    }
    return NodeReport(
      name: try node.string("name"), runtime: try node.string("runtime"),
      kubeletVersion: try node.string("kubeletVersion"), platform: try node.string("platform"),
      osImage: node.later("osImage") == nil ? "" : try node.string("osImage"), pool: pool,
      cachedAtRisk: try node.count("cachedAtRisk"),
      isListComplete: try node.bool("isListComplete"))
  }

  private static func coverage(_ entry: JSONObject) throws(ReportReadError) -> CoverageEntry {
    CoverageEntry(
      resource: try entry.string("resource"), namespace: try entry.string("namespace"),
      state: try entry.choice("state"), reason: try entry.string("reason"),
      holdsImages: try entry.bool("holdsImages"),
      line: entry.later("line") == nil ? nil : try entry.optionalCount("line"))
  }

  private static func files(_ tally: JSONObject) throws(ReportReadError) -> FileTally {
    FileTally(
      paths: try tally.strings("paths"), read: try tally.count("read"),
      binary: try tally.count("binary"),
      mentionsInComments: try tally.count("mentionsInComments"))
  }
}
