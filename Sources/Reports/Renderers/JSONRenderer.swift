import Inventory
import RegistryCatalogue

/// `-o json`: `apiVersion` `gcr-report/v1`, `kind` `Report`.
///
/// Keys are camelCase, stand in a fixed order and are always there: what is unknown is null. Keys
/// are only ever added within `v1`. The ledger is whole; findings of history and clean uses
/// are listed only on request, but counted.
enum JSONRenderer {
  static func render(_ report: Report) -> [UInt8] {
    var bytes: [UInt8] = []
    pieces(report) { bytes += $0 }
    return bytes
  }

  /// The document, some findings at a time: however large a cluster or a fleet is, never more than
  /// these are a tree of values.
  static func pieces<Failure: Error>(
    _ report: Report, write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var bytes: [UInt8] = []
    var empty = report
    empty.clusters = []
    try object(document(empty, rules: report.namedRules), indent: 0, &bytes) {
      (key, bytes) throws(Failure) in
      guard key == "clusters" else { return false }
      try JSONValue.write(report.clusters, brackets: "[]", indent: 1, to: &bytes) {
        (cluster, bytes) throws(Failure) in
        try Self.cluster(cluster, of: report, &bytes, write)
      }
      return true
    }
    bytes.append(UInt8(ascii: "\n"))
    try write(bytes)
  }

  private static func cluster<Failure: Error>(
    _ cluster: ClusterReport, of report: Report, _ bytes: inout [UInt8],
    _ write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    try object(Self.cluster(cluster, findings: []), indent: 2, &bytes) {
      (key, bytes) throws(Failure) in
      guard key == "findings" else { return false }
      let findings = cluster.findings.filter { report.shows($0) }
      try JSONValue.write(findings, brackets: "[]", indent: 3, to: &bytes) {
        (finding, bytes) throws(Failure) in
        FindingJSON.value(finding).append(indent: 4, to: &bytes)
        guard bytes.count > pieceLength else { return }
        try write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
      return true
    }
  }

  /// An object's members but for the values that `special` writes itself.
  private static func object<Failure: Error>(
    _ value: JSONValue, indent: Int, _ bytes: inout [UInt8],
    special: (String, inout [UInt8]) throws(Failure) -> Bool
  ) throws(Failure) {
    guard case .object(let members) = value else { return }
    try JSONValue.write(members, brackets: "{}", indent: indent, to: &bytes) {
      (member, bytes) throws(Failure) in
      JSONValue.write(key: member.key, indent: indent, to: &bytes)
      if try special(member.key, &bytes) { return }
      member.value.append(indent: indent + 1, to: &bytes)
    }
  }

  static func document(_ report: Report) -> JSONValue {
    document(report, rules: report.namedRules)
  }

  private static func document(_ report: Report, rules: [RuleSummary]) -> JSONValue {
    .members([
      "apiVersion": .string("gcr-report/v1"),
      "kind": .string("Report"),
      "toolVersion": .string(report.toolVersion),
      "scannedAt": .string(Timestamp.text(secondsSince1970: report.scannedAt)),
      "asOf": .string(report.asOf.description),
      "isAsOfAnotherDay": .bool(report.isAsOfAnotherDay),
      "isSample": .bool(report.isSample),
      "includesHistory": .bool(report.includesHistory),
      "includesCleanImages": .bool(report.includesCleanImages),
      "filter": filter(report),
      "catalogue": catalogue(report.stamp),
      "clusters": .array(
        report.clusters.map { cluster in
          Self.cluster(cluster, findings: cluster.findings.filter { report.shows($0) })
        }),
      "rules": .array(rules.map(RuleJSON.value)),
    ])
  }

  /// Null for a whole report.
  private static func filter(_ report: Report) -> JSONValue {
    let filter = report.filter
    if filter.isEmpty { return .null }
    return .members([
      "flags": .texts(filter.flags),
      "namespaces": .texts(filter.namespaces.map(\.text)),
      "excludedNamespaces": .texts(filter.excludedNamespaces.map(\.text)),
      "selector": .text(filter.selector?.text),
      "teams": .texts(filter.teams.map(\.text)),
      "risk": .text(filter.risk?.rawValue),
      "rules": .texts(filter.rules.map(\.text)),
      "images": .texts(filter.images.map(\.text)),
      "onlyLegacy": .bool(filter.onlyLegacy),
    ])
  }

  private static func catalogue(_ scan: ScanStamp) -> JSONValue {
    let stamp = scan.catalogue
    let age = stamp.age(on: scan.asOf)
    return .members([
      "version": .string(stamp.version),
      "date": .string(stamp.date.description),
      "sha256": .string(stamp.sha256),
      "userRules": .text(stamp.userRules),
      "ageInDays": .count(age),
      "isOld": .bool(age > Catalogue.oldAfterDays),
    ])
  }

  private static func scan(_ stamp: ScanStamp) -> JSONValue {
    .members([
      "toolVersion": .string(stamp.toolVersion),
      "scannedAt": .string(Timestamp.text(secondsSince1970: stamp.scannedAt)),
      "asOf": .string(stamp.asOf.description),
      "isAsOfAnotherDay": .bool(stamp.isAsOfAnotherDay),
      "catalogue": catalogue(stamp),
    ])
  }

  private static func cluster(_ cluster: ClusterReport, findings: [Finding]) -> JSONValue {
    .members([
      "contexts": .texts(cluster.contexts),
      "server": .string(cluster.server),
      "clusterUID": .text(cluster.clusterUID),
      "serverVersion": .text(cluster.serverVersion),
      "failure": .text(cluster.failure),
      "authority": .text(cluster.authority),
      "possibleDuplicateOf": .texts(cluster.possibleDuplicateOf),
      "scan": cluster.stamp.map(scan) ?? .null,
      "counts": counts(cluster),
      "namespaces": .array(cluster.namespaces.map(namespace)),
      "findings": .array(findings.map(FindingJSON.value)),
      "coverage": .array(cluster.coverage.sorted().map(coverage)),
      "files": cluster.files.map(files) ?? .null,
      "ignored": .array(cluster.ignored.map(FindingJSON.ignored)),
      "nodes": cluster.nodes.map { .array($0.map(node)) } ?? .null,
    ])
  }

  private static func files(_ tally: FileTally) -> JSONValue {
    .members([
      "paths": .texts(tally.paths),
      "read": .count(tally.read),
      "binary": .count(tally.binary),
      "mentionsInComments": .count(tally.mentionsInComments),
    ])
  }

  private static func counts(_ cluster: ClusterReport) -> JSONValue {
    let namespaces = cluster.namespaces
    let counting = cluster.findings.filter { !$0.isHistory && $0.kind != .clean }
    return .members([
      "namespaces": .count(namespaces.count { !$0.name.isEmpty }),
      "workloads": .count(cluster.workloadCount),
      "imageUses": .count(cluster.useCount),
      "workloadsAtRisk": .count(namespaces.reduce(0) { $0 + $1.atRisk }),
      "findings": .count(counting.count),
      "historyFindings": .count(cluster.historyTotals.uses),
      "historyWorkloads": .count(cluster.historyTotals.workloads),
      "waivedFindings": .count(cluster.waivedFindings.count),
      "filteredFindings": .count(cluster.filteredFindings),
      "coverageGaps": .count(cluster.coverage.count(where: \.isGap)),
      "findingsByRisk": .object(
        risks.map { risk in member(risk.rawValue, counting.count { $0.risk == risk }) }),
      "namespacesByRisk": .object(
        risks.map { risk in member(risk.rawValue, namespaces.count { $0.risk == risk }) } + [
          member("unknown", namespaces.count(where: \.isUnknown)),
          member("filtered", namespaces.count(where: \.isFiltered)),
          member("mitigated", namespaces.count(where: \.isMitigated)),
          member("clean", namespaces.count(where: \.isClean)),
        ]),
    ])
  }

  private static let risks: [Risk] = [.critical, .high, .medium, .low, .info]

  private static func member(_ key: String, _ count: Int) -> JSONValue.Member {
    JSONValue.Member(key: key, value: .count(count))
  }

  private static func namespace(_ namespace: NamespaceReport) -> JSONValue {
    .members([
      "name": .string(namespace.name),
      "risk": .string(namespace.stateWord),
      "isPartlyUnknown": .bool(namespace.isPartlyUnknown),
      "workloads": .count(namespace.workloads),
      "atRisk": .count(namespace.atRisk),
      "filtered": .count(namespace.filtered),
      "mitigated": .count(namespace.mitigated),
      "byExposure": .object(
        [Exposure.failing, .pulls, .cached, .dormant, .unknown].map { exposure in
          member(exposure.rawValue, namespace.byExposure[exposure] ?? 0)
        }),
      "worst": namespace.worst.map(FindingJSON.summary) ?? .null,
    ])
  }

  private static func coverage(_ entry: CoverageEntry) -> JSONValue {
    .members([
      "resource": .string(entry.resource),
      "namespace": .string(entry.namespace),
      "state": .string(entry.state.rawValue),
      "reason": .string(entry.reason),
      "holdsImages": .bool(entry.holdsImages),
      "isGap": .bool(entry.isGap),
      "line": .count(entry.line),
    ])
  }

  private static func node(_ node: NodeReport) -> JSONValue {
    .members([
      "name": .string(node.name),
      "runtime": .string(node.runtime),
      "kubeletVersion": .string(node.kubeletVersion),
      "platform": .string(node.platform),
      "osImage": .string(node.osImage),
      "poolLabel": .text(node.pool?.label),
      "pool": .text(node.pool?.name),
      "cachedAtRisk": .count(node.cachedAtRisk),
      "isListComplete": .bool(node.isListComplete),
    ])
  }
}
