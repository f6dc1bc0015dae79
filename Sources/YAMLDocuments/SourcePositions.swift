/// Turns libyaml's positions, which count Unicode scalars, into bytes, lines and columns.
struct SourcePositions {
  private struct LineStart {
    let byte: Int
    let scalar: Int
  }

  /// Every `stride` scalars the byte where that scalar begins; empty for ASCII text.
  private static let stride = 64
  private var checkpoints: [Int] = []
  private var lineStarts: [LineStart]
  private let bytes: [UInt8]
  /// Length of the byte order mark, which libyaml never sees.
  let prefix: Int

  /// `bytes` is valid UTF-8; the first `prefix` bytes are a byte order mark.
  init(bytes: [UInt8], prefix: Int) {
    self.bytes = bytes
    self.prefix = prefix
    lineStarts = [LineStart(byte: prefix, scalar: 0)]
    var scalar = 0
    var isASCII = true
    var index = prefix
    while index < bytes.count {
      let byte = bytes[index]
      // Continuation bytes are 10xxxxxx (RFC 3629, section 3).
      if byte & 0xC0 != 0x80 {
        if scalar % Self.stride == 0 { checkpoints.append(index) }
        scalar += 1
        if byte >= 0x80 { isASCII = false }
      }
      index += 1
      let endsLine =
        byte == UInt8(ascii: "\n")
        || (byte == UInt8(ascii: "\r") && !(index < bytes.count && bytes[index] == 0x0A))
      if endsLine { lineStarts.append(LineStart(byte: index, scalar: scalar)) }
    }
    if isASCII { checkpoints = [] }
  }

  func mark(scalar index: Int) -> YAMLMark {
    var byte: Int
    if checkpoints.isEmpty {
      byte = min(prefix + index, bytes.count)
    } else {
      let slot = min(index / Self.stride, checkpoints.count - 1)
      byte = checkpoints[slot]
      var remaining = index - slot * Self.stride
      while remaining > 0, byte < bytes.count {
        byte += 1
        while byte < bytes.count, bytes[byte] & 0xC0 == 0x80 { byte += 1 }
        remaining -= 1
      }
    }
    let line = lineIndex(byte: byte)
    return YAMLMark(
      line: line + 1, column: index - lineStarts[line].scalar + 1, byteOffset: byte)
  }

  /// For places that are known by byte; counts along the line.
  func mark(byte: Int) -> YAMLMark {
    let line = lineIndex(byte: byte)
    let column = bytes[lineStarts[line].byte..<max(byte, lineStarts[line].byte)]
      .count { $0 & 0xC0 != 0x80 }
    return YAMLMark(line: line + 1, column: column + 1, byteOffset: byte)
  }

  /// Steps over `count` of `&anchor` and `!tag` before a node's content; never past `end`.
  func contentStart(scalar start: Int, end: Int?, properties count: Int) -> YAMLMark {
    let from = mark(scalar: start)
    guard count > 0 else { return from }
    let limit = end.map { mark(scalar: $0).byteOffset } ?? bytes.count
    var byte = from.byteOffset
    for _ in 0..<count {
      while byte < limit, !isBlankOrBreak(byte) { byte += 1 }
      while byte < limit {
        if isBlankOrBreak(byte) {
          byte += 1
        } else if bytes[byte] == UInt8(ascii: "#") {
          while byte < limit, bytes[byte] != 0x0A, bytes[byte] != 0x0D { byte += 1 }
        } else {
          break
        }
      }
    }
    guard byte != from.byteOffset else { return from }
    let scalars = bytes[from.byteOffset..<byte].count { $0 & 0xC0 != 0x80 }
    return mark(scalar: start + scalars)
  }

  /// Whether a flow collection really has brackets: `[a: b]` holds a mapping without.
  func isBracket(at mark: YAMLMark) -> Bool {
    guard mark.byteOffset < bytes.count else { return false }
    return bytes[mark.byteOffset] == UInt8(ascii: "{")
      || bytes[mark.byteOffset] == UInt8(ascii: "[")
  }

  private func isBlankOrBreak(_ index: Int) -> Bool {
    switch bytes[index] {
    case 0x20, 0x09, 0x0A, 0x0D: return true
    default: return false
    }
  }

  private func lineIndex(byte: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle].byte <= byte { low = middle } else { high = middle }
    }
    return low
  }
}
