/// The keys of one kind of object that a decoder wants, found without making strings.
///
/// Keys are compared with case, as the Kubernetes API server does.
package struct JSONKeySet<Key: CaseIterable & RawRepresentable<String> & Sendable>: Sendable {
  private let keys: [Key]
  private let names: [[UInt8]]
  /// Open addressing by length, first and last byte; 0 is empty, else an index plus 1.
  private var slots: [UInt8]
  private let mask: Int

  package init() {
    keys = Array(Key.allCases)
    names = keys.map { Array($0.rawValue.utf8) }
    // At least half of the slots stay empty, so that every search ends; enums here have under 32 cases.
    var size = 32
    while size < 2 * names.count { size *= 2 }
    slots = Array(repeating: 0, count: size)
    mask = size - 1
    for (index, name) in names.enumerated() {
      var slot = Self.hash(name.span, 0..<name.count) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt8(index + 1)
    }
  }

  @inline(__always)
  private static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    guard !range.isEmpty else { return 0 }
    return range.count &+ Int(bytes[range.lowerBound]) &* 3
      &+ Int(bytes[range.upperBound &- 1]) &* 7
  }

  /// The key that `text` is; nil for any other.
  @inline(__always)
  func find(_ bytes: Span<UInt8>, _ text: JSONText) -> Key? {
    if text.hasEscapes {
      return Key(rawValue: String(decoding: text.unescaped(bytes), as: UTF8.self))
    }
    let range = text.range
    var slot = Self.hash(bytes, range) & mask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) &- 1
      let name = names[index]
      if name.count == range.count,
        bytes.matches(at: range.lowerBound, name.span, 0, count: range.count)
      {
        return keys[index]
      }
      slot = (slot &+ 1) & mask
    }
    return nil
  }
}

/// The keys of one kind of object, as an enum whose raw values are the keys.
protocol JSONKey: CaseIterable, RawRepresentable<String>, Sendable {
  static var set: JSONKeySet<Self> { get }
}
