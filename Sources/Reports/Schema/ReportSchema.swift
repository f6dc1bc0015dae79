import Inventory
import RegistryCatalogue

/// JSON Schema (draft 2020-12) of the document of `-o json` and `-o yaml`.
///
/// It stands for what `JSONRenderer` and `FindingJSON` write: a key added there is added here. All
/// keys are required; unknown ones are allowed, for keys are added within `v1`.
///
/// https://json-schema.org/draft/2020-12
enum ReportSchema: JSONSchemaWords {
  static let document = schema(
    title: "Report of kubectl gcr-report, gcr-report/v1", report,
    definitions: .members([
      "filter": filter, "cluster": cluster, "counts": counts, "namespace": namespace,
      "finding": finding,
      "summary": summary, "workload": workload, "image": image, "origin": origin,
      "failure": failure, "coverage": coverage, "node": node, "catalogue": catalogue,
      "rule": rule, "scan": scan,
    ]))

  private static let report = object([
    "apiVersion": constant("gcr-report/v1"),
    "kind": constant("Report"),
    "toolVersion": string,
    "scannedAt": time,
    "asOf": date,
    "isAsOfAnotherDay": bool,
    "isSample": bool,
    "includesHistory": bool,
    "includesCleanImages": bool,
    "filter": orNull(reference("filter")),
    "catalogue": reference("catalogue"),
    "clusters": array(reference("cluster")),
    "rules": array(reference("rule")),
  ])

  private static let catalogue = object([
    "version": string, "date": date, "sha256": string, "userRules": nullable("string"),
    "ageInDays": integer, "isOld": bool,
  ])

  private static let rule = object([
    "id": string, "title": string, "what": string, "advice": string, "sources": array(string),
    "fates": array(
      object([
        "from": .members([
          "type": .array([.string("string"), .string("null")]), "format": .string("date"),
        ]),
        "fate": choice(Fate.allCases.map(\.rawValue)), "note": nullable("string"),
      ])),
    "events": array(
      object([
        "kind": choice(CatalogueEvent.Kind.allCases.map(\.rawValue)), "first": date, "last": date,
        "window": string, "note": string,
      ])),
  ])

  private static let scan = object([
    "toolVersion": string,
    "scannedAt": time,
    "asOf": date,
    "isAsOfAnotherDay": bool,
    "catalogue": reference("catalogue"),
  ])

  /// What a report leaves out on request.
  private static let filter = object([
    "flags": array(string), "namespaces": array(string), "excludedNamespaces": array(string),
    "selector": nullable("string"), "teams": array(string), "risk": nullableChoice(badRisks),
    "rules": array(string), "images": array(string), "onlyLegacy": bool,
  ])

  private static let cluster = object([
    "contexts": array(string),
    "server": string,
    "clusterUID": nullable("string"),
    "serverVersion": nullable("string"),
    "failure": nullable("string"),
    "authority": nullable("string"),
    "possibleDuplicateOf": array(string),
    "scan": orNull(reference("scan")),
    "counts": reference("counts"),
    "namespaces": array(reference("namespace")),
    "findings": array(reference("finding")),
    "coverage": array(reference("coverage")),
    "files": nullableObject([
      "paths": array(string), "read": count, "binary": count, "mentionsInComments": count,
    ]),
    "ignored": array(
      object(["reason": string, "finding": reference("finding")])),
    "nodes": orNull(array(reference("node"))),
  ])

  private static let counts = object([
    "namespaces": count, "workloads": count, "imageUses": count, "workloadsAtRisk": count,
    "findings": count, "historyFindings": count, "historyWorkloads": count,
    "waivedFindings": count, "filteredFindings": count, "coverageGaps": count,
    "findingsByRisk": tally(badRisks),
    "namespacesByRisk": tally(badRisks + ["unknown", "filtered", "mitigated", "clean"]),
  ])

  private static let namespace = object([
    "name": string,
    "risk": choice(risks + ["unknown", "filtered", "mitigated"]),
    "isPartlyUnknown": bool,
    "workloads": count,
    "atRisk": count,
    "filtered": count,
    "mitigated": count,
    "byExposure": tally(Exposure.allCases.filter { $0 != .history }.map(\.rawValue)),
    "worst": orNull(reference("summary")),
  ])

  private static let summary = object([
    "workloadKind": string, "workloadName": string, "container": string, "image": string,
    "rule": nullable("string"), "risk": choice(risks), "outlook": nullable("string"),
  ])

  private static let finding = object([
    "kind": choice(Finding.Kind.allCases.map(\.rawValue)),
    "risk": choice(risks),
    "fate": choice(Fate.allCases.map(\.rawValue)),
    "exposure": choice(Exposure.allCases.map(\.rawValue)),
    "certainty": nullableChoice(Certainty.allCases.map(\.rawValue)),
    "rule": nullable("string"),
    "counts": bool,
    "reasons": array(string),
    "notes": array(string),
    "outlook": nullable("string"),
    "replacement": nullable("string"),
    "isReplacementMechanical": bool,
    "waivedUntil": .members([
      "type": .array([.string("string"), .string("null")]), "format": .string("date"),
    ]),
    "waivedKind": nullableChoice(Waiver.Kind.allCases.map(\.rawValue)),
    "waivedReason": nullable("string"),
    "team": nullable("string"),
    "workload": reference("workload"),
    "activity": choice(activities),
    "confidence": choice(UseConfidence.allCases.map(\.rawValue)),
    "path": string,
    "container": string,
    "role": choice(ContainerRole.allCases.map(\.rawValue)),
    "image": reference("image"),
    "pullPolicy": nullableChoice(
      [PullPolicy.always, .ifNotPresent, .never].map(\.rawValue)),
    "origin": reference("origin"),
    "pods": count,
    "nodes": array(string),
    "nodesWithImage": nullableCount,
    "nodesTotal": nullableCount,
    "failures": array(reference("failure")),
    "failureCount": count,
    "file": place,
  ])

  private static let workload = object([
    "apiVersion": string, "kind": string, "namespace": string, "name": string,
    "uid": nullable("string"), "activity": choice(activities), "desired": nullableCount,
    "managedBy": nullable("string"), "wasRead": bool,
  ])

  private static let image = object([
    "text": string, "state": choice(["reference", "placeholder", "invalid"]),
    "reason": nullable("string"), "registry": nullable("string"),
    "repository": nullable("string"), "tag": nullable("string"), "digest": nullable("string"),
  ])

  private static let origin = object([
    "kind": choice(["template", "dependent", "injected", "drifted", "pods-only"]),
    "detail": nullable("string"), "note": nullable("string"),
  ])

  private static let place = nullableObject([
    "path": string, "line": count, "column": count, "endLine": count, "endColumn": count,
    "confidence": choice(SourceConfidence.allCases.map(\.rawValue)),
  ])

  private static let failure = object(["pod": string, "reason": string, "message": string])

  private static let coverage = object([
    "resource": string, "namespace": string,
    "state": choice(CoverageEntry.State.allCases.map(\.rawValue)),
    "reason": string, "holdsImages": bool, "isGap": bool,
    "line": nullableCount,
  ])

  private static let node = object([
    "name": string, "runtime": string, "kubeletVersion": string, "platform": string,
    "osImage": string, "poolLabel": nullable("string"), "pool": nullable("string"),
    "cachedAtRisk": count, "isListComplete": bool,
  ])

  // MARK: Words

  private static let risks = Risk.allCases.sorted(by: >).map(\.rawValue)
  private static let badRisks = risks.filter { $0 != Risk.clean.rawValue }
  private static let activities = [
    Activity.active(desired: nil), .scaledToZero, .suspended, .completed, .history, .inert,
  ].map(\.word)
}
