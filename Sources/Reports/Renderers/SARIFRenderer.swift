import ImageReferences
import Inventory
import RegistryCatalogue

/// `-o sarif`: SARIF 2.1.0, one run for each cluster.
///
/// Live objects stand in no file: their place is a logical location, and the artifact URI
/// `kubernetes/CONTEXT/NAMESPACE/KIND/NAME` is made up for viewers that insist on one. What was
/// not read is a notification of the run's invocation.
///
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os.html
enum SARIFRenderer {
  static func render(_ report: Report) -> [UInt8] {
    JSONValue.members([
      "$schema": .string(
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
      ),
      "version": .string("2.1.0"),
      "runs": .array(report.clusters.map { run($0, of: report) }),
    ])
    .serialized()
  }

  private static func run(_ cluster: ClusterReport, of report: Report) -> JSONValue {
    let findings =
      cluster.findings.filter { report.shows($0) && $0.kind != .clean } + cluster.ignored
    let rules = SARIFRules(findings, report.rules)
    let scan = report.stamp(of: cluster)
    return .present([
      "tool": .members([
        "driver": .members([
          "name": .string("kubectl-gcr_report"),
          "version": .string(scan.toolVersion),
          "semanticVersion": .string(scan.toolVersion),
          "rules": .array(rules.descriptors),
        ])
      ]),
      "automationDetails": .members(["id": .string("gcr-report/\(name(of: cluster))/")]),
      "invocations": .array([invocation(cluster, of: report)]),
      "columnKind": cluster.files.map { _ in .string("unicodeCodePoints") },
      "results": .array(findings.map { result($0, in: cluster, rules) }),
      "properties": .members([
        "asOf": .string(scan.asOf.description),
        "catalogueVersion": .string(scan.catalogue.version),
        "catalogueSHA256": .string(scan.catalogue.sha256),
        "clusterUID": .text(cluster.clusterUID),
        "serverVersion": .text(cluster.serverVersion),
        "isSample": .bool(report.isSample),
        "filter": .texts(report.filter.flags),
      ]),
    ])
  }

  private static func name(of cluster: ClusterReport) -> String {
    SARIFText.segment(cluster.displayName)
  }

  private static func invocation(_ cluster: ClusterReport, of report: Report) -> JSONValue {
    var notes = cluster.coverage.filter(\.isGap).sorted().map { entry in
      cluster.files == nil || entry.isOfRegistry
        ? notification(level: "warning", "not read: \(FindingWords.gap(entry))")
        : notification(
          level: "warning", entry.unreadable,
          at: physicalLocation(entry.resource, region: entry.line.map { ["startLine": .count($0)] })
        )
    }
    if let filtered = report.filterInWords(cluster) {
      notes.append(notification(level: "note", filtered))
    }
    if let failure = cluster.failure {
      notes.insert(notification(level: "error", "the cluster was not read: \(failure)"), at: 0)
    }
    return .members([
      "executionSuccessful": .bool(cluster.failure == nil),
      "startTimeUtc": .string(
        Timestamp.text(secondsSince1970: report.stamp(of: cluster).scannedAt)),
      "toolExecutionNotifications": .array(notes),
    ])
  }

  private static func notification(
    level: String, _ text: String, at place: JSONValue? = nil
  ) -> JSONValue {
    .present([
      "level": .string(level), "message": SARIFText.message(text),
      "locations": place.map { .array([.members(["physicalLocation": $0])]) },
    ])
  }

  /// Sections 3.29 and 3.30; the path stays relative where it was given so.
  private static func physicalLocation(
    _ file: String, region: KeyValuePairs<String, JSONValue>?
  ) -> JSONValue {
    let segments = file.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let path = segments.map(SARIFText.pathSegment).joined(separator: "/")
    return .present([
      "artifactLocation": .members([
        "uri": .string(file.hasPrefix("/") ? "file://\(path)" : path)
      ]),
      "region": region.map { .members($0) },
    ])
  }

  private static func result(
    _ finding: Finding, in cluster: ClusterReport, _ rules: SARIFRules
  ) -> JSONValue {
    let identity = FindingIdentity(finding)
    return .present([
      "ruleId": .string(SARIFRules.id(finding)),
      "ruleIndex": .count(rules.index(of: finding)),
      "level": .string(level(finding.risk)),
      "message": SARIFText.message(
        "\(finding.use.image.text): \(FindingWords.details(finding))"),
      "locations": .array([location(finding, in: cluster)]),
      "partialFingerprints": .members([
        "gcrReportFinding/v1": .string(
          identity.fingerprint(cluster: cluster.clusterUID ?? name(of: cluster)))
      ]),
      "suppressions": finding.ignoreReason.map { reason in
        .array([
          .members(["kind": .string("inSource"), "justification": .string(reason)])
        ])
      }
        ?? finding.waiver.map { waiver in
          .array([
            .members([
              "kind": .string("external"), "status": .string("accepted"),
              "justification": .string(TerminalText.sanitized(waiver.words)),
            ])
          ])
        },
      "properties": properties(finding),
    ])
  }

  private static func level(_ risk: Risk) -> String {
    switch risk {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "note"
    case .clean: "none"
    }
  }

  private static func location(_ finding: Finding, in cluster: ClusterReport) -> JSONValue {
    let workload = finding.use.workload
    let object =
      (workload.namespace.isEmpty ? [] : [workload.namespace]) + [workload.kind, workload.name]
    let container = finding.use.container
    let path = ["kubernetes", name(of: cluster)] + object.map(SARIFText.segment)
    let place = finding.use.place.map { place in
      physicalLocation(
        place.file,
        region: [
          "startLine": .count(place.line), "startColumn": .count(place.column),
          "endLine": .count(place.endLine), "endColumn": .count(place.endColumn),
        ])
    }
    return .members([
      "physicalLocation": place
        ?? .members([
          "artifactLocation": .members(["uri": .string(path.joined(separator: "/"))])
        ]),
      "logicalLocations": .array([
        .members([
          "name": .string(container.isEmpty ? workload.name : container),
          "fullyQualifiedName": .string(
            (object + (container.isEmpty ? [] : [container])).joined(separator: "/")),
          "kind": .string(container.isEmpty ? "resource" : "container"),
        ])
      ]),
    ])
  }

  private static func properties(_ finding: Finding) -> JSONValue {
    let use = finding.use
    return .members([
      "risk": .string(finding.risk.rawValue),
      "fate": .string(finding.fate.rawValue),
      "exposure": .string(finding.exposure.rawValue),
      "certainty": .text(finding.certainty?.rawValue),
      "namespace": .string(use.workload.namespace),
      "apiVersion": .string(use.workload.apiVersion),
      "kind": .string(use.workload.kind),
      "name": .string(use.workload.name),
      "activity": .string(use.activity.word),
      "managedBy": .text(finding.workload.managedBy),
      "team": .text(finding.team),
      "path": .string(use.path),
      "container": .string(use.container),
      "role": .string(use.role.rawValue),
      "image": .string(use.image.text),
      "replacement": .text(finding.replacement),
      "outlook": .text(finding.outlook),
    ])
  }
}
