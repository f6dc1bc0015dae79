package import Inventory

/// `gcr-report: ignore RULE reason` in the comments of a text.
///
/// It holds for its own line, and, where it has a line to itself, for the next one that is no such
/// comment.
package struct IgnoreComments: Hashable, Sendable {
  private var byLine: [Int: [IgnoreComment]] = [:]
  /// Lines whose comment lacks a rule or a reason.
  package private(set) var incomplete: [Int] = []

  private static let mark = Array("gcr-report: ignore".utf8)

  package init(_ bytes: [UInt8], _ lines: LineIndex) {
    guard bytes[...].range(ofBytes: Self.mark) != nil else { return }
    var pending: [IgnoreComment] = []
    for line in 1...max(1, lines.count) {
      guard let range = lines.range(ofLine: line) else { break }
      let content = bytes[range]
      guard let found = content.range(ofBytes: Self.mark),
        let leader = Self.leader(content[..<found.lowerBound])
      else {
        if !pending.isEmpty, content.contains(where: { $0 != 0x20 && $0 != 0x09 }) {
          byLine[line, default: []] += pending
          pending = []
        }
        continue
      }
      guard let comment = Self.comment(content[found.upperBound...]) else {
        incomplete.append(line)
        continue
      }
      let isAlone = content[..<leader].allSatisfy { $0 == 0x20 || $0 == 0x09 }
      if isAlone { pending.append(comment) } else { byLine[line, default: []].append(comment) }
    }
  }

  package func at(line: Int) -> [IgnoreComment] { byLine[line] ?? [] }

  /// Where the comment begins: `#`, `//`, `<!--`, `{{/*`, with nothing but blanks after it.
  private static func leader(_ before: ArraySlice<UInt8>) -> Int? {
    var end = before.endIndex
    while end > before.startIndex, before[end - 1] == 0x20 || before[end - 1] == 0x09 { end -= 1 }
    let head = before[..<end]
    for sign in ["{{/*", "{{- /*", "<!--", "//", "/*", "#"]
    where head.count >= sign.utf8.count && head.suffix(sign.utf8.count).elementsEqual(sign.utf8) {
      return end - sign.utf8.count
    }
    return nil
  }

  private static func comment(_ bytes: ArraySlice<UInt8>) -> IgnoreComment? {
    var text = String(decoding: bytes, as: UTF8.self)
    for end in ["*/ -}}", "*/}}", "*/ }}", "-->", "*/"] {
      if let cut = text.firstRange(of: end) { text = String(text[..<cut.lowerBound]) }
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    guard text.first?.isWhitespace == true, words.count >= 2 else { return nil }
    return IgnoreComment(
      rule: String(words[0]), reason: words.dropFirst().joined(separator: " "))
  }
}
