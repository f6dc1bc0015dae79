import ImageReferences
import Inventory
import RegistryCatalogue

/// The join as a document of its own kind; `TraceSchema` describes it.
package enum TraceJSON {
  package static func document(_ trace: Trace) -> [UInt8] {
    let report = trace.report
    return JSONValue.members([
      "apiVersion": .string("gcr-report/v1"),
      "kind": .string("Trace"),
      "toolVersion": .string(report.toolVersion),
      "isSample": .bool(report.isSample),
      "scannedAt": .string(Timestamp.text(secondsSince1970: report.scannedAt)),
      "asOf": .string(report.asOf.description),
      "filter": .texts(report.filter.flags),
      "paths": .texts(trace.tally.paths),
      "counts": .object(
        TraceWords.live.map { .init(key: $0, value: .count(trace.count($0))) } + [
          .init(key: "notLive", value: .count(trace.filesOnly.count { $0.unknown == nil })),
          .init(
            key: "notKnownToBeLive",
            value: .count(trace.filesOnly.count { $0.unknown != nil })),
        ]),
      "findings": .array(trace.live.map(live)),
      "filesOnly": .array(trace.filesOnly.map(fileOnly)),
      "notRead": .members([
        "clusters": .array(
          report.clusters.flatMap { cluster in
            cluster.gapsInWords.map { gap in
              .members([
                "cluster": .string(cluster.contexts.first ?? ""), "what": .string(gap),
              ])
            }
          }),
        "files": .array(
          trace.gaps.map { gap in
            .members([
              "file": .string(gap.resource), "line": .count(gap.line),
              "reason": .string(gap.reason),
            ])
          }),
      ]),
    ]).serialized()
  }

  private static func live(_ live: Trace.Live) -> JSONValue {
    let finding = live.finding
    return .object(
      [.init(key: "cluster", value: .string(live.cluster))] + subject(finding) + [
        .init(key: "team", value: .text(finding.team)),
        .init(key: "managedBy", value: .text(finding.workload.managedBy)),
        .init(key: "confidence", value: .string(live.word)),
        .init(key: "candidateCount", value: .count(live.candidateCount)),
        .init(
          key: "candidates",
          value: .array(
            live.candidates.map { candidate in
              .object(
                place(candidate.use) + [
                  .init(key: "confidence", value: .string(candidate.confidence.rawValue)),
                  .init(key: "why", value: .string(candidate.why)),
                ])
            })),
      ])
  }

  private static func fileOnly(_ entry: Trace.FileOnly) -> JSONValue {
    .object(
      place(entry.finding.use) + [
        .init(key: "rule", value: .text(entry.finding.rule)),
        .init(key: "kind", value: .string(entry.finding.kind.rawValue)),
        .init(
          key: "state",
          value: .string(entry.unknown == nil ? TraceWords.notLive : TraceWords.unknown)),
        .init(key: "reason", value: .text(entry.unknown)),
      ])
  }

  private static func subject(_ finding: Finding) -> [JSONValue.Member] {
    let use = finding.use
    return workload(use) + [
      .init(key: "path", value: .string(use.path)),
      .init(key: "container", value: .string(use.container)),
      .init(key: "role", value: .string(use.role.rawValue)),
      .init(key: "image", value: .string(use.image.text)),
      .init(key: "rule", value: .text(finding.rule)),
      .init(key: "kind", value: .string(finding.kind.rawValue)),
      .init(key: "risk", value: .string(finding.risk.rawValue)),
    ]
  }

  /// Where in a file, and what holds it there.
  private static func place(_ use: ImageUse) -> [JSONValue.Member] {
    [
      .init(key: "file", value: .string(use.place?.file ?? "")),
      .init(key: "line", value: .count(use.place?.line ?? 0)),
      .init(key: "column", value: .count(use.place?.column ?? 0)),
      .init(key: "found", value: .text(use.place?.confidence.rawValue)),
    ] + workload(use) + [
      .init(key: "path", value: .string(use.path)),
      .init(key: "container", value: .string(use.container)),
      .init(key: "image", value: .string(use.image.text)),
    ]
  }

  private static func workload(_ use: ImageUse) -> [JSONValue.Member] {
    let workload = use.workload
    return [
      .init(key: "workloadAPIVersion", value: .string(workload.apiVersion)),
      .init(key: "workloadKind", value: .string(workload.kind)),
      .init(key: "namespace", value: .string(workload.namespace)),
      .init(key: "workloadName", value: .string(workload.name)),
    ]
  }
}

/// The words for what came of the join.
package enum TraceWords {
  package static let none = "none"
  package static let unknown = "unknown"
  package static let notLive = "not-live"
  /// Of live findings, best first.
  package static let live =
    TraceConfidence.allCases.map(\.rawValue) + [none, unknown]
}
