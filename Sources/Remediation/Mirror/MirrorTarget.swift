package import ImageReferences

/// Where the copies go: `--to REGISTRY[/PREFIX]`.
///
/// Each image keeps its whole name below it, the host of its registry included:
/// `TO/k8s.gcr.io/pause:3.9`. So no two images collide, and a runtime that can only put a prefix
/// before a repository (containerd's hosts.toml) finds all of them.
package struct MirrorTarget: Hashable, Sendable {
  /// Host and port.
  package let registry: String
  /// Path below the host, without slashes at its ends; may be empty.
  package let prefix: String

  package init(_ text: String) throws(MirrorError) {
    let trimmed = text.hasSuffix("/") ? String(text.dropLast()) : text
    // A first part without "." or ":" would be a repository of Docker Hub.
    guard let reference = ImageText.parse("\(trimmed)/x").reference,
      trimmed.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") })
        || trimmed.hasPrefix("localhost"),
      trimmed == reference.registry || trimmed.hasPrefix("\(reference.registry)/"),
      reference.digest == nil, reference.repository.hasSuffix("x"), reference.writtenTag == nil
    else { throw .noTarget(text) }
    registry = reference.registry
    let path = reference.repository.dropLast()
    prefix = String(path.hasSuffix("/") ? path.dropLast() : path)
  }

  /// `registry.corp.example/mirror`
  package var text: String { Self.joined([registry, prefix]) }

  /// The path below which the images of a registry stand; nil for a host that makes no path.
  package func path(of registry: String) -> String? {
    guard let name = Self.component(of: registry) else { return nil }
    return Self.joined([prefix, name])
  }

  /// Whether this image is one of the copies.
  package func holds(_ reference: ImageReference) -> Bool {
    reference.registry == registry
      && (prefix.isEmpty || reference.repository.hasPrefix("\(prefix)/"))
  }

  /// The repository that the image is copied to; nil when the name would be no reference.
  package func repository(of reference: ImageReference) -> String? {
    path(of: reference.registry).map { "\($0)/\(reference.repository)" }
  }

  /// A host as one component of a repository's path: `localhost:5000` becomes `localhost_5000`. A
  /// `_` stands in no host, so that two hosts never meet. Addresses in brackets have no such form.
  private static func component(of registry: String) -> String? {
    guard !registry.hasPrefix("[") else { return nil }
    return registry.lowercased().split(separator: ":").joined(separator: "_")
  }

  static func joined(_ parts: [String]) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: "/")
  }
}
