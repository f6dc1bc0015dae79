extension RuleIndex {
  /// Two rules that may match one reference without a stated winner.
  struct Overlap: Hashable, Sendable {
    let first: Int
    let second: Int
    /// The pattern of the first, as the catalogue writes it.
    let pattern: String
  }

  /// Every pair of entries of different rules that are equally specific and not surely apart.
  ///
  /// Quadratic in the entries of one host: for reading a file, not for judging.
  func overlaps() -> [Overlap] {
    var overlaps: [Overlap] = []
    for group in Dictionary(grouping: entries, by: \.specificity).values {
      for (offset, left) in group.enumerated() {
        for right in group[(offset + 1)...]
        where left.rule != right.rule && Self.mayMeet(left, right) {
          overlaps.append(
            Overlap(
              first: min(left.rule, right.rule), second: max(left.rule, right.rule),
              pattern: left.pattern.description))
        }
      }
    }
    return overlaps.sorted { ($0.first, $0.second, $0.pattern) < ($1.first, $1.second, $1.pattern) }
  }

  private static func mayMeet(_ left: Entry, _ right: Entry) -> Bool {
    left.pattern.host == right.pattern.host && mayMeet(left.pattern.path, right.pattern.path)
      && mayMeet(left.tag, right.tag)
  }

  private static func mayMeet(
    _ left: ReferencePattern.Path, _ right: ReferencePattern.Path
  ) -> Bool {
    guard case .prefix(let left) = left, case .prefix(let right) = right,
      left.contains("*"), right.contains("*")
    else { return left == right }
    // Of equal length: apart when the texts before, or after, the stars differ early.
    return mayMeet(left, right)
  }

  private static func mayMeet(_ left: TagPattern?, _ right: TagPattern?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    let hasStars = left.text.contains("*") || left.text.contains("[")
    guard hasStars, right.text.contains("*") || right.text.contains("[") else {
      // One of them is a plain tag of as many characters: they meet when it matches the other.
      return left.matches(right.text) || right.matches(left.text)
    }
    return mayMeet(left.text, right.text)
  }

  private static func mayMeet(_ left: String, _ right: String) -> Bool {
    let leftHead = left.prefix { $0 != "*" && $0 != "[" }
    let rightHead = right.prefix { $0 != "*" && $0 != "[" }
    guard leftHead.hasPrefix(rightHead) || rightHead.hasPrefix(leftHead) else { return false }
    let leftTail = String(left.reversed().prefix { $0 != "*" && $0 != "]" })
    let rightTail = String(right.reversed().prefix { $0 != "*" && $0 != "]" })
    return leftTail.hasPrefix(rightTail) || rightTail.hasPrefix(leftTail)
  }
}

extension ReferencePattern: CustomStringConvertible {
  package var description: String {
    let place =
      switch path {
      case .any: host
      case .prefix(let prefix): "\(host)/\(prefix)"
      case .repository(let repository): "\(host)/\(repository) exactly"
      }
    guard !tags.isEmpty else { return place }
    return "\(place), tags " + tags.map(\.text).joined(separator: " ")
  }
}
