/// A text with other references in it; every byte outside the edits is as it was.
package struct RewrittenText: Hashable, Sendable {
  package let old: [UInt8]
  package let new: [UInt8]

  /// Nil when the edits contradict each other, or the text is not the one they were made for.
  package init?(_ bytes: [UInt8], edits: some Sequence<ReferenceEdit>) {
    var new: [UInt8] = []
    var end = 0
    for edit in Set(edits).sorted() {
      guard edit.range.lowerBound >= end, edit.range.upperBound <= bytes.count,
        bytes[edit.range].elementsEqual(edit.old.utf8),
        !edit.new.utf8.contains(where: { $0 < 0x21 || $0 == 0x7F })
      else { return nil }
      new += bytes[end..<edit.range.lowerBound]
      new += edit.new.utf8
      end = edit.range.upperBound
    }
    new += bytes[end...]
    old = bytes
    self.new = new
  }

  /// A unified diff, as `git apply` and `patch -p1` take it; empty when nothing changed.
  ///
  /// Edits never hold a line's end, so that both texts have the same number of lines.
  package func diff(path: String) -> [UInt8] {
    let (before, after) = (Self.lines(old), Self.lines(new))
    let changed = zip(before, after).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    guard !changed.isEmpty else { return [] }
    var diff = Array("--- \(Self.quoted("a/" + path))\n+++ \(Self.quoted("b/" + path))\n".utf8)
    for hunk in Self.hunks(changed, count: before.count) {
      let place = "\(hunk.lowerBound + 1),\(hunk.count)"
      diff += "@@ -\(place) +\(place) @@\n".utf8
      var index = hunk.lowerBound
      while index < hunk.upperBound {
        guard before[index] != after[index] else {
          diff += Self.line(" ", before[index])
          index += 1
          continue
        }
        var end = index
        while end < hunk.upperBound, before[end] != after[end] { end += 1 }
        for line in before[index..<end] { diff += Self.line("-", line) }
        for line in after[index..<end] { diff += Self.line("+", line) }
        index = end
      }
    }
    return diff
  }

  private static let context = 3

  private static func hunks(_ changed: [Int], count: Int) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for line in changed {
      let start = max(0, line - context)
      let end = min(count, line + context + 1)
      if let last = hunks.last, start <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<end
      } else {
        hunks.append(start..<end)
      }
    }
    return hunks
  }

  /// With their ends.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
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
