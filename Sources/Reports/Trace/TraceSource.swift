import ImageReferences
import Inventory

/// A reference of a file, judged, with what the join must know besides its place.
package struct TraceSource: Hashable, Sendable {
  /// With a place (`use.place`).
  package var finding: Finding
  /// An entry of `images` of a kustomization.
  package var isKustomizationEntry: Bool
  /// What follows the text is filled in later.
  package var isOpen: Bool
  /// Of what begins images: the tag that stands beside it.
  package var tagBeside: String?
  /// What kustomizations make of the object that holds it; empty where none lists its file.
  package var builds: [KustomizedObject]

  package init(
    finding: Finding, isKustomizationEntry: Bool = false, isOpen: Bool = false,
    tagBeside: String? = nil, builds: [KustomizedObject] = []
  ) {
    self.finding = finding
    self.isKustomizationEntry = isKustomizationEntry
    self.isOpen = isOpen
    self.tagBeside = tagBeside
    self.builds = builds
  }

  var use: ImageUse { finding.use }

  /// Whether what is live begins with it and goes on: a registry, a chart's `hub`.
  var isBeginning: Bool { isOpen || use.representative != nil }

  /// Whether it stands in an object of the API, at a place that is its own: an object's own
  /// `values` make other objects.
  var isInObject: Bool {
    isManifest && !isKustomizationEntry && use.place?.confidence == .parsed
  }

  /// Whether an object of the API holds it, wherever.
  var isManifest: Bool { !use.workload.apiVersion.isEmpty }

  /// Values of a chart, or text of its templates.
  var isOfChart: Bool {
    use.place?.confidence == .values || use.workload.kind == "Template"
  }
}

/// How a live image relates to a reference of a file.
enum ImageMatch: Hashable, Sendable {
  case same
  /// The live image begins with it, and has the tag that stands beside it.
  case prefixAndTag
  /// The live image begins with it, and has another tag than the one that stands beside it.
  case otherTag(String)
  /// The same repository; the tag, the digest or the end of the name comes from elsewhere.
  case partly

  init?(_ live: ImageUse, _ source: TraceSource) {
    let other = source.use
    guard !source.isBeginning || live.image.text == other.image.text else {
      var start = other.image.text
      if !source.isOpen, !start.hasSuffix("/") { start += "/" }
      guard !other.image.text.isEmpty, live.image.names.contains(where: { $0.hasPrefix(start) })
      else { return nil }
      self = Self.prefix(of: live, tag: source.tagBeside)
      return
    }
    guard let one = live.image.reference, let two = other.image.reference,
      live.representative == nil, other.representative == nil
    else {
      guard live.image.text == other.image.text else { return nil }
      self = .same
      return
    }
    guard one.name == two.name else { return nil }
    if one.canonical == two.canonical {
      self = .same
      return
    }
    // Without a tag of its own a chart's image gets one from elsewhere; a kustomization adds a
    // digest to a tag.
    let isBare = two.writtenTag == nil && two.digest == nil && !source.isInObject
    let isPinned = one.tag == two.tag && (one.digest == nil || two.digest == nil)
    guard isBare || isPinned else { return nil }
    self = .partly
  }

  /// A variant's tag begins with the other: `1.29.1-distroless`.
  private static func prefix(of live: ImageUse, tag: String?) -> ImageMatch {
    guard let tag, ImageText.parse("image:\(tag)").reference != nil,
      let own = live.image.reference?.writtenTag, live.representative == nil
    else { return .partly }
    return own == tag || own.hasPrefix("\(tag)-") ? .prefixAndTag : .otherTag(tag)
  }
}
