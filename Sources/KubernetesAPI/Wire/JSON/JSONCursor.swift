/// Walks JSON that lies in memory, front to back, without building a tree.
///
/// The bytes are passed to each call and never kept: a cursor is a few integers. Use it so:
/// ```
/// guard try cursor.enterObject(bytes) else { return }      // false: null
/// while let key = try cursor.nextKey(bytes) {               // nil: the closing brace
///   if key.equals("spec", bytes) { … read or enter the value … } else { try cursor.skipValue(bytes) }
/// }
/// ```
/// After each key exactly one value must be read, entered or skipped; after each `nextElement` likewise.
/// Structure is checked strictly by RFC 8259, in skipped parts too: commas, colons, brackets, literals,
/// numbers, escapes, control characters. Not checked in skipped strings: UTF-8 and surrogates.
/// A duplicate key is met twice; whoever assigns on each occurrence keeps the last, as `encoding/json`.
/// Running out of bytes throws `incomplete`, so that a streaming caller can wait for more.
package struct JSONCursor {
  var position: Int
  let end: Int
  /// Offset in the body of the span's first byte, for errors.
  let base: Int
  let depthLimit: Int
  private var depth = 0
  /// True once the innermost open container holds a value: a comma must come before the next.
  private var needsComma = false

  /// - Parameter base: the offset of the span's first byte in the body, for errors.
  package init(_ range: Range<Int>, base: Int = 0, depthLimit: Int = WireLimits.default.depth) {
    position = range.lowerBound
    end = range.upperBound
    self.base = base
    self.depthLimit = depthLimit
  }

  /// Whether the next value is an object, an array, a string …; nothing is consumed.
  package enum Kind: Hashable, Sendable {
    case object, array, string, number, boolean, null
  }

  package mutating func peek(_ bytes: Span<UInt8>) throws(WireError) -> Kind {
    switch try nextByte(bytes) {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return .boolean
    case UInt8(ascii: "n"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw malformed("a value")
    }
  }

  // MARK: Objects and arrays

  /// Steps into an object; false, and the value consumed, when it is null.
  package mutating func enterObject(_ bytes: Span<UInt8>) throws(WireError) -> Bool {
    try enter(bytes, UInt8(ascii: "{"), "an object")
  }

  /// Steps into an array; false, and the value consumed, when it is null.
  package mutating func enterArray(_ bytes: Span<UInt8>) throws(WireError) -> Bool {
    try enter(bytes, UInt8(ascii: "["), "an array")
  }

  @inline(__always)
  private mutating func enter(
    _ bytes: Span<UInt8>, _ open: UInt8, _ expected: String
  ) throws(WireError) -> Bool {
    let byte = try nextByte(bytes)
    if byte == open {
      guard depth < depthLimit else {
        throw .tooDeep(atByte: base + position, limit: depthLimit)
      }
      depth += 1
      position += 1
      needsComma = false
      return true
    }
    guard byte == UInt8(ascii: "n") else { throw malformed(expected) }
    try skipLiteral(bytes)
    needsComma = true
    return false
  }

  /// The next key of the object that was entered last; nil, and the object left, at its end.
  @inline(__always)
  package mutating func nextKey(_ bytes: Span<UInt8>) throws(WireError) -> JSONText? {
    guard try advance(bytes, UInt8(ascii: "}"), "a comma or the end of the object") else {
      return nil
    }
    guard try nextByte(bytes) == UInt8(ascii: "\"") else { throw malformed("a key") }
    let key = try scanString(bytes)
    guard try nextByte(bytes) == UInt8(ascii: ":") else { throw malformed("a colon") }
    position += 1
    return key
  }

  /// The next key of the object that `keys` names; unnamed ones are skipped with their values.
  @inline(__always)
  package mutating func nextKey<Key>(
    _ bytes: Span<UInt8>, _ keys: JSONKeySet<Key>
  ) throws(WireError) -> Key? {
    while let text = try nextKey(bytes) {
      if let key = keys.find(bytes, text) { return key }
      try skipValue(bytes)
    }
    return nil
  }

  /// Moves to the next element of the array that was entered last; false, and the array left, at its end.
  @inline(__always)
  package mutating func nextElement(_ bytes: Span<UInt8>) throws(WireError) -> Bool {
    try advance(bytes, UInt8(ascii: "]"), "a comma or the end of the array")
  }

  @inline(__always)
  private mutating func advance(
    _ bytes: Span<UInt8>, _ close: UInt8, _ expected: String
  ) throws(WireError) -> Bool {
    let byte = try nextByte(bytes)
    if byte == close {
      position += 1
      depth -= 1
      needsComma = true
      return false
    }
    guard needsComma else { return true }
    guard byte == UInt8(ascii: ",") else { throw malformed(expected) }
    position += 1
    needsComma = false
    // A closing bracket after a comma is no key or value, and fails as such.
    return true
  }

  // MARK: Values

  /// Reads a string without copying it; nil for null.
  @inline(__always)
  package mutating func readText(_ bytes: Span<UInt8>) throws(WireError) -> JSONText? {
    let byte = try nextByte(bytes)
    needsComma = true
    if byte == UInt8(ascii: "\"") { return try scanString(bytes) }
    guard byte == UInt8(ascii: "n") else { throw malformed("a string") }
    try skipLiteral(bytes)
    return nil
  }

  /// Reads an integer; nil for null. A fraction or an exponent is refused, as `encoding/json` does.
  package mutating func readInteger(_ bytes: Span<UInt8>) throws(WireError) -> Int64? {
    if try nextByte(bytes) == UInt8(ascii: "n") {
      try skipLiteral(bytes)
      needsComma = true
      return nil
    }
    let start = position
    try skipNumber(bytes)
    needsComma = true
    var index = start
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var value: Int64 = 0
    while index < position {
      let digit = Int64(bytes[index]) - 0x30
      let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, passed) = product.subtractingReportingOverflow(digit)
      guard (0...9).contains(digit), !overflowed, !passed else {
        throw .malformed(atByte: base + start, expected: "a 64-bit integer")
      }
      value = sum
      index += 1
    }
    // Collected as a negative number, whose range is larger by one.
    guard !isNegative else { return value }
    guard value != .min else {
      throw .malformed(atByte: base + start, expected: "a 64-bit integer")
    }
    return -value
  }

  /// Reads true or false; nil for null.
  package mutating func readBoolean(_ bytes: Span<UInt8>) throws(WireError) -> Bool? {
    let byte = try nextByte(bytes)
    guard byte == UInt8(ascii: "t") || byte == UInt8(ascii: "f") || byte == UInt8(ascii: "n") else {
      throw malformed("true or false")
    }
    try skipLiteral(bytes)
    needsComma = true
    return byte == UInt8(ascii: "n") ? nil : byte == UInt8(ascii: "t")
  }

  /// Skips one value of any kind, checking its structure, and returns where it stood.
  @discardableResult
  @inline(__always)
  package mutating func skipValue(_ bytes: Span<UInt8>) throws(WireError) -> Range<Int> {
    let byte = try nextByte(bytes)
    let start = position
    switch byte {
    case UInt8(ascii: "\""): _ = try scanString(bytes)
    case UInt8(ascii: "{"), UInt8(ascii: "["): try skipContainer(bytes, outer: depth)
    default: try skipScalar(bytes)
    }
    needsComma = true
    return Range(uncheckedBounds: (start, position))
  }

  /// Steps over bytes that are known to be one whole value.
  mutating func stepOver(_ count: Int) {
    position += count
    needsComma = true
  }

  // MARK: Bytes

  /// The next byte that is no white space; not consumed.
  @inline(__always)
  mutating func nextByte(_ bytes: Span<UInt8>) throws(WireError) -> UInt8 {
    guard position < end else { throw .incomplete(atByte: base + position) }
    let byte = bytes[position]
    return byte > 0x20 ? byte : try byteAfterSpace(bytes)
  }

  @inline(never)
  private mutating func byteAfterSpace(_ bytes: Span<UInt8>) throws(WireError) -> UInt8 {
    while position < end {
      let byte = bytes[position]
      guard Self.isSpace(byte) else { return byte }
      position += 1
    }
    throw .incomplete(atByte: base + position)
  }

  /// RFC 8259, section 2.
  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  @inline(never)
  func malformed(_ expected: String) -> WireError {
    .malformed(atByte: base + position, expected: expected)
  }
}
