/// The lines of a text without their comments.
struct TextLines: Sequence, IteratorProtocol {
  private var rest: Substring.UTF8View.SubSequence?
  private var number = 0

  init(_ text: String) {
    rest = text[...].utf8
  }

  /// The next line that is not blank and no comment: trimmed, a trailing ` #` comment cut off.
  mutating func next() -> (number: Int, line: Substring)? {
    while let current = rest {
      number += 1
      let end = current.firstIndex(of: UInt8(ascii: "\n")) ?? current.endIndex
      rest = end == current.endIndex ? nil : current[current.index(after: end)...]
      let line = Self.withoutComment(Substring(current[..<end]))
      if !line.isEmpty { return (number, line) }
    }
    return nil
  }

  private static func withoutComment(_ text: Substring) -> Substring {
    var line = text
    if let comment = line.firstRange(of: " #") { line = line[..<comment.lowerBound] }
    while let last = line.last, last.isWhitespace { line.removeLast() }
    while let first = line.first, first.isWhitespace { line.removeFirst() }
    let isComment = line.hasPrefix("#") || line.hasPrefix("//") || line.hasPrefix(";")
    return isComment ? "" : line
  }
}
