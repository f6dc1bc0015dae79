package import ImageReferences

/// An image for people: sanitised, and shortened so that its tag always survives.
package struct ImageLabel: Hashable, Sendable {
  /// Registry and path as written.
  private let head: String
  /// `:tag` as written, or empty.
  private let tag: String
  /// `@sha256:…` as written, or empty.
  private let digest: String

  package init(_ image: ImageText) {
    switch image {
    case .reference(let reference):
      self.init(raw: reference.raw, tag: reference.tag, digest: reference.digest)
    case .placeholder(let raw, _), .invalid(let raw, _):
      self.init(raw: raw, tag: nil, digest: nil)
    }
  }

  /// `tag` and `digest` as parsed; one that `raw` does not end with (an implied `latest`) is not
  /// shown.
  package init(raw: String, tag: String?, digest: String?) {
    var rest = Substring(raw)
    let digestPart = digest.map { "@\($0)" } ?? ""
    if !digestPart.isEmpty, rest.hasSuffix(digestPart) {
      rest = rest.dropLast(digestPart.count)
      self.digest = TerminalText.sanitized(digestPart)
    } else {
      self.digest = ""
    }
    let tagPart = tag.map { ":\($0)" } ?? ""
    if !tagPart.isEmpty, rest.hasSuffix(tagPart) {
      rest = rest.dropLast(tagPart.count)
      self.tag = TerminalText.sanitized(tagPart)
    } else {
      self.tag = ""
    }
    head = TerminalText.sanitized(String(rest))
  }

  package var whole: String {
    head + tag + digest
  }

  /// Width of the shortest form that still names the image: `…/pilot:1.29.1`.
  package var usefulWidth: Int {
    min(
      TerminalText.width(whole),
      TerminalText.width(lastComponentForm) + TerminalText.width(shortestTail))
  }

  /// Width of the tag with `…` before it: less would cut the tag.
  package var leastWidth: Int {
    min(TerminalText.width(whole), 1 + TerminalText.width(shortestTail))
  }

  /// The longest form within `width` columns. In this order: the digest loses its end, then, beside
  /// a tag, all of itself (`@…` remains), the path loses segments from the left, the name loses
  /// characters from the left. The tag is never cut: below `leastWidth` the result is wider
  /// than asked.
  package func fitted(to width: Int) -> String {
    for tail in tails where TerminalText.width(head) + TerminalText.width(tail) <= width {
      return head + tail
    }
    let tail = shortestTail
    let room = width - TerminalText.width(tail)
    var rest = Substring(head)
    while let slash = rest.firstIndex(of: "/") {
      rest = rest[slash...].dropFirst()
      // Measuring is linear and hostile text may be all slashes: pass over what cannot fit.
      if rest.utf8.count > 64 * max(1, room) { continue }
      let form = "…/\(rest)"
      if TerminalText.width(form) <= room { return form + tail }
    }
    return TerminalText.leadingTruncated(head, to: max(1, room)) + tail
  }

  private var lastComponentForm: String {
    guard let slash = head.lastIndex(of: "/") else { return head }
    return "…\(head[slash...])"
  }

  private var tails: [String] {
    if digest.isEmpty { return [tag] }
    if tag.isEmpty { return [digest, shortDigest] }
    return [tag + digest, tag + shortDigest, tag + "@…"]
  }

  private var shortestTail: String {
    if digest.isEmpty { return tag }
    return tag.isEmpty ? shortDigest : tag + "@…"
  }

  /// `@sha256:` and twelve digits, as `docker images` and `git` cut theirs.
  private var shortDigest: String {
    let cut = digest.prefix("@sha256:".count + 12)
    return cut.count < digest.count ? "\(cut)…" : digest
  }
}
