import ImageReferences
import Inventory

/// The lines of a text as ranges of bytes, without their ends.
enum TextLine {
  /// Longer lines are data that nobody wrote by hand; what is beyond is not searched.
  static let longest = 64 << 10

  static func all(in bytes: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = end(in: bytes, start..<range.upperBound)
      lines.append(start..<min(end, start + longest))
      start = end + 1
    }
    return lines
  }

  /// Where the line that begins here, or goes on here, ends.
  static func end(in bytes: [UInt8], _ range: Range<Int>) -> Int {
    let text = bytes.span
    var index = range.lowerBound
    while index < range.upperBound, text[index] != 0x0A { index += 1 }
    return index
  }

  /// The line that holds a place of the range.
  static func around(_ place: Int, in bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
    let text = bytes.span
    var start = place
    while start > range.lowerBound, text[start - 1] != 0x0A { start -= 1 }
    return start..<min(end(in: bytes, place..<range.upperBound), start + longest)
  }
}

/// The references of plain text, line by line: programs, documents, templates, broken YAML.
struct TextFileSearch {
  let search: TextSearch
  let comments: CommentStyle
  /// Whether `image: NAME` counts too, where the catalogue knows the image without a registry.
  let readsImageLines: Bool

  func references(
    in bytes: [UInt8], _ range: Range<Int>
  ) -> (found: [FoundReference], mentions: Int) {
    var found: [FoundReference] = []
    var mentions = 0
    search.eachLine(in: bytes, range, seesKeys: readsImageLines) { line in
      let end = comments.start(in: bytes, line: line)
      if end < line.upperBound { mentions += search.hits(in: bytes, end..<line.upperBound).count }
      let hits = search.hits(in: bytes, line.lowerBound..<end, of: range)
      found += hits.map(Self.reference)
      if hits.isEmpty, readsImageLines, let image = imageLine(bytes, line.lowerBound..<end) {
        found.append(image)
      }
    }
    return (found, mentions)
  }

  static func reference(_ hit: TextSearch.Hit) -> FoundReference {
    var reference = FoundReference(
      text: hit.text, confidence: .text, certainty: .shape,
      parts: [ReferencePart(kind: .whole, text: hit.text, range: hit.range)])
    reference.representative = hit.representative
    reference.isOpen = hit.isOpen
    reference.notes = notes(on: hit)
    return reference
  }

  static func notes(on hit: TextSearch.Hit) -> [String] {
    if hit.isOpen { return [FoundReference.openNote] }
    return hit.representative == nil ? [] : [UseNotes.prefixOfAll]
  }

  /// `image: bitnami/redis:7`, as in `- image: "…"`.
  private func imageLine(_ bytes: [UInt8], _ line: Range<Int>) -> FoundReference? {
    let key = Array("image:".utf8)
    var start = line.lowerBound
    while start < line.upperBound, bytes[start] == 0x20 || bytes[start] == UInt8(ascii: "-") {
      start += 1
    }
    guard bytes[start..<line.upperBound].starts(with: key) else { return nil }
    start += key.count
    while start < line.upperBound, " \"'".utf8.contains(bytes[start]) { start += 1 }
    var end = line.upperBound
    while end > start, " \"'\r".utf8.contains(bytes[end - 1]) { end -= 1 }
    let text = String(decoding: bytes[start..<max(start, end)], as: UTF8.self)
    guard let reference = ImageText.parse(text).reference, search.recognizes(reference) else {
      return nil
    }
    return FoundReference(
      text: text, confidence: .text, certainty: .shape,
      parts: [ReferencePart(kind: .whole, text: text, range: start..<end)])
  }
}
