package import ImageReferences

/// How a reference is written at its new place.
package struct ReplacementTemplate: Hashable, Sendable {
  /// For example `registry.k8s.io/{path}:{tag}@{digest}`.
  package let text: String
  /// Same name, tag and digest: a machine may rewrite it. Otherwise a person chooses.
  package let isMechanical: Bool

  static let placeholders = ["path", "repository", "first", "name", "wildcard"]

  /// The name, and what follows it.
  private var parts: (name: Substring, suffix: Substring) {
    // A tag or digest begins after the last "/"; no placeholder holds ":" or "@".
    let slash = text.lastIndex(of: "/") ?? text.startIndex
    let end = text[slash...].firstIndex { $0 == ":" || $0 == "@" } ?? text.endIndex
    return (text[..<end], text[end...])
  }

  /// Why the template is unusable, or nil.
  package var fault: String? {
    let suffixes = ["", ":{tag}", "@{digest}", ":{tag}@{digest}"]
    let (name, suffix) = parts
    let fixed = String(name) + (suffixes.contains(String(suffix)) ? "" : String(suffix))
    let sample = Dictionary(uniqueKeysWithValues: Self.placeholders.map { ($0, "x") })
    let filled = TemplateText.fill(fixed, sample)
    guard !filled.contains("{"), !filled.contains("}") else {
      return "expected only {path}, {repository}, {first}, {name} and {wildcard} in the name,"
        + " then nothing, a tag, \":{tag}\", \"@{digest}\" or \":{tag}@{digest}\""
    }
    switch ImageText.parse(filled) {
    case .reference: return nil
    case .placeholder(_, let reason), .invalid(_, let reason): return "gives no image: \(reason)"
    }
  }

  /// What stands behind the name of the new place.
  package enum Suffix: Hashable, Sendable {
    /// This text, whatever was written: `:v5`, or nothing.
    case fixed(String)
    /// What was written, of these parts.
    case kept(tag: Bool, digest: Bool)
  }

  /// The name with its placeholders.
  package var name: String { String(parts.name) }

  package var suffix: Suffix {
    let text = parts.suffix
    let tag = text.contains("{tag}")
    let digest = text.contains("{digest}")
    return tag || digest ? .kept(tag: tag, digest: digest) : .fixed(String(text))
  }

  /// The reference at its new place; nil when the parts do not form one.
  package func replace(_ reference: ImageReference, _ found: ReferencePattern.Found) -> Replacement?
  {
    let segments = reference.repository.split(separator: "/").map(String.init)
    let (name, suffix) = parts
    var text = TemplateText.fill(
      String(name),
      [
        "path": found.path, "repository": reference.repository,
        "first": segments.first ?? "", "name": segments.last ?? "", "wildcard": found.wildcard,
      ])
    let keepsTag = suffix.contains("{tag}")
    let keepsDigest = suffix.contains("{digest}")
    if !keepsTag, !keepsDigest { text += suffix }
    if keepsTag, let tag = reference.writtenTag { text += ":\(tag)" }
    if keepsDigest, let digest = reference.digest { text += "@\(digest)" }
    guard case .reference(let target) = ImageText.parse(text) else { return nil }
    let dropsDigest = reference.digest != nil && !keepsDigest
    return Replacement(
      reference: target, isMechanical: isMechanical && !dropsDigest, dropsDigest: dropsDigest)
  }
}

/// A reference's new place.
package struct Replacement: Hashable, Sendable {
  package let reference: ImageReference
  /// A machine may write it in the old one's stead.
  package let isMechanical: Bool
  /// The old reference has a digest, of which nobody says that it holds at the new place.
  package let dropsDigest: Bool

  /// As it is to be written: a tag that was implied stays implied.
  package var text: String { reference.raw }
}

/// Text with `{name}` in it.
enum TemplateText {
  /// Fills each known placeholder once; what was filled in is not looked at again.
  static func fill(_ template: String, _ values: [String: String]) -> String {
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}"),
        let value = values[String(rest[rest.index(after: open)..<close])]
      else {
        result += "{"
        rest = rest[rest.index(after: open)...]
        continue
      }
      result += value
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
