extension ImageText {
  /// Reads an image field as Docker, containerd and the kubelet do.
  ///
  /// Never throws: text that is no reference is a finding of its own. White space around the
  /// reference is left out of its parts and kept in `raw`. The time is linear in the length.
  /// Source: `github.com/distribution/reference`, normalize.go `ParseNormalizedNamed` and
  /// reference.go `Parse`.
  package static func parse(_ raw: String) -> ImageText {
    let bytes = raw.utf8Span.span
    var start = 0
    var end = bytes.count
    while start < end, ReferenceGrammar.isSpace(bytes[start]) { start += 1 }
    while end > start, ReferenceGrammar.isSpace(bytes[end - 1]) { end -= 1 }
    guard start < end else {
      return .invalid(raw: raw, reason: raw.isEmpty ? "the image is empty" : "the image is blank")
    }
    if let reason = Placeholder.reason(bytes, start..<end) {
      return .placeholder(raw: raw, reason: reason)
    }
    do throws(ReferenceFault) {
      return .reference(try reference(raw, bytes, start..<end))
    } catch {
      return .invalid(raw: raw, reason: error.reason)
    }
  }

  private static func reference(
    _ raw: String, _ bytes: Span<UInt8>, _ text: Range<Int>
  ) throws(ReferenceFault) -> ImageReference {
    if let scheme = schemeEnd(bytes, text) {
      throw .url(scheme: slice(raw, text.lowerBound..<scheme))
    }
    if ReferenceGrammar.isIdentifier(bytes, text) { throw .identifier }

    // normalize.go splitDockerDomain: the first "/" decides, and without one all is a Hub name.
    let slash = text.first { bytes[$0] == UInt8(ascii: "/") }
    var registry = "docker.io"
    var remainder = text
    if let slash, isDomainLike(bytes, text.lowerBound..<slash) {
      registry = try self.registry(raw, bytes, text.lowerBound..<slash)
      remainder = (slash + 1)..<text.upperBound
    }

    // reference.go: name [":" tag] ["@" digest]; a path holds neither ":" nor "@".
    let at = remainder.first { bytes[$0] == UInt8(ascii: "@") }
    let named = remainder.lowerBound..<(at ?? remainder.upperBound)
    let colon = named.first { bytes[$0] == UInt8(ascii: ":") }
    let path = named.lowerBound..<(colon ?? named.upperBound)
    do throws(ReferenceGrammar.PathFault) {
      try ReferenceGrammar.checkPath(bytes, path)
    } catch {
      throw .path(error)
    }

    var repository = slice(raw, path)
    // Hub names of one component are official images: `docker.io/ubuntu` is `library/ubuntu`.
    if registry == "docker.io", !path.contains(where: { bytes[$0] == UInt8(ascii: "/") }) {
      repository = "library/\(repository)"
    }
    guard repository.utf8.count <= ReferenceGrammar.longestRepository else {
      throw .longRepository(length: repository.utf8.count)
    }

    var tag: String?
    if let colon {
      let range = (colon + 1)..<named.upperBound
      guard !range.isEmpty else { throw .emptyTag }
      guard range.count <= ReferenceGrammar.longestTag else { throw .longTag(length: range.count) }
      guard ReferenceGrammar.isTag(bytes, range) else { throw .badTag }
      tag = slice(raw, range)
    }
    guard let at else {
      return ImageReference(
        raw: raw, registry: registry, repository: repository, tag: tag ?? "latest", digest: nil)
    }
    let range = (at + 1)..<remainder.upperBound
    do throws(ReferenceGrammar.DigestFault) {
      try ReferenceGrammar.checkDigest(bytes, range)
    } catch {
      throw .digest(error)
    }
    return ImageReference(
      raw: raw, registry: registry, repository: repository, tag: tag, digest: slice(raw, range))
  }

  /// normalize.go splitDockerDomain: `localhost`, or a ".", a ":" or an upper-case letter in it.
  private static func isDomainLike(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range {
      let byte = bytes[index]
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || ReferenceGrammar.isUpper(byte) {
        return true
      }
    }
    return ReferenceGrammar.matches(bytes, range, "localhost")
  }

  private static func registry(
    _ raw: String, _ bytes: Span<UInt8>, _ range: Range<Int>
  ) throws(ReferenceFault) -> String {
    if !ReferenceGrammar.isDomain(bytes, range) {
      // `my_host.lan/app` is no domain, yet reference.go reads it as a path without a domain and
      // runtimes take its first component as the host.
      do throws(ReferenceGrammar.PathFault) {
        try ReferenceGrammar.checkPath(bytes, range)
      } catch {
        throw .host
      }
    }
    var registry = slice(raw, range)
    if range.contains(where: { ReferenceGrammar.isUpper(bytes[$0]) }) {
      let lower = registry.lowercased()
      // `HOST/app` names a host, `host/app` a Hub namespace: there the case is all that tells.
      let tells = !lower.utf8.contains { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
      if !tells || lower == "localhost" { registry = lower }
    }
    // normalize.go legacyDefaultDomain.
    return registry == "index.docker.io" ? "docker.io" : registry
  }

  /// The end of `scheme` when the text reads `scheme://…`.
  private static func schemeEnd(_ bytes: Span<UInt8>, _ text: Range<Int>) -> Int? {
    guard let colon = text.first(where: { bytes[$0] == UInt8(ascii: ":") }),
      colon > text.lowerBound, colon + 2 < text.upperBound,
      bytes[colon + 1] == UInt8(ascii: "/"), bytes[colon + 2] == UInt8(ascii: "/")
    else { return nil }
    for index in text.lowerBound..<colon {
      let lower = bytes[index] | 0x20
      guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lower) else { return nil }
    }
    return colon
  }

  private static func slice(_ raw: String, _ range: Range<Int>) -> String {
    let view = raw.utf8
    let start = view.index(view.startIndex, offsetBy: range.lowerBound)
    return String(raw[start..<view.index(start, offsetBy: range.count)])
  }
}
