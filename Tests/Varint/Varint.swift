/// The base-128 numbers of protobuf's wire format, to make and to cut messages with.
/// https://protobuf.dev/programming-guides/encoding/#varints
package enum Varint {
  package static func bytes(of value: UInt64) -> [UInt8] {
    var rest = value
    var result: [UInt8] = []
    while rest >= 0x80 {
      result.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    return result + [UInt8(rest)]
  }

  /// Reads one of at most 63 bits and moves the position behind it.
  package static func read(_ bytes: [UInt8], _ position: inout Int) -> Int {
    var value = 0
    var shift = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      value |= Int(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { break }
    }
    return value
  }
}
