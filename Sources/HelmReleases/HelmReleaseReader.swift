package import Archives
package import Inventory
import Manifests

/// Stored releases to records of what they hold.
package enum HelmReleaseReader {
  /// - Returns: the record, and what of its manifests could not be read, in words for the ledger;
  ///   nil when everything was.
  package static func read(
    _ stored: DataEntryRecord, limits: Gunzip.Limits = Gunzip.Limits()
  ) throws(HelmReleaseError) -> (record: ReleaseRecord, problem: String?) {
    let release = try HelmReleaseDecoder.decode(stored.value, limits: limits)
    let labels = stored.metadata.labels
    var record = ReleaseRecord(
      namespace: stored.metadata.namespace,
      // Helm finds a release by its labels.
      name: labels["name"] ?? release.name,
      revision: release.revision > 0 ? release.revision : labels["version"].flatMap(Int.init) ?? 0)
    // Flux may keep a release in another namespace (`storageNamespace`) than it installs it in.
    if !release.namespace.isEmpty { record.installNamespace = release.namespace }
    record.uid = stored.metadata.uid
    record.status = labels["status"] ?? release.status
    record.chart = release.chart
    let settings = ImageSettings(release)
    let manifest = ManifestReader.read(release.manifest)
    record.objects = manifest.objects.compactMap {
      object($0, of: record, hookEvents: nil, settings)
    }
    var problems = [words(manifest.unreadable, of: "its manifest")].compactMap { $0 }
    for hook in release.hooks {
      let read = ManifestReader.read(hook.manifest)
      record.objects += read.objects.compactMap {
        object($0, of: record, hookEvents: hook.events, settings)
      }
      if let problem = words(read.unreadable, of: "a hook") { problems.append(problem) }
    }
    return (record, problems.first)
  }

  /// Nil for what holds no images.
  private static func object(
    _ object: ManifestObject, of record: ReleaseRecord, hookEvents: [String]?,
    _ settings: ImageSettings
  ) -> ReleaseObject? {
    guard !object.podSpecs.isEmpty else { return nil }
    var result = ReleaseObject(
      kind: object.kind, namespace: object.namespace ?? record.installNamespace, name: object.name)
    result.hookEvents = hookEvents
    for found in object.podSpecs {
      for container in found.spec.containers where !container.image.isEmpty {
        result.images.append(
          ReleaseObject.Image(
            use: ExtractedImage(
              path: "\(found.path).\(container.pathInPodSpec)", container: container.name,
              role: container.role, image: container.image, pullPolicy: container.pullPolicy,
              confidence: found.confidence, placement: found.spec.placement),
            setBy: settings.words(for: container.image)))
      }
    }
    return result
  }

  private static func words(_ unreadable: [UnreadableDocument], of what: String) -> String? {
    guard let first = unreadable.first else { return nil }
    let place = first.line.map { ", line \($0)" } ?? ""
    let more = unreadable.count > 1 ? " and \(unreadable.count - 1) more" : ""
    return "document \(first.number) of \(what)\(more) could not be read as YAML objects\(place)"
  }
}
