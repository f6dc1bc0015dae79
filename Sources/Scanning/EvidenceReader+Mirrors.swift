import Inventory
import KubernetesAPI

extension EvidenceReader {
  static let mirrorKinds: [(group: String, version: String, name: String, kind: String)] = [
    ("config.openshift.io", "v1", "imagedigestmirrorsets", "ImageDigestMirrorSet"),
    ("config.openshift.io", "v1", "imagetagmirrorsets", MirrorIndex.tagKind),
    (
      "operator.openshift.io", "v1alpha1", "imagecontentsourcepolicies",
      "ImageContentSourcePolicy"
    ),
  ]

  /// The kinds of mirrors that this server has.
  static func mirrorResources(_ discovery: Discovery?) -> [APIResource] {
    mirrorKinds.compactMap {
      discovery?.resource(group: $0.group, name: $0.name, versions: [$0.version])
    }
  }

  /// Mirrors that OpenShift's objects configure; only where the server has the kinds.
  func mirrors(_ discovery: Discovery?) async throws -> MirrorIndex {
    var found: [MirrorSetRecord] = []
    for resource in Self.mirrorResources(discovery) {
      let kind = resource.kind
      found +=
        try await noted(resource.qualifiedName, namespace: "") {
          try await client.list(
            resource, options: ListOptions(chunkSize: chunkSize, asJSON: true),
            schema: .mirrorSets(kind), into: { [] }, add: { $0.append($1) },
            merge: { $0.append(contentsOf: $1) }
          ).shard
        } ?? []
    }
    return MirrorIndex(found)
  }
}
