extension Span<UInt8> {
  /// Eight bytes in memory order.
  ///
  /// `unsafeLoadUnaligned` is bounds-checked; its name only warns of types for which not every bit
  /// pattern is a value, and every pattern is a `UInt64`.
  @inline(__always)
  func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// Whether `count` bytes here and in `other` are equal.
  @inline(__always)
  func matches(at start: Int, _ other: Span<UInt8>, _ otherStart: Int, count: Int) -> Bool {
    guard start + count <= self.count, otherStart + count <= other.count else { return false }
    var index = 0
    while index + 8 <= count {
      if word(at: start + index) != other.word(at: otherStart + index) { return false }
      index += 8
    }
    while index < count {
      if self[start + index] != other[otherStart + index] { return false }
      index += 1
    }
    return true
  }
}

extension [UInt8] {
  mutating func append(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    // One copy instead of a loop; the pointer lives for this call alone. `Array` takes no `Span` yet.
    bytes.extracting(range).withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}
