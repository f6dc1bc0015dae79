/// Turns bytes into strings, and gives one shared string for bytes that were seen lately.
///
/// Caches of fixed size, so memory stays bounded whatever the cluster holds and no input can
/// make a lookup slow; a miss only costs one allocation. Invalid UTF-8 becomes U+FFFD, as in
/// Go's `encoding/json`.
package struct WireStrings {
  private struct Slot {
    var hash: UInt64
    var text: String
  }

  /// A text of up to 15 bytes, with these bytes as numbers; the last byte of `high` is their count.
  private struct ShortSlot {
    var low: UInt64
    var high: UInt64
    var text: String
  }

  /// Up to 15 bytes stand inside a `String` without an allocation.
  private static let shortest = 16
  private static let longest = 1024
  /// Powers of two: a short list pays for few slots, and more are made after as many misses.
  private static let slotCounts = (few: 256, many: 1024)
  private static let shortSlotCounts = (few: 64, many: 512)
  /// The slots `2n` and `2n + 1` form one set.
  private var slots: [Slot] = []
  private var misses = 0
  private var shortSlots: [ShortSlot] = []
  private var shortMisses = 0

  package init() {}

  /// The text in `range`, allocated anew: for what hardly repeats, such as names and uids.
  @inline(__always)
  package func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    do {
      return String(copying: try UTF8Span(validating: bytes.extracting(range)))
    } catch {
      return Self.repaired(bytes, range)
    }
  }

  /// The text in `range`, shared with earlier equal texts: for what many objects repeat.
  @inline(__always)
  package mutating func shared(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    let count = range.count
    if count < Self.shortest { return short(bytes, range) }
    if count > Self.longest { return text(bytes, range) }
    return cached(bytes, range)
  }

  /// The text in `range`: `last` again when it is that, else its successor; for what only neighbours
  /// repeat.
  @inline(__always)
  func text(_ bytes: Span<UInt8>, _ range: Range<Int>, last: inout String) -> String {
    if !last.hasBytes(bytes, range) { last = text(bytes, range) }
    return last
  }

  /// Short texts need no sharing; keeping some saves checking their UTF-8 again.
  private mutating func short(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    let count = range.count
    guard count > 0 else { return "" }
    // At the end of a span there are no sixteen bytes to load.
    guard range.lowerBound <= bytes.count - 16 else { return text(bytes, range) }
    var low = bytes.word(at: range.lowerBound)
    var high: UInt64 = 0
    if count < 8 {
      low &= (1 << UInt64(count * 8)) - 1
    } else {
      let rest = UInt64(count - 8) * 8
      high = bytes.word(at: range.lowerBound + 8) & ((1 << rest) - 1)
    }
    high |= UInt64(count) << 56
    if shortSlots.isEmpty { makeShortSlots(Self.shortSlotCounts.few) }
    let mixed = low ^ (high &* 0xBF58_476D_1CE4_E5B9)
    let hash = (mixed ^ (mixed >> 32)) &* 0x9E37_79B9_7F4A_7C15
    var index = Int(truncatingIfNeeded: hash >> 40) & (shortSlots.count - 1)
    if shortSlots[index].low == low, shortSlots[index].high == high {
      return shortSlots[index].text
    }
    let fresh = text(bytes, range)
    shortMisses += 1
    if shortMisses == Self.shortSlotCounts.few {
      // What the few held is made once more: no allocation is lost with it.
      makeShortSlots(Self.shortSlotCounts.many)
      index = Int(truncatingIfNeeded: hash >> 40) & (shortSlots.count - 1)
    }
    shortSlots[index] = ShortSlot(low: low, high: high, text: fresh)
    return fresh
  }

  /// No text has a count of 0, so nothing is found in an empty slot.
  private mutating func makeShortSlots(_ count: Int) {
    shortSlots = Array(repeating: ShortSlot(low: 0, high: 0, text: ""), count: count)
  }

  private mutating func cached(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    if slots.isEmpty { slots = Self.emptySlots(Self.slotCounts.few) }
    let hash = Self.hash(bytes, range)
    let first = firstSlot(hash)
    for index in first...first &+ 1 where slots[index].hash == hash {
      let text = slots[index].text
      if text.hasBytes(bytes, range) { return text }
    }
    let fresh = text(bytes, range)
    misses += 1
    if misses == Self.slotCounts.few {
      let old = slots
      slots = Self.emptySlots(Self.slotCounts.many)
      for slot in old.reversed() where !slot.text.isEmpty { keep(slot) }
    }
    keep(Slot(hash: hash, text: fresh))
    return fresh
  }

  private static func emptySlots(_ count: Int) -> [Slot] {
    Array(repeating: Slot(hash: 0, text: ""), count: count)
  }

  @inline(__always)
  private func firstSlot(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash >> 40) & (slots.count - 2)
  }

  /// The older text of the set goes.
  @inline(__always)
  private mutating func keep(_ slot: Slot) {
    let first = firstSlot(slot.hash)
    slots[first + 1] = slots[first]
    slots[first] = slot
  }

  /// Samples the head, the middle and the tail of at least eight bytes: equality is checked over all
  /// bytes anyway.
  @inline(__always)
  static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    let head = bytes.word(at: range.lowerBound)
    let middle = bytes.word(at: range.lowerBound + range.count / 2 - 4)
    let tail = bytes.word(at: range.upperBound - 8)
    var hash = head &* 0x9E37_79B9_7F4A_7C15
    hash = (hash ^ (hash >> 29) ^ middle) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 32) ^ tail) &* 0x94D0_49BB_1331_11EB
    // Multiplication carries upwards only: the last byte of the tail must come down first.
    return (hash ^ (hash >> 32) ^ UInt64(range.count)) &* 0x9E37_79B9_7F4A_7C15
  }

  @inline(never)
  private static func repaired(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for index in range { copy.append(bytes[index]) }
    return String(decoding: copy, as: UTF8.self)
  }
}

extension String {
  /// Whether the UTF-8 of this string is exactly the bytes in `range`.
  @inline(__always)
  fileprivate func hasBytes(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let view = utf8
    let own = view.span
    return own.count == range.count
      && bytes.matches(at: range.lowerBound, own, 0, count: range.count)
  }
}
