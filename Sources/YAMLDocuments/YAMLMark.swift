/// A place in the input.
///
/// Each node of a tree has two: they are kept small. No input that is read has 4 GiB.
package struct YAMLMark: Hashable, Sendable {
  private let shortLine: UInt32
  private let shortColumn: UInt32
  private let shortOffset: UInt32

  /// 1-based; LF, CR LF and CR end a line, as in editors.
  package var line: Int { Int(shortLine) }
  /// 1-based, in Unicode scalars; a byte order mark is not counted.
  package var column: Int { Int(shortColumn) }
  /// 0-based offset into the bytes that were given, a byte order mark included.
  package var byteOffset: Int { Int(shortOffset) }

  package init(line: Int, column: Int, byteOffset: Int) {
    shortLine = UInt32(clamping: line)
    shortColumn = UInt32(clamping: column)
    shortOffset = UInt32(clamping: byteOffset)
  }
}
