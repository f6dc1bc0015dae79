/// Walks the fields of one protobuf message that lies whole in memory.
///
/// The bytes are passed to each call and never kept: a cursor is a few integers. A field's payload is
/// not looked at unless it is asked for, so skipping a field costs its tag and length alone.
///
/// Bytes are read without a bounds check: every position is compared with `end` first, and `end` is
/// within the span, because a message begins as a whole span and each payload is cut to its message.
/// So the span must be the one whose range the cursor was made from.
///
/// Format: protobuf.dev/programming-guides/encoding. Group wire types (3, 4) are rejected.
struct ProtobufCursor {
  enum Wire {
    static let varint: UInt8 = 0
    static let fixed64: UInt8 = 1
    static let length: UInt8 = 2
    static let fixed32: UInt8 = 5
  }

  private var position: Int
  private let end: Int
  /// Offset in the body of the span's first byte, for errors.
  private let base: Int

  /// The current field's number.
  private(set) var number = 0
  /// Where the current field's tag begins.
  private(set) var fieldStart: Int
  private var wire: UInt8 = 0
  private var payloadStart: Int
  private var value: UInt64 = 0

  init(_ range: Range<Int>, base: Int) {
    position = range.lowerBound
    end = range.upperBound
    self.base = base
    fieldStart = position
    payloadStart = position
  }

  /// What is left of the message.
  var range: Range<Int> { Range(uncheckedBounds: (position, end)) }

  /// Where the current field ends.
  var fieldEnd: Int { position }

  /// Moves to the next field; false at the end of the message.
  @inline(__always)
  mutating func next(_ bytes: Span<UInt8>) throws(WireError) -> Bool {
    guard position < end else { return false }
    fieldStart = position
    // Numbers up to 15 take one byte.
    let first = bytes[unchecked: position]
    if first < 0x80 {
      guard first >= 8 else { throw malformed("a field number") }
      number = Int(truncatingIfNeeded: first >> 3)
      wire = first & 7
      position &+= 1
    } else {
      let tag = try varint(bytes)
      guard tag >= 8, tag <= UInt64(UInt32.max) else { throw malformed("a field number") }
      number = Int(truncatingIfNeeded: tag >> 3)
      wire = UInt8(truncatingIfNeeded: tag & 7)
    }
    if wire == Wire.length {
      let length = try varint(bytes)
      payloadStart = position
      guard length <= UInt64(end &- position) else {
        throw malformed("a length within the message")
      }
      position &+= Int(truncatingIfNeeded: length)
      return true
    }
    if wire == Wire.varint {
      value = try varint(bytes)
      return true
    }
    position = try Self.skipFixed(wire, position, end, fieldAt: base &+ fieldStart)
    return true
  }

  /// The payload of the current field: a string, bytes or a message.
  @inline(__always)
  func payload() throws(WireError) -> Range<Int> {
    guard wire == Wire.length else { throw malformed("a length-delimited field \(number)") }
    return Range(uncheckedBounds: (payloadStart, position))
  }

  /// A cursor over the message in the current field.
  @inline(__always)
  func message() throws(WireError) -> ProtobufCursor {
    ProtobufCursor(try payload(), base: base)
  }

  /// A cursor over some of this message's fields.
  func within(_ fields: Range<Int>) -> ProtobufCursor { ProtobufCursor(fields, base: base) }

  /// The current field's integer: `int32` and `int64` are two's complement in 64 bits.
  @inline(__always)
  func integer() throws(WireError) -> Int64 {
    guard wire == Wire.varint else { throw malformed("a varint field \(number)") }
    return Int64(bitPattern: value)
  }

  @inline(__always)
  func boolean() throws(WireError) -> Bool { try integer() != 0 }

  @inline(__always)
  private mutating func varint(_ bytes: Span<UInt8>) throws(WireError) -> UInt64 {
    guard position < end else { throw malformed("a varint within the message") }
    let first = bytes[unchecked: position]
    if first < 0x80 {
      position &+= 1
      return UInt64(first)
    }
    if position &+ 1 < end {
      let second = bytes[unchecked: position &+ 1]
      if second < 0x80 {
        position &+= 2
        return UInt64(first & 0x7F) | UInt64(second) << 7
      }
    }
    let long = try Self.longVarint(bytes, position, end, fieldAt: base &+ fieldStart)
    position = long.end
    return long.value
  }

  // Out of line, and without `self`, so that a cursor can live in registers.

  /// Up to ten bytes; the tenth may only hold the highest bit of 64.
  @inline(never)
  private static func longVarint(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, fieldAt offset: Int
  ) throws(WireError) -> (value: UInt64, end: Int) {
    var position = start
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while position < end {
      let byte = bytes[position]
      guard shift < 63 || byte <= 1 else {
        throw .malformed(atByte: offset, expected: "a varint of at most 64 bits")
      }
      position &+= 1
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return (result, position) }
      shift &+= 7
    }
    throw .malformed(atByte: offset, expected: "a varint within the message")
  }

  /// Past a field of wire type 1 or 5; no other is left.
  @inline(never)
  private static func skipFixed(
    _ wire: UInt8, _ position: Int, _ end: Int, fieldAt offset: Int
  ) throws(WireError) -> Int {
    guard wire == Wire.fixed64 || wire == Wire.fixed32 else {
      throw .malformed(atByte: offset, expected: "wire type 0, 1, 2 or 5")
    }
    let count = wire == Wire.fixed64 ? 8 : 4
    guard end - position >= count else {
      throw .malformed(atByte: offset, expected: "\(count) bytes within the message")
    }
    return position + count
  }

  @inline(__always)
  private func malformed(_ expected: @autoclosure () -> String) -> WireError {
    Self.malformed(base &+ fieldStart, expected())
  }

  @inline(never)
  private static func malformed(_ offset: Int, _ expected: String) -> WireError {
    .malformed(atByte: offset, expected: expected)
  }
}
