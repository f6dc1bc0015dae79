/// Whole lines that are added to a text.
package struct LineInsertion: Hashable, Sendable {
  /// A byte of the line that they follow.
  package let after: Int
  /// Without their ends.
  package let lines: [String]

  package init(after: Int, lines: [String]) {
    self.after = after
    self.lines = lines
  }
}

/// A text with other references in it; every byte outside the edits is as it was.
package struct RewrittenText: Hashable, Sendable {
  /// Each old line, its end included, and the lines that stand in its place.
  private let lines: [Line]

  private struct Line: Hashable, Sendable {
    let old: ArraySlice<UInt8>
    let new: [[UInt8]]

    var isChanged: Bool { new.count != 1 || !keepsFirst }
    var keepsFirst: Bool { new.first.map { $0.elementsEqual(old) } ?? false }
  }

  package var new: [UInt8] { lines.flatMap { $0.new.joined() } }

  /// Nil when the edits contradict each other or reach over a line's end, or the text is not the
  /// one they were made for.
  package init?(
    _ bytes: [UInt8], edits: some Sequence<ReferenceEdit>, insertions: [LineInsertion] = []
  ) {
    var edits = Set(edits).sorted()[...]
    var lines: [Line] = []
    for range in Self.lineRanges(bytes) {
      var line: [UInt8] = []
      var end = range.lowerBound
      while let edit = edits.first, edit.range.lowerBound < range.upperBound {
        guard edit.range.lowerBound >= end, edit.range.upperBound <= range.upperBound,
          bytes[edit.range].elementsEqual(edit.old.utf8), Self.isPlain(edit.new)
        else { return nil }
        line += bytes[end..<edit.range.lowerBound]
        line += edit.new.utf8
        end = edit.range.upperBound
        edits.removeFirst()
      }
      line += bytes[end..<range.upperBound]
      var added = insertions.filter { range.contains($0.after) }.flatMap(\.lines)
        .map { Array($0.utf8) }
      if !added.isEmpty {
        let ending = Self.ending(bytes, like: range)
        // The text's last line keeps its end, or its lack of one.
        if bytes[range.upperBound - 1] == 0x0A {
          added = added.map { $0 + ending }
        } else {
          line += ending
          added = added.dropLast().map { $0 + ending } + added.suffix(1)
        }
      }
      lines.append(Line(old: bytes[range], new: [line] + added))
    }
    guard edits.isEmpty, insertions.allSatisfy({ bytes.indices.contains($0.after) }),
      insertions.flatMap(\.lines).allSatisfy(Self.isOneLine)
    else { return nil }
    self.lines = lines
  }

  private static func isPlain(_ text: String) -> Bool {
    !text.utf8.contains { $0 < 0x21 || $0 == 0x7F }
  }

  private static func isOneLine(_ text: String) -> Bool {
    !text.utf8.contains { $0 < 0x20 || $0 == 0x7F }
  }

  /// As this line ends; the last one as the first does.
  private static func ending(_ bytes: [UInt8], like line: Range<Int>) -> [UInt8] {
    var end = line.upperBound
    if bytes[end - 1] != 0x0A { end = (bytes.firstIndex(of: 0x0A) ?? -1) + 1 }
    return end > 1 && bytes[end - 2] == 0x0D ? [0x0D, 0x0A] : [0x0A]
  }

  /// With their ends.
  private static func lineRanges(_ bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      ranges.append(start..<end)
      start = end
    }
    return ranges
  }

  // MARK: Diff

  /// A unified diff, as `git apply` and `patch -p1` take it; empty when nothing changed.
  package func diff(path: String) -> [UInt8] {
    let hunks = hunks()
    guard !hunks.isEmpty else { return [] }
    var diff = Array("--- \(Self.quoted("a/" + path))\n+++ \(Self.quoted("b/" + path))\n".utf8)
    var shift = 0
    for hunk in hunks {
      let count = lines[hunk].reduce(0) { $0 + $1.new.count }
      diff += "@@ -\(hunk.lowerBound + 1),\(hunk.count)".utf8
      diff += " +\(hunk.lowerBound + 1 + shift),\(count) @@\n".utf8
      shift += count - hunk.count
      diff += body(of: hunk)
    }
    return diff
  }

  private func body(of hunk: Range<Int>) -> [UInt8] {
    var body: [UInt8] = []
    var index = hunk.lowerBound
    while index < hunk.upperBound {
      if lines[index].keepsFirst {
        body += Self.line(" ", lines[index].old)
        for line in lines[index].new.dropFirst() { body += Self.line("+", line[...]) }
        index += 1
        continue
      }
      var end = index
      while end < hunk.upperBound, !lines[end].keepsFirst { end += 1 }
      for line in lines[index..<end] { body += Self.line("-", line.old) }
      for line in lines[index..<end].flatMap(\.new) { body += Self.line("+", line[...]) }
      index = end
    }
    return body
  }

  private static let context = 3

  private func hunks() -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, line) in lines.enumerated() where line.isChanged {
      // Of an insertion, the line that it follows is context already.
      let before = line.keepsFirst ? Self.context - 1 : Self.context
      let start = max(0, index - before)
      let end = min(lines.count, index + Self.context + 1)
      if let last = hunks.last, start <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<end
      } else {
        hunks.append(start..<end)
      }
    }
    return hunks
  }

  private static func line(_ sign: String, _ line: ArraySlice<UInt8>) -> [UInt8] {
    let whole = Array(sign.utf8) + line
    return line.last == 0x0A ? whole : whole + "\n\\ No newline at end of file\n".utf8
  }

  /// As git quotes names (`core.quotePath` off): only what would break the line.
  private static func quoted(_ path: String) -> String {
    guard path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || "\"\\".utf8.contains($0) }) else {
      // A tab ends a name that holds a blank, for patch(1).
      return path.contains(" ") ? path + "\t" : path
    }
    var text = "\""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        text += "\\" + String(Unicode.Scalar(byte))
      case 0..<0x20, 0x7F:
        let digits = String(byte, radix: 8)
        text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      case 0x80...:
        let digits = String(byte, radix: 8)
        text += "\\\(digits)"
      default: text += String(Unicode.Scalar(byte))
      }
    }
    return text + "\""
  }
}
