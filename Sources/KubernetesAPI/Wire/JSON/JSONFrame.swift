/// Finds the end of one JSON value whose bytes arrive in pieces.
///
/// Looks at quotes, backslashes and brackets alone: whether the value is well-formed is for the
/// cursor to say once it is whole. A malformed value ends no later than its brackets balance.
struct JSONFrame {
  private enum Shape {
    case unknown
    case scalar
    case text
    case container
  }

  private var shape = Shape.unknown
  private var depth = 0
  private var inText = false
  private var escaped = false

  /// Where the value ends, when it ends in this span; nil when more bytes are needed. The first
  /// byte of the first call is the value's first.
  mutating func end(_ bytes: Span<UInt8>, from start: Int) -> Int? {
    var index = start
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if inText {
        if escaped {
          escaped = false
        } else if byte == UInt8(ascii: "\\") {
          escaped = true
        } else if byte == UInt8(ascii: "\"") {
          inText = false
          if shape == .text { return index }
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        if shape == .scalar { return index - 1 }
        if shape == .unknown { shape = .text }
        inText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if shape == .scalar { return index - 1 }
        shape = .container
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        // Of a scalar this is the end of what holds it; before anything it is no value at all.
        if shape == .scalar { return index - 1 }
        if shape == .unknown { return index }
        depth -= 1
        if depth == 0 { return index }
      case UInt8(ascii: ","), UInt8(ascii: ":"), 0x20, 0x0A, 0x0D, 0x09:
        if shape == .scalar { return index - 1 }
        if shape == .unknown { return index }
      default:
        if shape == .unknown { shape = .scalar }
      }
    }
    return nil
  }
}
