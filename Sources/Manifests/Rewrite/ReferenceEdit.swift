import ImageReferences

/// Bytes of a text that are replaced by others, on one line.
package struct ReferenceEdit: Hashable, Sendable, Comparable {
  package let range: Range<Int>
  package let old: String
  package let new: String

  package static func < (left: ReferenceEdit, right: ReferenceEdit) -> Bool {
    (left.range.lowerBound, left.range.upperBound, left.new)
      < (right.range.lowerBound, right.range.upperBound, right.new)
  }
}

/// Why a reference stays as it is, with what a person does instead.
package struct RewriteObstacle: Error, Hashable, Sendable {
  package let why: String

  package init(_ why: String) {
    self.why = why
  }
}

extension FoundReference {
  /// The edits that make this the reference `replacement`: as few bytes as hold what changes.
  ///
  /// Of a reference in parts, registry and repository change as a pair; tag and digest stay.
  package func edits(to replacement: String) throws(RewriteObstacle) -> [ReferenceEdit] {
    if let obstacle { throw RewriteObstacle(obstacle) }
    if parts.contains(where: { $0.kind == .matcher }) {
      throw RewriteObstacle(
        "kustomize finds the image by this name: add \"newName: \(Self.name(of: replacement))\" to"
          + " the entry")
    }
    if let whole = parts.first(where: { $0.kind == .whole }) {
      return try [Self.edit(whole, to: replacement)].compactMap { $0 }
    }
    guard let new = ImageText.parse(replacement).reference,
      let old = ImageText.parse(text).reference,
      let repository = parts.first(where: { $0.kind == .repository })
    else { throw RewriteObstacle("its parts do not stand apart as expected: change it by hand") }
    guard new.writtenTag == old.writtenTag, new.digest == old.digest else {
      throw RewriteObstacle("its tag or digest changes too: choose \(replacement) by hand")
    }
    let name = Self.name(of: replacement)
    let suffix = repository.text.dropFirst(Self.name(of: repository.text).count)
    guard let registry = parts.first(where: { $0.kind == .registry }) else {
      return try [Self.edit(repository, to: name + suffix)].compactMap { $0 }
    }
    guard let slash = name.firstIndex(of: "/"), new.registry == name[..<slash] else {
      throw RewriteObstacle("its registry stands apart, and \(name) has none: change it by hand")
    }
    let (host, path) = (String(name[..<slash]), String(name[slash...].dropFirst()))
    guard !isDivided || path == Self.name(of: repository.text) else {
      throw RewriteObstacle(
        "a value beside it may hold a part of its path: change them by hand to \(replacement)")
    }
    return try [
      Self.edit(registry, to: host), Self.edit(repository, to: "\(path)\(suffix)"),
    ].compactMap { $0 }
  }

  /// Nil when nothing changes.
  private static func edit(
    _ part: ReferencePart, to text: String
  ) throws(RewriteObstacle) -> ReferenceEdit? {
    guard part.isExact else {
      throw RewriteObstacle(
        "it is written with escapes or over several lines: change it by hand to \(text)")
    }
    guard part.text != text else { return nil }
    return ReferenceEdit(range: part.range, old: part.text, new: text)
  }

  /// Registry and path as written, without tag and digest.
  package static func name(of text: String) -> String {
    let undigested = text.split(separator: "@", maxSplits: 1).first ?? ""
    let slash = undigested.lastIndex(of: "/") ?? undigested.startIndex
    let end = undigested[slash...].firstIndex(of: ":") ?? undigested.endIndex
    return String(undigested[..<end])
  }
}
