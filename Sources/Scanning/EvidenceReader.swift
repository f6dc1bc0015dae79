import Inventory
import KubernetesAPI

/// Reads what holds no images but says what will happen to them: nodes and autoscalers.
struct EvidenceReader: Sendable {
  let client: APIClient
  let options: ScanOptions
  let ledger: CoverageLedger
  let wording: @Sendable (any Error) -> String
  let rights: NamespaceRights

  static let nodeResource = APIResource(
    group: "", version: "v1", name: "nodes", kind: "Node", isNamespaced: false)

  /// Nil when nodes may not be listed: cache states are then unknown.
  func nodes() async throws -> NodeList? {
    return try await noted("nodes", namespace: "") {
      try await client.list(
        Self.nodeResource, options: ListOptions(chunkSize: chunkSize), schema: .nodes,
        into: { NodeList() }, add: { $0.add($1) }, merge: { $0.merge($1) }
      ).shard
    }
  }

  /// Nil when one of the kinds could not be read: then nobody knows what replicas 0 means.
  func autoscalers(_ discovery: Discovery?) async throws -> [AutoscalerRecord]? {
    var found: [AutoscalerRecord]? = []
    for scaler in Scaler.all {
      guard let resource = scaler.resource(discovery) else { continue }
      let records = try await autoscalers(resource, of: scaler)
      if let records { found?.append(contentsOf: records) } else { found = nil }
    }
    return found
  }

  /// As the workloads themselves: of the whole cluster, else of each namespace that is read.
  private func autoscalers(
    _ resource: APIResource, of scaler: Scaler
  ) async throws -> [AutoscalerRecord]? {
    guard options.namespaces.isEmpty else {
      return try await autoscalers(resource, of: scaler, whereAllowedOf: options.namespaces)
    }
    do {
      let records = try await list(resource, of: scaler, namespace: nil)
      ledger.note(resource.qualifiedName, .read, holdsImages: false)
      return records
    } catch APIError.forbidden {
      return try await autoscalers(
        resource, of: scaler, whereAllowedOf: rights.candidates().namespaces)
    } catch {
      return try await noted(resource.qualifiedName, namespace: "") { throw error }
    }
  }

  private func autoscalers(
    _ resource: APIResource, of scaler: Scaler, whereAllowedOf namespaces: [String]
  ) async throws -> [AutoscalerRecord]? {
    let allowed = await rights.allowing(resource, among: namespaces)
    var forbidden = Set(namespaces).subtracting(allowed)
    var found: [AutoscalerRecord]? = []
    for namespace in allowed {
      do {
        found?.append(
          contentsOf: try await list(resource, of: scaler, namespace: namespace))
        ledger.note(resource.qualifiedName, namespace: namespace, .read, holdsImages: false)
      } catch APIError.forbidden {
        forbidden.insert(namespace)
      } catch {
        found = try await noted(resource.qualifiedName, namespace: namespace) { throw error }
      }
    }
    // One line says it all where it is forbidden everywhere.
    let isEverywhere = options.namespaces.isEmpty && forbidden.count == namespaces.count
    for namespace in isEverywhere ? [""] : forbidden.sorted() {
      ledger.note(resource.qualifiedName, namespace: namespace, .forbidden, holdsImages: false)
    }
    return forbidden.isEmpty ? found : nil
  }

  private func list(
    _ resource: APIResource, of scaler: Scaler, namespace: String?
  ) async throws -> [AutoscalerRecord] {
    try await client.list(
      resource, namespace: namespace,
      options: ListOptions(chunkSize: chunkSize, asJSON: !scaler.isBuiltIn),
      schema: scaler.schema, into: { [] }, add: { $0.append($1) },
      merge: { $0.append(contentsOf: $1) }
    ).shard
  }

  var chunkSize: Int {
    options.chunkSize ?? ScanOptions.defaultChunkSize
  }

  /// What fails here costs only its own knowledge; a lost connection or credential costs the scan.
  /// Nothing is asked for that the server does not name, or every server has: 404 is a failure too.
  func noted<Value>(
    _ resource: String, namespace: String, _ read: () async throws -> Value
  ) async throws -> Value? {
    do {
      let value = try await read()
      ledger.note(resource, namespace: namespace, .read, holdsImages: false)
      return value
    } catch APIError.forbidden {
      ledger.note(resource, namespace: namespace, .forbidden, holdsImages: false)
    } catch let error as APIError {
      if case .unauthorized = error { throw error }
      ledger.note(
        resource, namespace: namespace, .failed, reason: wording(error), holdsImages: false)
    }
    return nil
  }
}
