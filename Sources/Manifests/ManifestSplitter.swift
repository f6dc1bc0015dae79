/// One document of a multi-document text.
package struct ManifestDocument: Hashable, Sendable {
  /// From its `---` line, if it has one, to the next.
  package let bytes: ArraySlice<UInt8>
  /// 1-based line of the text on which `bytes` begins.
  package let firstLine: Int
}

/// Splits a text at its document markers, so that one broken document leaves the others readable.
package enum ManifestSplitter {
  /// A line that begins with `---` and white space, or is just that, cannot stand inside a document
  /// (YAML 1.2.2, section 9.1.2 "Document Markers"). Directives before it belong to what follows;
  /// they stand at the text's beginning or after a line of `...` (section 9.1.1).
  package static func documents(of bytes: [UInt8]) -> [ManifestDocument] {
    var documents: [ManifestDocument] = []
    var start = (index: 0, line: 1)
    var prologue: (index: Int, line: Int)? = start
    var hasDirective = false
    var line = 1
    var index = 0
    func close(before next: (index: Int, line: Int)) {
      if next.index > start.index {
        documents.append(
          ManifestDocument(bytes: bytes[start.index..<next.index], firstLine: start.line))
      }
      start = next
    }
    while index < bytes.count {
      var end = index
      while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
      if isMarker(bytes, at: index, UInt8(ascii: "-")) {
        close(before: hasDirective ? prologue ?? (index, line) : (index, line))
        (prologue, hasDirective) = (nil, false)
      } else if isMarker(bytes, at: index, UInt8(ascii: ".")) {
        (prologue, hasDirective) = ((end + 1, line + 1), false)
      } else if prologue != nil, index < end {
        // Blank lines and comments may stand among directives.
        let first = bytes[index..<end].first { ![0x20, 0x09, 0x0D].contains($0) }
        if bytes[index] == UInt8(ascii: "%") {
          hasDirective = true
        } else if let first, first != UInt8(ascii: "#") {
          prologue = nil
        }
      }
      index = end + 1
      line += 1
    }
    close(before: (bytes.count, line))
    return documents
  }

  /// A line of three such signs, or what begins so and goes on after white space.
  private static func isMarker(_ bytes: [UInt8], at index: Int, _ sign: UInt8) -> Bool {
    guard bytes[index...].starts(with: [sign, sign, sign]) else { return false }
    guard index + 3 < bytes.count else { return true }
    return [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index + 3])
  }
}
