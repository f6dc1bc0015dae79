import ImageReferences
import Inventory
import RegistryCatalogue
package import Reports

extension Rehearsal {
  /// The document of `policy --rehearse -o json`.
  package var json: JSONValue {
    .members([
      "apiVersion": "gcr-report/v1".json,
      "kind": "PolicyRehearsal".json,
      "isSample": .bool(isSample),
      "engine": options.engine.rawValue.json,
      "action": options.action.rawValue.json,
      "includesOwned": .bool(options.includesOwned),
      "asOf": meaning.day.description.json,
      "catalogueVersion": meaning.catalogueVersion.json,
      "rules": .texts(meaning.rules.map(\.id)),
      "clusters": .array(clusters.map(\.json)),
    ])
  }
}

extension String {
  fileprivate var json: JSONValue { .string(self) }
}

extension Rehearsal.Cluster {
  fileprivate var json: JSONValue {
    .members([
      "context": .string(context),
      "serverVersion": .text(serverVersion),
      "failure": .text(failure),
      "notRead": .texts(gaps),
      "pastUses": .count(past),
      "groups": .array(
        groups.map { group in
          .members([
            "namespace": .string(group.namespace),
            "team": .text(group.team),
            "workloads": .array(
              Rehearsal.Effect.allCases.compactMap { effect in
                group.workloads[effect].map {
                  .members(["effect": effect.rawValue.json, "count": .count($0)])
                }
              }),
          ])
        }),
      "uses": .array(rows.map(\.json)),
    ])
  }
}

extension Rehearsal.Row {
  fileprivate var json: JSONValue {
    .members([
      "namespace": .string(use.workload.namespace),
      "team": .text(team),
      "workloadApiVersion": .string(use.workload.apiVersion),
      "workloadKind": .string(use.workload.kind),
      "workloadName": .string(use.workload.name),
      "path": .string(use.path),
      "container": .string(use.container),
      "role": .string(use.role.rawValue),
      "image": .string(use.image.text),
      "rule": .string(rule),
      "effect": .string(effect.rawValue),
      "circumstance": .string(circumstance),
      "replacement": .text(replacement),
    ])
  }
}
