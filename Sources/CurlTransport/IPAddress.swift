import Foundation

/// An IPv4 or IPv6 address; one in `::ffff:0:0/96` is the IPv4 address in it, as in Go.
struct IPAddress: Hashable, Sendable {
  /// 4 or 16 bytes, the first one first.
  let bytes: [UInt8]

  /// Nil for anything but a bare address: no zone, no brackets, no leading zeros (inet_pton).
  init?(_ text: String) {
    var v4 = in_addr()
    var v6 = in6_addr()
    if inet_pton(AF_INET, text, &v4) == 1 {
      bytes = withUnsafeBytes(of: &v4) { [UInt8]($0) }
    } else if inet_pton(AF_INET6, text, &v6) == 1 {
      let all = withUnsafeBytes(of: &v6) { [UInt8]($0) }
      let isMapped = all.prefix(10).allSatisfy { $0 == 0 } && all[10] == 0xFF && all[11] == 0xFF
      bytes = isMapped ? [UInt8](all.suffix(4)) : all
    } else {
      return nil
    }
  }

  /// 127.0.0.0/8 and ::1.
  var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
  }

  /// Whether the first `prefix` bits are those of `network`, which is of the same family.
  func isIn(_ network: IPAddress, prefix: Int) -> Bool {
    guard bytes.count == network.bytes.count else { return false }
    return zip(bytes, network.bytes).enumerated().allSatisfy { index, pair in
      let bits = min(8, max(0, prefix - index * 8))
      let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
      return pair.0 & mask == pair.1 & mask
    }
  }
}
