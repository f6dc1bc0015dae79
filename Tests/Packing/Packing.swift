import CZlib

/// Archives made here byte by byte, for the tests of what reads them.
package enum Packing {
  /// gzip (RFC 1952) around a real deflate stream.
  package static func gzip(_ text: [UInt8]) -> [UInt8] {
    var length = compressBound(UInt(text.count))
    var zlib = [UInt8](repeating: 0, count: Int(length))
    let status = compress2(&zlib, &length, text, UInt(text.count), 9)
    precondition(status == Z_OK)
    // Between zlib's header of 2 bytes and its checksum of 4 stands the bare deflate stream.
    let deflated = zlib[2..<Int(length) - 4]
    let check = UInt32(truncatingIfNeeded: crc32(0, text, UInt32(text.count)))
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255] + deflated + bytes(check)
      + bytes(UInt32(text.count))
  }

  private static func bytes(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// One entry of a ustar archive, without the blocks that end it.
  package static func entry(
    _ name: String, _ text: [UInt8], kind: Character = "0", prefix: String = "",
    size: String? = nil, magic: String = "ustar\0"
  ) -> [UInt8] {
    var header = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, _ offset: Int) {
      for (index, byte) in text.utf8.enumerated() { header[offset + index] = byte }
    }
    let octal = String(text.count, radix: 8)
    put(name, 0)
    put("0000644\0", 100)
    put(size ?? String(repeating: "0", count: 11 - octal.count) + octal, 124)
    put("        ", 148)
    put(String(kind), 156)
    put(magic, 257)
    put(prefix, 345)
    let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
    put(String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", 148)
    let padding = (512 - text.count % 512) % 512
    return header + text + [UInt8](repeating: 0, count: padding)
  }

  package static func entry(_ name: String, _ text: String, kind: Character = "0") -> [UInt8] {
    entry(name, Array(text.utf8), kind: kind)
  }

  package static let end = [UInt8](repeating: 0, count: 1024)

  package static func chart(_ files: [(String, [UInt8])]) -> [UInt8] {
    gzip(files.flatMap { entry($0.0, $0.1) } + end)
  }
}
