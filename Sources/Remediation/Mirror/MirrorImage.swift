package import ImageReferences

/// One image of the copy plan.
package struct MirrorImage: Hashable, Sendable {
  /// Where the bytes come from.
  package enum Origin: Hashable, Sendable {
    /// Its own registry still answers, or may.
    case origin
    /// Its registry does not answer; a rule names the same content elsewhere.
    case replacement
  }

  /// As the cluster names it.
  package let reference: ImageReference
  package let origin: Origin
  /// To be copied: by digest where the cluster names one.
  package let source: String
  /// The same content elsewhere, for when the source does not answer; nil when there is none.
  package let otherSource: String?
  package let target: String
  /// Of the reference as the cluster has it; nil for a tag.
  package let digest: String?
  /// Why it needs a copy, in words.
  package let why: String
  /// Workloads that use it.
  package let workloads: Int
}

/// An image that no copy can be made of.
package struct UncopyableImage: Hashable, Sendable {
  package let reference: ImageReference
  package let why: String
  /// What a person may choose instead; nil when nothing is known.
  package let advice: String?
  package let workloads: Int
}
