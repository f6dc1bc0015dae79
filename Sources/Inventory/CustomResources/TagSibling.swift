import ImageReferences

/// The fields beside a field that names an image without its tag, which may say the tag.
package struct TagSibling: Hashable, Sendable {
  /// Names that say whose tag or digest they hold; the first that is set counts.
  private var tags: [String]
  private var digests: [String]
  /// Whether the field holds no tag by its own meaning.
  private var isRepository: Bool

  /// May be the image's tag, another image's, or the version of something else.
  private static let doubtful = ["tag", "version", "imageTag", "imageVersion", "image_tag"]
  private static let repositoryEndings = ["repository", "repo"]
  private static let endings =
    repositoryEndings + ["name", "reference", "ref", "uri", "url", "spec", "path"]

  /// - Parameter field: `image`, `imageRepository`, `sidecar_image`, `repository`.
  package init(of field: String) {
    let lower = field.lowercased()
    isRepository = Self.repositoryEndings.contains { lower.hasSuffix($0) }
    var stem = field
    if Self.repositoryEndings.contains(lower) {
      stem = "image"
    } else if let ending = Self.endings.first(where: { lower.hasSuffix($0) && lower != $0 }) {
      stem = String(field.dropLast(ending.count))
      while stem.last == "_" { stem.removeLast() }
    }
    tags = ["\(stem)Tag", "\(stem)_tag", "\(stem)Version", "\(stem)_version"]
    digests = ["\(stem)Digest", "\(stem)_digest"]
    if stem == "image" {
      tags.insert("tag", at: 2)
      digests.append("digest")
    }
  }

  /// `baseImage` of prometheus-operator (`pkg/operator/image.go`, `BuildImagePath`): with `sha`,
  /// else `tag`, else `version`; without any the operator has a version of its own.
  package static var ofBaseImage: TagSibling {
    var sibling = TagSibling(of: "repository")
    sibling.tags = ["tag", "version"]
    sibling.digests = ["sha"]
    return sibling
  }

  /// Whether a field of this name says a tag, so that a number in it is one: YAML takes `tag: 1.21`
  /// for a number. Its text counts as the object has it: `1.20` became `1.2` when it was written, and
  /// so it is for whatever joins it with the name.
  package static func mayBeNumber(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix("tag") || name.hasSuffix("version")
  }

  /// Whether a field of this name has to be read.
  package func mayBe(_ name: String) -> Bool {
    tags.contains(name) || digests.contains(name) || Self.doubtful.contains(name)
  }

  /// A text with the tag and the digest beside it; not known where it has none of its own and
  /// nothing surely says it.
  ///
  /// - Parameter siblings: the texts of the fields beside it; those that `mayBe` names are enough.
  package func complete(_ text: String, with siblings: [String: String]) -> TaggedText {
    let end = text.split(separator: "/").last ?? ""
    let hasTag = end.contains { $0 == ":" || $0 == "@" }
    var whole = text
    if !hasTag, let tag = Self.first(of: tags, in: siblings) { whole += ":\(tag)" }
    if !text.contains("@"), let digest = Self.first(of: digests, in: siblings) {
      if digest.contains(":") {
        whole += "@\(digest)"
      } else if digests == ["sha"] {
        whole += "@sha256:\(digest)"
      }
    }
    if whole != text {
      // A tag that cannot be one says nothing of the image.
      guard case .invalid = ImageText.parse(whole) else {
        return TaggedText(whole, isJoined: true)
      }
      return TaggedText(text, isTagKnown: hasTag)
    }
    let isDoubtful = Self.first(of: Self.doubtful, in: siblings) != nil
    return TaggedText(text, isTagKnown: hasTag || !(isRepository || isDoubtful))
  }

  private static func first(of names: [String], in siblings: [String: String]) -> String? {
    names.lazy.compactMap { siblings[$0] }.first { !$0.isEmpty }
  }
}

/// A text that names an image, and whether it says all of it.
package struct TaggedText: Hashable, Sendable {
  package var text: String
  /// False: it has none, and what will be pulled is not `latest` for that.
  package var isTagKnown: Bool
  /// Whether several fields make the text.
  package var isJoined: Bool
  /// The versions of which the newest is its tag, where it is none that is fixed.
  package var range: String?

  package init(_ text: String, isTagKnown: Bool = true, isJoined: Bool = false) {
    self.text = text
    self.isTagKnown = isTagKnown
    self.isJoined = isJoined
  }
}
