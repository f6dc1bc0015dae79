/// Where strings, numbers and skipped containers end.
extension JSONCursor {
  /// Consumes the string that begins at the quote here.
  ///
  /// Eight bytes at a time: a byte of interest (quote, backslash, control character) sets the high bit
  /// of its lane ("Bit Twiddling Hacks", hasvalue and hasless); the lowest such lane is exact.
  @inline(__always)
  mutating func scanString(_ bytes: Span<UInt8>) throws(WireError) -> JSONText {
    let start = position + 1
    var index = start
    while index &+ 8 <= end {
      let word = bytes.word(at: index)
      let ones: UInt64 = 0x0101_0101_0101_0101
      let quote = word ^ 0x2222_2222_2222_2222
      let slash = word ^ 0x5C5C_5C5C_5C5C_5C5C
      let found =
        ((quote &- ones) & ~quote | (slash &- ones) & ~slash
          | (word &- 0x2020_2020_2020_2020) & ~word) & 0x8080_8080_8080_8080
      if found == 0 {
        index &+= 8
        continue
      }
      index &+= found.trailingZeroBitCount >> 3
      if bytes[index] == UInt8(ascii: "\"") {
        position = index &+ 1
        return JSONText(start: start, end: index, hasEscapes: false)
      }
      break
    }
    return try scanRest(bytes, start: start, from: index)
  }

  /// The slow path: escapes, and the last bytes of the span.
  @inline(never)
  private mutating func scanRest(
    _ bytes: Span<UInt8>, start: Int, from first: Int
  ) throws(WireError) -> JSONText {
    var index = first
    var hasEscapes = false
    while index < end {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        position = index + 1
        return JSONText(start: start, end: index, hasEscapes: hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        index += try escapeLength(bytes, index)
      } else if byte < 0x20 {
        throw .malformed(atByte: base + index, expected: "no control character in a string")
      } else {
        index += 1
      }
    }
    throw .incomplete(atByte: base + end)
  }

  /// How many bytes the escape at `index` has (RFC 8259 section 7).
  @inline(__always)
  private func escapeLength(_ bytes: Span<UInt8>, _ index: Int) throws(WireError) -> Int {
    guard index + 1 < end else { throw .incomplete(atByte: base + end) }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"):
      for digit in index + 2..<index + 6 {
        guard digit < end else { throw .incomplete(atByte: base + end) }
        guard JSONText.hexValue(bytes[digit]) != nil else {
          throw .malformed(atByte: base + digit, expected: "a hexadecimal digit")
        }
      }
      return 6
    default:
      throw .malformed(atByte: base + index + 1, expected: "an escape of RFC 8259")
    }
  }

  @inline(never)
  mutating func skipScalar(_ bytes: Span<UInt8>) throws(WireError) {
    switch bytes[position] {
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): try skipLiteral(bytes)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try skipNumber(bytes)
    default: throw malformed("a value")
    }
  }

  @inline(never)
  mutating func skipLiteral(_ bytes: Span<UInt8>) throws(WireError) {
    switch bytes[position] {
    case UInt8(ascii: "t"): try skipWord(bytes, 0x65_7572_74, 4, "\"true\"")
    case UInt8(ascii: "f"): try skipWord(bytes, 0x65_736C_6166, 5, "\"false\"")
    default: try skipWord(bytes, 0x6C_6C75_6E, 4, "\"null\"")
    }
  }

  /// Consumes the letters of `word`, the first in its lowest byte.
  private mutating func skipWord(
    _ bytes: Span<UInt8>, _ word: UInt64, _ count: Int, _ name: String
  ) throws(WireError) {
    for letter in 0..<count {
      guard position + letter < end else { throw .incomplete(atByte: base + end) }
      guard bytes[position + letter] == UInt8(truncatingIfNeeded: word >> UInt64(8 * letter)) else {
        throw malformed(name)
      }
    }
    position += count
  }

  /// Consumes a number (RFC 8259 section 6). At the end of the bytes more digits may follow.
  @inline(never)
  mutating func skipNumber(_ bytes: Span<UInt8>) throws(WireError) {
    let start = position
    if try byte(bytes) == UInt8(ascii: "-") { position += 1 }
    if try byte(bytes) == UInt8(ascii: "0") {
      position += 1
    } else {
      try skipDigits(bytes, of: start)
    }
    if try byte(bytes) == UInt8(ascii: ".") {
      position += 1
      try skipDigits(bytes, of: start)
    }
    if try byte(bytes) | 0x20 == UInt8(ascii: "e") {
      position += 1
      let sign = try byte(bytes)
      if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
      try skipDigits(bytes, of: start)
    }
  }

  @inline(__always)
  private func byte(_ bytes: Span<UInt8>) throws(WireError) -> UInt8 {
    guard position < end else { throw .incomplete(atByte: base + end) }
    return bytes[position]
  }

  /// Consumes at least one digit of the number that begins at `start`.
  private mutating func skipDigits(_ bytes: Span<UInt8>, of start: Int) throws(WireError) {
    guard try byte(bytes) &- 0x30 <= 9 else {
      throw .malformed(atByte: base + start, expected: "a number")
    }
    while try byte(bytes) &- 0x30 <= 9 { position += 1 }
  }

  /// Consumes the object or array that begins here, which stands `outer` levels deep.
  ///
  /// The kinds of the open containers are the bits of one word; every 64 levels a nested call takes over.
  @inline(never)
  mutating func skipContainer(_ bytes: Span<UInt8>, outer: Int) throws(WireError) {
    // Bit 0: whether the innermost open container is an object.
    var kinds: UInt64 = bytes[position] == UInt8(ascii: "{") ? 1 : 0
    var level = 1
    var isEmpty = true
    guard outer < depthLimit else { throw .tooDeep(atByte: base + position, limit: depthLimit) }
    position += 1
    while true {
      var byte = try nextByte(bytes)
      // `}` is `{` + 2 and `]` is `[` + 2.
      let close = kinds & 1 == 1 ? UInt8(ascii: "}") : UInt8(ascii: "]")
      if byte == close {
        position += 1
        level -= 1
        if level == 0 { return }
        kinds >>= 1
        isEmpty = false
        continue
      }
      if !isEmpty {
        guard byte == UInt8(ascii: ",") else { throw malformed("a comma or a closing bracket") }
        position += 1
        byte = try nextByte(bytes)
      }
      isEmpty = false
      if kinds & 1 == 1 {
        guard byte == UInt8(ascii: "\"") else { throw malformed("a key") }
        _ = try scanString(bytes)
        guard try nextByte(bytes) == UInt8(ascii: ":") else { throw malformed("a colon") }
        position += 1
        byte = try nextByte(bytes)
      }
      if byte == UInt8(ascii: "\"") {
        _ = try scanString(bytes)
      } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        if level == 64 {
          try skipContainer(bytes, outer: outer + level)
          continue
        }
        guard outer + level < depthLimit else {
          throw .tooDeep(atByte: base + position, limit: depthLimit)
        }
        kinds = kinds << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
        level += 1
        isEmpty = true
        position += 1
      } else {
        try skipScalar(bytes)
      }
    }
  }
}
