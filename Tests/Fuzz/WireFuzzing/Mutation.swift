/// Damages bytes in the ways that a broken server, a cut connection or an attacker would.
package enum Mutation {
  /// Bytes that mean something to either encoding.
  private static let telling: [UInt8] = [
    0x00, 0x01, 0x0A, 0x12, 0x1A, 0x20, 0x22, 0x2C, 0x3A, 0x5B, 0x5C, 0x5D, 0x75, 0x7B, 0x7D, 0x7F,
    0x80, 0xC0, 0xED, 0xF5, 0xFF,
  ]

  package static func apply(to bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var result = bytes
    for _ in 0...random.below(3) { applyOne(&result, &random) }
    return result
  }

  private static func applyOne(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    guard !bytes.isEmpty else { return }
    let place = random.below(bytes.count)
    switch random.below(9) {
    case 0: bytes[place] ^= 1 << UInt8(random.below(8))
    case 1: bytes[place] = UInt8(random.below(256))
    case 2: bytes[place] = telling[random.below(telling.count)]
    case 3: bytes.removeSubrange(place...)
    case 4: bytes.remove(at: place)
    case 5: bytes.insert(telling[random.below(telling.count)], at: place)
    case 6:
      // A varint of any length, up to more than 64 bits.
      let length = random.below(12)
      bytes.insert(contentsOf: Array(repeating: 0xFF, count: length) + [0x01], at: place)
    case 7:
      // Deep nesting in JSON, noise in protobuf.
      let open = random.below(2) == 0 ? UInt8(ascii: "[") : UInt8(ascii: "{")
      bytes.insert(contentsOf: Array(repeating: open, count: random.below(3000)), at: place)
    default:
      let end = min(bytes.count, place + random.below(64))
      bytes.insert(contentsOf: Array(bytes[place..<end]), at: random.below(bytes.count))
    }
  }
}
