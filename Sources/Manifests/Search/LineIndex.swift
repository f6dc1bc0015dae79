/// Lines and columns of the bytes of a text.
package struct LineIndex: Hashable, Sendable {
  private let starts: [Int]
  private let bytes: [UInt8]

  /// LF, CR LF and CR end a line, as in editors.
  package init(_ bytes: [UInt8]) {
    // A byte order mark belongs to no column.
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for (index, byte) in bytes.enumerated() {
      let isReturn = byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)
      if byte == 0x0A || isReturn { starts.append(index + 1) }
    }
    self.starts = starts
    self.bytes = bytes
  }

  /// 1-based; columns count Unicode scalars, as far as the text is UTF-8.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let line = index(of: offset)
    // Continuation bytes are 10xxxxxx (RFC 3629, section 3).
    let end = max(starts[line], min(offset, bytes.count))
    let column = bytes[starts[line]..<end].count { $0 & 0xC0 != 0x80 }
    return (line + 1, column + 1)
  }

  /// The bytes of a line, counted from 1, without its end; nil when there is none.
  package func range(ofLine line: Int) -> Range<Int>? {
    guard line >= 1, line <= starts.count else { return nil }
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  package var count: Int { starts.count }

  private func index(of offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
