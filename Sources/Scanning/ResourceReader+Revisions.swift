import HelmReleases
import Inventory
import KubernetesAPI

/// Kinds that store a manifest inside an object, which may be broken on its own.
extension ResourceReader {
  /// What of a list was decoded, and why the rest was not.
  private struct Shard: Sendable {
    var builder = InventoryBuilder()
    var problems: [Problem] = []

    mutating func note(_ object: ObjectMetadata, _ kind: String, _ reason: String) {
      problems.append(
        Problem(
          namespace: object.namespace, reason: "\(kind) \"\(object.name)\": \(reason)"))
    }
  }

  private struct Problem: Sendable {
    let namespace: String
    let reason: String
  }

  /// Old templates of DaemonSets and StatefulSets.
  func controllerRevisions(
    _ served: APIResource, _ namespace: String?, _ options: ListOptions
  ) async throws -> (InventoryBuilder, ListOutcome) {
    let (shard, outcome) = try await client.list(
      served, namespace: namespace, options: options, schema: .controllerRevisions,
      into: { Shard() },
      add: { shard, record in
        do {
          if let object = try ControllerRevisionTemplate.object(record) {
            shard.builder.add(object)
          }
        } catch {
          shard.note(record.metadata, "ControllerRevision", "its data could not be read")
        }
      }, merge: Self.merge)
    note(shard.problems, of: served.qualifiedName)
    return (shard.builder, outcome)
  }

  /// Helm's releases, each decoded and dropped as it arrives: at most one is in memory whole.
  func helmReleases(
    _ driver: HelmDriver, _ served: APIResource, _ namespace: String?, _ options: ListOptions
  ) async throws -> (InventoryBuilder, ListOutcome) {
    var options = options
    // Each may be 1 MiB, and the server holds a page in memory.
    options.chunkSize = options.chunkSize == 0 ? 0 : min(options.chunkSize, Self.releasesPerPage)
    options.labelSelector = HelmDriver.labelSelector(allRevisions: self.options.history)
    options.fieldSelector = driver.fieldSelector
    let (shard, outcome) = try await client.list(
      served, namespace: namespace, options: options, schema: driver.schema,
      into: { Shard() },
      add: { shard, stored in
        do {
          let (record, problem) = try HelmReleaseReader.read(stored)
          shard.builder.add(record)
          if let problem { shard.note(stored.metadata, driver.kind, problem) }
        } catch {
          shard.note(stored.metadata, driver.kind, "\(error)")
        }
      }, merge: Self.merge)
    note(shard.problems, of: ScannedResource.helmReleases)
    return (shard.builder, outcome)
  }

  private static var releasesPerPage: Int { 100 }

  @Sendable private static func merge(_ whole: inout Shard, _ part: Shard) {
    whole.builder.merge(part.builder)
    whole.problems += part.problems
  }

  private func note(_ problems: [Problem], of resource: String) {
    for problem in problems {
      ledger.note(resource, namespace: problem.namespace, .partial, reason: problem.reason)
    }
  }
}
