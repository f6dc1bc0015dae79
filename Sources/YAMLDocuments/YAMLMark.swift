/// A place in the input.
package struct YAMLMark: Hashable, Sendable {
  /// 1-based; LF, CR LF and CR end a line, as in editors.
  package let line: Int
  /// 1-based, in Unicode scalars; a byte order mark is not counted.
  package let column: Int
  /// 0-based offset into the bytes that were given, a byte order mark included.
  package let byteOffset: Int

  package init(line: Int, column: Int, byteOffset: Int) {
    self.line = line
    self.column = column
    self.byteOffset = byteOffset
  }
}
