import Inventory
import RegistryCatalogue

/// `history diff -o json`: `kind` `Diff`.
enum DiffJSON {
  static func document(_ diff: ReportDiff) -> JSONValue {
    .members([
      "apiVersion": .string("gcr-report/v1"),
      "kind": .string("Diff"),
      "from": side(diff.from),
      "to": side(diff.to),
      "counts": tally(diff.total),
      "clusters": groups(diff, .cluster) { ["cluster": .text($0.cluster)] },
      "namespaces": groups(diff, .namespace) {
        ["cluster": .text($0.cluster), "namespace": .text($0.name)]
      },
      "teams": groups(diff, .team) { ["team": .text($0.name)] },
      "changes": .array(diff.entries.map(change)),
      "noLongerRead": .array(
        diff.losses.map { .members(["cluster": .string($0.cluster), "what": .string($0.what)]) }),
    ])
  }

  private static func side(_ side: ReportDiff.Side) -> JSONValue {
    .members([
      "name": .string(side.name),
      "scan": .count(side.scan),
      "scannedAt": .string(Timestamp.text(secondsSince1970: side.stamp.scannedAt)),
      "asOf": .string(side.stamp.asOf.description),
      "catalogueVersion": .string(side.stamp.catalogue.version),
      "catalogueSHA256": .string(side.stamp.catalogue.sha256),
      "filter": .texts(side.filter.flags),
    ])
  }

  private static func groups(
    _ diff: ReportDiff, _ dimension: ReportDiff.Dimension,
    _ names: (ReportDiff.Group) -> KeyValuePairs<String, JSONValue>
  ) -> JSONValue {
    .array(
      diff.groups(by: dimension).map { group in
        .object(
          names(group).map { JSONValue.Member(key: $0.key, value: $0.value) }
            + [JSONValue.Member(key: "counts", value: tally(group.tally))])
      })
  }

  private static func tally(_ tally: ReportDiff.Tally) -> JSONValue {
    .object(
      ReportDiff.Change.allCases.map {
        JSONValue.Member(key: $0.rawValue, value: .count(tally[$0]))
      })
  }

  private static func change(_ entry: ReportDiff.Entry) -> JSONValue {
    .members([
      "change": .string(entry.change.rawValue),
      "cause": .string(entry.cause.rawValue),
      "cluster": .string(entry.cluster),
      "namespace": .string(entry.workload.namespace),
      "team": .text(entry.team),
      "workloadAPIVersion": .string(entry.workload.apiVersion),
      "workloadKind": .string(entry.workload.kind),
      "workloadName": .string(entry.workload.name),
      "container": .string(entry.container),
      "image": .string(entry.image),
      "file": .text(entry.file),
      "before": .text(entry.before?.rawValue),
      "after": .text(entry.after?.rawValue),
      "note": .text(entry.note),
    ])
  }
}
