/// An image reference, normalised as `github.com/distribution/reference` does.
package struct ImageReference: Hashable, Sendable {
  /// The text as it was written, surrounding white space included.
  package let raw: String
  /// Host and port in lower case: `docker.io`, `k8s.gcr.io:443`, `[2001:db8::1]:5000`. Only a
  /// host of one upper-case word (`HOST/app`) keeps its case: in lower case it is none.
  package let registry: String
  /// The path below the registry: `library/nginx`.
  package let repository: String
  /// `latest` when neither tag nor digest was written.
  package let tag: String?
  package let digest: String?

  package init(raw: String, registry: String, repository: String, tag: String?, digest: String?) {
    self.raw = raw
    self.registry = registry
    self.repository = repository
    self.tag = tag
    self.digest = digest
  }
}

/// What the text of an image field turned out to be.
///
/// Indirect: one word in the many places that hold the same text.
package indirect enum ImageText: Hashable, Sendable {
  case reference(ImageReference)
  /// Stands for an image that something fills in later; `reason` says what.
  case placeholder(raw: String, reason: String)
  /// Not a reference; `reason` in words, for a report.
  case invalid(raw: String, reason: String)

  /// The reference, or nil for a placeholder and for invalid text.
  package var reference: ImageReference? {
    guard case .reference(let reference) = self else { return nil }
    return reference
  }
}

extension ImageText {
  /// The text as it was written.
  package var text: String {
    switch self {
    case .reference(let reference): reference.raw
    case .placeholder(let raw, _), .invalid(let raw, _): raw
    }
  }
}
