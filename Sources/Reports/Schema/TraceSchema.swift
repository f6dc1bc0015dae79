import Inventory
import RegistryCatalogue

/// JSON Schema of what `trace` prints with `-o json`; a key added in `TraceJSON` is added here.
enum TraceSchema: JSONSchemaWords {
  static let document = schema(
    title: "Where findings of kubectl gcr-report come from, gcr-report/v1",
    object([
      "apiVersion": constant("gcr-report/v1"),
      "kind": constant("Trace"),
      "toolVersion": string,
      "isSample": bool,
      "scannedAt": time,
      "asOf": date,
      "filter": array(string),
      "paths": array(string),
      "counts": tally(TraceWords.live + ["notLive", "notKnownToBeLive"]),
      "findings": array(live),
      "filesOnly": array(fileOnly),
      "notRead": object([
        "clusters": array(object(["cluster": string, "what": string])),
        "files": array(object(["file": string, "line": nullableCount, "reason": string])),
      ]),
    ]))

  private static var live: JSONValue {
    object([
      "cluster": string, "workloadAPIVersion": string, "workloadKind": string,
      "namespace": string, "workloadName": string, "path": string, "container": string,
      "role": choice(ContainerRole.allCases.map(\.rawValue)), "image": string,
      "rule": nullable("string"), "kind": kind,
      "risk": choice(Risk.allCases.sorted(by: >).map(\.rawValue)),
      "team": nullable("string"), "managedBy": nullable("string"),
      "confidence": choice(TraceWords.live), "candidateCount": count,
      "candidates": array(
        object(
          place + [
            .init(
              key: "confidence", value: choice(TraceConfidence.allCases.map(\.rawValue))),
            .init(key: "why", value: string),
          ])),
    ])
  }

  private static var fileOnly: JSONValue {
    object(
      place + [
        .init(key: "rule", value: nullable("string")), .init(key: "kind", value: kind),
        .init(key: "state", value: choice([TraceWords.notLive, TraceWords.unknown])),
        .init(key: "reason", value: nullable("string")),
      ])
  }

  private static var kind: JSONValue { choice(Finding.Kind.allCases.map(\.rawValue)) }

  private static var place: [JSONValue.Member] {
    [
      .init(key: "file", value: string), .init(key: "line", value: count),
      .init(key: "column", value: count),
      .init(key: "found", value: nullableChoice(SourceConfidence.allCases.map(\.rawValue))),
      .init(key: "workloadAPIVersion", value: string),
      .init(key: "workloadKind", value: string), .init(key: "namespace", value: string),
      .init(key: "workloadName", value: string), .init(key: "path", value: string),
      .init(key: "container", value: string), .init(key: "image", value: string),
    ]
  }
}
