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
  /// (YAML 1.2.2, section 9.1.2 "Document Markers").
  package static func documents(of bytes: [UInt8]) -> [ManifestDocument] {
    var documents: [ManifestDocument] = []
    var start = 0
    var startLine = 1
    var line = 1
    var index = 0
    while index < bytes.count {
      if index > start, isMarker(bytes, at: index) {
        documents.append(ManifestDocument(bytes: bytes[start..<index], firstLine: startLine))
        (start, startLine) = (index, line)
      }
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
      index += 1
      line += 1
    }
    if start < bytes.count {
      documents.append(ManifestDocument(bytes: bytes[start...], firstLine: startLine))
    }
    return documents
  }

  private static func isMarker(_ bytes: [UInt8], at index: Int) -> Bool {
    guard bytes[index...].starts(with: [0x2D, 0x2D, 0x2D]) else { return false }
    guard index + 3 < bytes.count else { return true }
    return [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index + 3])
  }
}
