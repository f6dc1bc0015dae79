extension ImageReference {
  /// The registry without its port: `k8s.gcr.io`, `[2001:db8::1]`.
  package var registryHost: String {
    let bytes = registry.utf8
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { return registry }
    // The colons of an IPv6 address stand inside the brackets.
    if let bracket = bytes.lastIndex(of: UInt8(ascii: "]")), bracket > colon { return registry }
    return String(registry[..<colon])
  }

  /// The registry as rules compare it: `:443` is dropped, for that is where every registry
  /// listens; any other port is a registry of its own.
  package var matchingHost: String {
    registry.hasSuffix(":443") ? registryHost : registry
  }

  /// Registry and repository, without tag and digest.
  package var name: String { "\(registry)/\(repository)" }

  /// The normalised text: parsing it gives the same registry, repository, tag and digest.
  package var canonical: String {
    switch (tag, digest) {
    case (let tag?, let digest?): "\(name):\(tag)@\(digest)"
    case (let tag?, nil): "\(name):\(tag)"
    case (nil, let digest?): "\(name)@\(digest)"
    case (nil, nil): name
    }
  }

  /// The tag if it was written; nil for the implied `latest`.
  package var writtenTag: String? {
    guard digest == nil, tag == "latest" else { return tag }
    return trimmedRaw.hasSuffix(":latest") ? tag : nil
  }

  /// Another place, tag and digest; nil parts are left out of the text.
  ///
  /// Nil when the parts do not form a reference.
  package func replacing(
    registry: String, repository: String, tag: String?, digest: String?
  ) -> ImageReference? {
    var text = "\(registry)/\(repository)"
    if let tag { text += ":\(tag)" }
    if let digest { text += "@\(digest)" }
    return ImageText.parse(text).reference
  }

  private var trimmedRaw: Substring {
    let bytes = raw.utf8
    guard let first = bytes.firstIndex(where: { !ReferenceGrammar.isSpace($0) }),
      let last = bytes.lastIndex(where: { !ReferenceGrammar.isSpace($0) })
    else { return "" }
    return raw[first...last]
  }
}

extension ImageReference: CustomStringConvertible {
  package var description: String { canonical }
}

extension ImageReference: Comparable {
  /// A total order: by registry, repository, tag, digest, then the written text.
  package static func < (left: ImageReference, right: ImageReference) -> Bool {
    if left.registry != right.registry { return left.registry < right.registry }
    if left.repository != right.repository { return left.repository < right.repository }
    if left.tag != right.tag { return (left.tag ?? "") < (right.tag ?? "") }
    if left.digest != right.digest { return (left.digest ?? "") < (right.digest ?? "") }
    return left.raw < right.raw
  }
}
