import Varint

/// A recorded list made as long as those that a scan waits for: its items again and again.
///
/// What a short list costs is mostly the making of the decoder and the first sight of every text.
enum LongList {
  /// Longer than the caches of strings hide.
  static let bytes = 512 << 10

  static func json(_ body: [UInt8]) -> [UInt8] {
    let key = Array("\"items\":[".utf8)
    guard body.count < bytes, let start = body.firstRange(of: key)?.upperBound,
      let end = body.lastIndex(of: UInt8(ascii: "]"))
    else { return body }
    let items = body[start..<end]
    var result = Array(body[..<start])
    for round in 0..<rounds(items.count) {
      if round > 0 { result.append(UInt8(ascii: ",")) }
      result += items
    }
    return result + body[end...]
  }

  /// `k8s\0`, then `runtime.Unknown` (1 typeMeta, 2 raw); in `raw` the list (1 metadata, 2 items).
  static func protobuf(_ body: [UInt8]) -> [UInt8] {
    guard body.count < bytes else { return body }
    let typeMetaEnd = 6 + Int(body[5])
    var position = typeMetaEnd + 1
    let length = Varint.read(body, &position)
    let metadataStart = position
    let listEnd = position + length
    position += 1
    position += Varint.read(body, &position)
    let metadata = body[metadataStart..<position]
    let items = body[position..<listEnd]
    let rounds = rounds(items.count)
    var result = Array(body[...typeMetaEnd])
    result += Varint.bytes(of: UInt64(metadata.count + rounds * items.count)) + metadata
    for _ in 0..<rounds { result += items }
    return result + body[listEnd...]
  }

  private static func rounds(_ count: Int) -> Int { (bytes + count - 1) / max(count, 1) }
}
