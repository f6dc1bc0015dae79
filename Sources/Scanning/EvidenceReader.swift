import Inventory
import KubernetesAPI

/// Reads what holds no images but says what will happen to them: nodes and autoscalers.
struct EvidenceReader: Sendable {
  let client: APIClient
  let options: ScanOptions
  let ledger: CoverageLedger
  let wording: @Sendable (any Error) -> String

  static let nodeResource = APIResource(
    group: "", version: "v1", name: "nodes", kind: "Node", isNamespaced: false)

  /// Nil when nodes may not be listed: cache states are then unknown.
  func nodes() async throws -> [NodeRecord]? {
    return try await noted("nodes", namespace: "") {
      try await client.list(
        Self.nodeResource, options: ListOptions(chunkSize: chunkSize), schema: .nodes, into: { [] },
        add: { $0.append($1) }, merge: { $0.append(contentsOf: $1) }
      ).shard
    }
  }

  /// Nil when one of the kinds could not be read: then nobody knows what replicas 0 means.
  func autoscalers(_ discovery: Discovery?) async throws -> [AutoscalerRecord]? {
    var found: [AutoscalerRecord]? = []
    for scaler in Scaler.all {
      guard let resource = scaler.resource(discovery) else { continue }
      for namespace in options.namespaces.isEmpty ? [""] : options.namespaces {
        let records = try await noted(resource.qualifiedName, namespace: namespace) {
          try await client.list(
            resource, namespace: namespace.isEmpty ? nil : namespace,
            options: ListOptions(chunkSize: chunkSize, asJSON: true),
            schema: .autoscalers(resource.kind), into: { [] }, add: { $0.append($1) },
            merge: { $0.append(contentsOf: $1) }
          ).shard
        }
        guard let records else {
          found = nil
          continue
        }
        found?.append(contentsOf: records)
      }
    }
    return found
  }

  private var chunkSize: Int {
    options.chunkSize ?? ScanOptions.defaultChunkSize
  }

  /// What fails here costs only its own knowledge; a lost connection or credential costs the scan.
  private func noted<Value>(
    _ resource: String, namespace: String, _ read: () async throws -> Value
  ) async throws -> Value? {
    do {
      let value = try await read()
      ledger.note(resource, namespace: namespace, .read, holdsImages: false)
      return value
    } catch APIError.forbidden {
      ledger.note(resource, namespace: namespace, .forbidden, holdsImages: false)
    } catch APIError.notFound {
      ledger.note(resource, namespace: namespace, .notServed, holdsImages: false)
    } catch let error as APIError {
      if case .unauthorized = error { throw error }
      ledger.note(
        resource, namespace: namespace, .failed, reason: wording(error), holdsImages: false)
    }
    return nil
  }
}

/// A kind that changes replicas by itself.
struct Scaler {
  let group: String
  let name: String
  let kind: String
  let versions: [String]
  /// Part of every server, so that it is asked for even when discovery would not tell.
  let isBuiltIn: Bool

  static let all = [
    Scaler(
      group: "autoscaling", name: "horizontalpodautoscalers", kind: "HorizontalPodAutoscaler",
      versions: ["v2", "v1"], isBuiltIn: true),
    Scaler(
      group: "keda.sh", name: "scaledobjects", kind: "ScaledObject", versions: ["v1alpha1"],
      isBuiltIn: false),
  ]

  func resource(_ discovery: Discovery?) -> APIResource? {
    if let found = discovery?.resource(group: group, name: name, versions: versions) {
      return found
    }
    guard discovery == nil, isBuiltIn else { return nil }
    // `autoscaling/v1` is served by every version from 1.2 on.
    return APIResource(group: group, version: "v1", name: name, kind: kind)
  }
}
