import RegistryCatalogue

/// JSON Schemas of what `history` prints with `-o json`; a key added by its renderer is added here.
enum ScanListSchema: JSONSchemaWords {
  static let document = schema(
    title: "Scans in the history of kubectl gcr-report, gcr-report/v1",
    object([
      "apiVersion": constant("gcr-report/v1"),
      "kind": constant("History"),
      "scans": array(
        object([
          "id": count, "scannedAt": time, "asOf": date, "toolVersion": string,
          "catalogueVersion": string, "filter": string, "storedBytes": count,
          "clusters": array(
            object([
              "name": string, "identity": string, "isRead": bool, "gaps": count,
              "findings": orNull(tally(Trend.risks.map(\.rawValue))),
            ])),
        ])),
    ]))
}

enum DiffSchema: JSONSchemaWords {
  static let document = schema(
    title: "What changed between two reports of kubectl gcr-report, gcr-report/v1",
    object([
      "apiVersion": constant("gcr-report/v1"),
      "kind": constant("Diff"),
      "from": side,
      "to": side,
      "counts": counts,
      "clusters": array(object(["cluster": string, "counts": counts])),
      "namespaces": array(object(["cluster": string, "namespace": string, "counts": counts])),
      "teams": array(object(["team": nullable("string"), "counts": counts])),
      "changes": array(change),
      "noLongerRead": array(object(["cluster": string, "what": string])),
    ]))

  private static var side: JSONValue {
    object([
      "name": string, "scan": nullableCount, "scannedAt": time, "asOf": date,
      "catalogueVersion": string, "catalogueSHA256": string, "filter": array(string),
    ])
  }

  private static var counts: JSONValue { tally(ReportDiff.Change.allCases.map(\.rawValue)) }

  private static var change: JSONValue {
    let risks = Risk.allCases.sorted(by: >).filter { $0 != .clean }.map(\.rawValue)
    return object([
      "change": choice(ReportDiff.Change.allCases.map(\.rawValue)),
      "cause": choice(ReportDiff.Cause.allCases.map(\.rawValue)),
      "cluster": string, "namespace": string, "team": nullable("string"),
      "workloadAPIVersion": string, "workloadKind": string, "workloadName": string,
      "container": string, "image": string, "file": nullable("string"),
      "before": nullableChoice(risks), "after": nullableChoice(risks),
      "note": nullable("string"),
    ])
  }
}

enum TrendSchema: JSONSchemaWords {
  static let document = schema(
    title: "Findings over time of kubectl gcr-report, gcr-report/v1",
    object([
      "apiVersion": constant("gcr-report/v1"),
      "kind": constant("Trend"),
      "scansOfOtherDays": count,
      "series": array(
        object([
          "cluster": string, "team": nullable("string"), "filter": string, "regressions": count,
          "points": array(
            object([
              "scan": count, "scannedAt": time, "isRead": bool, "isPartial": bool,
              "findings": orNull(tally(Trend.risks.map(\.rawValue))),
              "noLongerReadable": count, "change": nullableInteger, "readsMore": bool,
              "isRegression": bool,
            ])),
        ])),
    ]))
}
