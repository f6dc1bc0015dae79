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
      let end = bytes[start..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
      lines.append(start..<min(end, start + longest))
      start = end + 1
    }
    return lines
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
    for line in TextLine.all(in: bytes, range) {
      let end = comments.start(in: bytes, line: line)
      if end < line.upperBound { mentions += search.hits(in: bytes, end..<line.upperBound).count }
      let hits = search.hits(in: bytes, line.lowerBound..<end)
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
    if hit.isOpen { reference.notes = ["what follows it is filled in later"] }
    return reference
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
