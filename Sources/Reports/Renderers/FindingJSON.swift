import ImageReferences
import Inventory
import RegistryCatalogue

/// A finding as `-o json` has it.
enum FindingJSON {
  static func value(_ finding: Finding) -> JSONValue {
    let use = finding.use
    return .members([
      "kind": .string(finding.kind.rawValue),
      "risk": .string(finding.risk.rawValue),
      "fate": .string(finding.fate.rawValue),
      "exposure": .string(finding.exposure.rawValue),
      "certainty": .text(finding.certainty?.rawValue),
      "rule": .text(finding.rule),
      "counts": .bool(finding.counts),
      "reasons": .texts(finding.reasons),
      "notes": .texts(use.notes),
      "outlook": .text(finding.outlook),
      "replacement": .text(finding.replacement),
      "isReplacementMechanical": .bool(finding.isReplacementMechanical),
      "waivedUntil": .text(finding.waivedUntil?.description),
      "waivedKind": .text(finding.waiver?.kind.rawValue),
      "waivedReason": .text(finding.waiver?.reason),
      "team": .text(finding.team),
      "workload": workload(finding),
      "activity": .string(use.activity.word),
      "confidence": .string(use.confidence.rawValue),
      "path": .string(use.path),
      "container": .string(use.container),
      "role": .string(use.role.rawValue),
      "image": image(use.image),
      "pullPolicy": .text(use.pullPolicy == .unspecified ? nil : use.pullPolicy.rawValue),
      "origin": origin(use.origin),
      "pods": .count(use.podCount),
      "nodes": .texts(use.nodes),
      "nodesWithImage": .count(finding.nodesWithImage),
      "nodesTotal": .count(finding.nodesTotal),
      "failures": .array(use.failures.map(failure)),
      "failureCount": .count(use.failureCount),
      "file": use.place.map(place) ?? .null,
    ])
  }

  private static func place(_ place: SourcePlace) -> JSONValue {
    .members([
      "path": .string(place.file),
      "line": .count(place.line),
      "column": .count(place.column),
      "endLine": .count(place.endLine),
      "endColumn": .count(place.endColumn),
      "confidence": .string(place.confidence.rawValue),
    ])
  }

  /// What a comment in a file set aside.
  static func ignored(_ finding: Finding) -> JSONValue {
    .members([
      "reason": .string(finding.ignoreReason ?? ""), "finding": value(finding),
    ])
  }

  /// What names a finding in a namespace's line.
  static func summary(_ finding: Finding) -> JSONValue {
    .members([
      "workloadKind": .string(finding.use.workload.kind),
      "workloadName": .string(finding.use.workload.name),
      "container": .string(finding.use.container),
      "image": .string(finding.use.image.text),
      "rule": .text(finding.rule),
      "risk": .string(finding.risk.rawValue),
      "outlook": .text(finding.outlook),
    ])
  }

  private static func workload(_ finding: Finding) -> JSONValue {
    let identity = finding.use.workload
    let workload = finding.workload
    return .members([
      "apiVersion": .string(identity.apiVersion),
      "kind": .string(identity.kind),
      "namespace": .string(identity.namespace),
      "name": .string(identity.name),
      "uid": .text(workload.uid.isEmpty ? nil : workload.uid),
      "activity": .string(workload.activity.word),
      "desired": .count(workload.activity.desired),
      "managedBy": .text(workload.managedBy),
      "wasRead": .bool(workload.wasRead),
    ])
  }

  private static func image(_ image: ImageText) -> JSONValue {
    switch image {
    case .reference(let reference):
      value(
        text: reference.raw, state: "reference", registry: reference.registry,
        repository: reference.repository, tag: reference.tag, digest: reference.digest)
    case .placeholder(let raw, let reason):
      value(text: raw, state: "placeholder", reason: reason)
    case .invalid(let raw, let reason):
      value(text: raw, state: "invalid", reason: reason)
    }
  }

  private static func value(
    text: String, state: String, reason: String? = nil, registry: String? = nil,
    repository: String? = nil, tag: String? = nil, digest: String? = nil
  ) -> JSONValue {
    .members([
      "text": .string(text),
      "state": .string(state),
      "reason": .text(reason),
      "registry": .text(registry),
      "repository": .text(repository),
      "tag": .text(tag),
      "digest": .text(digest),
    ])
  }

  private static func origin(_ origin: UseOrigin) -> JSONValue {
    let (kind, detail): (String, String?) =
      switch origin {
      case .template: ("template", nil)
      case .dependent(let name): ("dependent", name)
      case .injected: ("injected", nil)
      case .drifted(let image): ("drifted", image)
      case .podsOnly: ("pods-only", nil)
      }
    return .members([
      "kind": .string(kind),
      "detail": .text(detail),
      "note": .text(origin.note),
    ])
  }

  private static func failure(_ failure: StartFailure) -> JSONValue {
    .members([
      "pod": .string(failure.pod),
      "reason": .string(failure.reason),
      "message": .string(failure.message),
    ])
  }
}
