/// What a manifest or an index says, as far as it is needed.
struct Manifest: Sendable {
  /// In this order: without them a registry may convert the image, which changes its digest.
  static let acceptedTypes = [
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json",
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
  ]

  /// OCI distribution, "Pulling manifests": 4 MiB is what registries have to accept.
  static let limit = 4 << 20

  /// Of an index; nil for a single image.
  let platforms: [String]?
  /// Of an index: the digests of its images.
  let children: [String]
  /// Of a single image: where its configuration is.
  let configurationDigest: String?

  /// Nil when the bytes are neither an index nor a manifest.
  init?(_ bytes: [UInt8]) {
    guard let document = JSONAnswer.read(bytes, as: Document.self) else {
      return nil
    }
    if let entries = document.manifests {
      // Attestations stand in an index as unknown/unknown.
      let names = entries.compactMap(\.platform?.name).filter { $0 != "unknown/unknown" }
      platforms = Set(names).sorted()
      children = entries.filter { $0.platform?.name != "unknown/unknown" }
        .compactMap(\.digest).filter(ContentDigest.isValid)
      configurationDigest = nil
    } else if let digest = document.config?.digest, ContentDigest.isValid(digest) {
      platforms = nil
      children = []
      configurationDigest = digest
    } else {
      return nil
    }
  }

  /// The platform that an image's configuration names.
  static func platform(ofConfiguration bytes: [UInt8]) -> String? {
    JSONAnswer.read(bytes, as: Platform.self)?.name
  }

  private struct Document: Decodable {
    let manifests: [Entry]?
    let config: Descriptor?
  }

  private struct Entry: Decodable {
    let digest: String?
    let platform: Platform?
  }

  private struct Descriptor: Decodable {
    let digest: String
  }

  private struct Platform: Decodable {
    let os: String
    let architecture: String

    var name: String { "\(os)/\(architecture)" }
  }
}
