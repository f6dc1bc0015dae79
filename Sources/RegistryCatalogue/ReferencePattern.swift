package import ImageReferences

/// Which references a rule is about: a host exactly, whole path segments, and tags.
package struct ReferencePattern: Hashable, Sendable {
  package enum Path: Hashable, Sendable {
    case any
    /// Whole segments, and at least one more after them; the last may hold one `*`.
    case prefix(String)
    /// This repository and no other.
    case repository(String)
  }

  /// In lower case, without `:443`; a leading `*` stands for letters, digits and dashes.
  package let host: String
  package let path: Path
  /// Empty: every tag, and digests without one.
  package let tags: [TagPattern]

  /// What a match says about the reference.
  package struct Found: Hashable, Sendable {
    /// Host and matched path.
    package let place: String
    /// What follows the matched path; all of the repository when there is none.
    package let path: String
    /// What `*` of the path matched.
    package let wildcard: String
  }

  /// Whether host, path and tag match.
  package func matches(_ reference: ImageReference, host actual: String) -> Bool {
    find(reference, host: actual) != nil && tags.cover(reference.tag)
  }

  /// Whether host and path match; tags are the index's business.
  package func find(_ reference: ImageReference, host actual: String) -> Found? {
    guard matchesHost(actual) else { return nil }
    let repository = reference.repository
    switch path {
    case .any:
      return Found(place: actual, path: repository, wildcard: "")
    case .repository(let exact):
      guard repository == exact else { return nil }
      let name = repository.split(separator: "/").last.map(String.init) ?? repository
      return Found(place: "\(actual)/\(exact)", path: name, wildcard: "")
    case .prefix(let prefix):
      guard let star = prefix.firstIndex(of: "*") else {
        guard repository.hasPrefix(prefix),
          repository.utf8.dropFirst(prefix.utf8.count).first == UInt8(ascii: "/")
        else { return nil }
        let rest = String(repository.dropFirst(prefix.count + 1))
        return Found(place: "\(actual)/\(prefix)", path: rest, wildcard: "")
      }
      let before = prefix[..<star]
      let after = prefix[prefix.index(after: star)...]
      guard repository.hasPrefix(before) else { return nil }
      let rest = repository.dropFirst(before.count)
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      let segment = rest[..<slash]
      guard segment.hasSuffix(after), segment.count > after.count else { return nil }
      let wildcard = String(segment.dropLast(after.count))
      return Found(
        place: "\(actual)/\(before)\(wildcard)\(after)",
        path: String(rest[rest.index(after: slash)...]), wildcard: wildcard)
    }
  }

  package func matchesHost(_ actual: String) -> Bool {
    guard host.hasPrefix("*") else { return actual == host }
    let suffix = host.dropFirst()
    guard actual.hasSuffix(suffix), actual.utf8.count > suffix.utf8.count else { return false }
    return actual.utf8.dropLast(suffix.utf8.count).allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
  }
}

extension [TagPattern] {
  /// Whether one of them matches; without any, every tag is meant, and a digest without one.
  package func cover(_ tag: String?) -> Bool {
    isEmpty || tag.map { tag in contains { $0.matches(tag) } } ?? false
  }
}

/// A pattern of tags: `*` is any text, `[0-9]` one digit, everything else itself.
package struct TagPattern: Hashable, Sendable {
  private enum Token: Hashable, Sendable {
    case byte(UInt8)
    case digit
    case anything
  }

  package let text: String
  private let tokens: [Token]

  /// Nil for an empty pattern and for `[` that does not begin `[0-9]`.
  package init?(_ text: String) {
    var tokens: [Token] = []
    var rest = text.utf8[...]
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "*"):
        tokens.append(.anything)
        rest.removeFirst()
      case UInt8(ascii: "["):
        guard rest.starts(with: "[0-9]".utf8) else { return nil }
        tokens.append(.digit)
        rest = rest.dropFirst(5)
      default:
        tokens.append(.byte(byte))
        rest.removeFirst()
      }
    }
    guard !tokens.isEmpty else { return nil }
    self.text = text
    self.tokens = tokens
  }

  /// Of two patterns that match, the one with more of these wins.
  package var literalCount: Int {
    tokens.reduce(0) { $0 + ($1 == .anything ? 0 : 1) }
  }

  /// Linear but for one step back per `*`: tags have at most 128 bytes.
  package func matches(_ tag: String) -> Bool {
    let bytes = Array(tag.utf8)
    var token = 0
    var index = 0
    var retry: (token: Int, index: Int)?
    while index < bytes.count {
      if token < tokens.count, tokens[token] == .anything {
        retry = (token + 1, index)
        token += 1
      } else if token < tokens.count, accepts(tokens[token], bytes[index]) {
        token += 1
        index += 1
      } else if let last = retry {
        token = last.token
        index = last.index + 1
        retry = (last.token, index)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .anything }
  }

  private func accepts(_ token: Token, _ byte: UInt8) -> Bool {
    switch token {
    case .byte(let expected): byte == expected
    case .digit: (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    case .anything: true
    }
  }
}
