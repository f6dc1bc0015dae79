import Inventory
import KubernetesAPI

/// Finds out where custom kinds hold images: from OpenAPI v3, one document for each group version,
/// else from the CustomResourceDefinitions.
struct KindSchemaReader: Sendable {
  let client: APIClient
  let ledger: CoverageLedger
  let wording: @Sendable (any Error) -> String
  let cache: SchemaCache?

  private static let definitions = "customresourcedefinitions"
  private static let definitionsGroup = "apiextensions.k8s.io"
  private static let documentedOnly = "only kinds whose image fields are documented are read"

  /// The kinds that hold images, in the order given, and the resource of the definitions where
  /// these had to be listed. What could not be read is in the ledger; known kinds are there all the
  /// same.
  func kinds(
    _ resources: [APIResource], discovery: Discovery
  ) async throws -> (kinds: [CustomKind], definitions: [APIResource]) {
    let (schemas, usesDefinitions) = try await schemas(resources, discovery: discovery)
    let kinds = resources.compactMap { resource in
      CustomKind(resource, schema: schemas[resource.groupVersion]?.fields[resource.kind])
    }
    let definitions = usesDefinitions ? Self.definitions(discovery) : nil
    return (kinds, definitions.map { [$0] } ?? [])
  }

  private static func definitions(_ discovery: Discovery) -> APIResource? {
    discovery.resource(
      group: definitionsGroup, name: definitions, versions: ["v1", "v1beta1"])
  }

  /// By group version.
  private func schemas(
    _ resources: [APIResource], discovery: Discovery
  ) async throws -> (schemas: [String: KindSchemas], usesDefinitions: Bool) {
    let index: OpenAPIIndex
    do {
      index = try await client.openAPIIndex()
    } catch let error as APIError where error.isPartial {
      // Before 1.24 (and 1.27 as a rule without its feature gate) there is none.
      return (try await definedSchemas(discovery), true)
    }
    var groupVersions: [String: APIResource] = [:]
    for resource in resources where groupVersions[resource.groupVersion] == nil {
      groupVersions[resource.groupVersion] = resource
    }
    // An index without a group that CustomResourceDefinitions serve is not whole (1.24's alpha).
    let isWhole = resources.allSatisfy { resource in
      index.entry(for: resource) != nil
        || KnownKind.find(group: resource.group, kind: resource.kind)?.isAggregated == true
    }
    let defined = isWhole ? [:] : try await definedSchemas(discovery)
    let found = try await withThrowingTaskGroup(of: (String, KindSchemas?).self) { group in
      for (groupVersion, resource) in groupVersions {
        guard let entry = index.entry(for: resource) else { continue }
        group.addTask {
          (groupVersion, try await document(of: resource, hash: entry.hash))
        }
      }
      var found = defined
      for try await (groupVersion, schemas) in group {
        if let schemas { found[groupVersion] = schemas }
      }
      return found
    }
    return (found, !isWhole)
  }

  private func document(of resource: APIResource, hash: String?) async throws -> KindSchemas? {
    do {
      return try await client.schemas(of: resource, hash: hash, cache: cache)
    } catch let error as APIError where error.isPartial {
      note(CoverageEntry.schemasPrefix + resource.groupVersion, error)
      return nil
    }
  }

  /// What stays unknown, and what comes of it.
  private func note(_ resource: String, _ error: APIError) {
    if case .forbidden = error {
      ledger.note(resource, .forbidden, reason: Self.documentedOnly)
    } else {
      ledger.note(resource, .failed, reason: "\(wording(error)): \(Self.documentedOnly)")
    }
  }

  private func definedSchemas(_ discovery: Discovery) async throws -> [String: KindSchemas] {
    guard let resource = Self.definitions(discovery) else { return [:] }
    do {
      return try await client.list(
        resource, options: ListOptions(chunkSize: ScanOptions.defaultChunkSize),
        schema: .customResourceDefinitions, into: { [:] }, add: { Self.add($1, to: &$0) },
        merge: { total, page in
          for (groupVersion, schemas) in page {
            total[groupVersion, default: KindSchemas()].fields.merge(schemas.fields) { $1 }
          }
        }
      ).shard
    } catch let error as APIError where error.isPartial {
      note(resource.qualifiedName, error)
      return [:]
    }
  }

  private static func add(
    _ definition: CustomResourceDefinition, to schemas: inout [String: KindSchemas]
  ) {
    for (version, fields) in definition.fields {
      schemas["\(definition.group)/\(version)", default: KindSchemas()].fields[definition.kind] =
        fields
    }
  }
}
