/// What runs of map entries were decoded to lately, found again by their bytes: one application has
/// the same labels in many namespaces, most Deployments have one and the same annotation, most
/// node selectors ask for Linux.
///
/// Fixed in size, so memory stays bounded whatever the cluster holds; all bytes are compared, so no
/// input gets the map of another. A miss costs a copy of the bytes.
struct DecodedMaps {
  private struct Slot {
    var bytes: [UInt8] = []
    var map: [String: String] = [:]
  }

  /// A power of two; the slots `2n` and `2n + 1` form one set.
  private static let slotCount = 256
  /// `WireStrings.hash` reads eight bytes at once.
  private static let lengths = 8...1024
  private var slots: [Slot] = []

  /// The map that was kept for the same bytes.
  @inline(__always)
  func map(_ bytes: Span<UInt8>, _ run: Range<Int>) -> [String: String]? {
    guard !slots.isEmpty, Self.lengths.contains(run.count) else { return nil }
    let first = Self.firstSlot(bytes, run)
    for index in first...first &+ 1 where slots[index].bytes.count == run.count {
      let slot = slots[index]
      if bytes.matches(at: run.lowerBound, slot.bytes.span, 0, count: run.count) {
        return slot.map
      }
    }
    return nil
  }

  /// The older map of the set goes.
  mutating func keep(_ map: [String: String], for bytes: Span<UInt8>, _ run: Range<Int>) {
    guard Self.lengths.contains(run.count) else { return }
    if slots.isEmpty { slots = Array(repeating: Slot(), count: Self.slotCount) }
    let first = Self.firstSlot(bytes, run)
    slots.swapAt(first, first + 1)
    slots[first].bytes.removeAll(keepingCapacity: true)
    slots[first].bytes.append(bytes, run)
    slots[first].map = map
  }

  @inline(__always)
  private static func firstSlot(_ bytes: Span<UInt8>, _ run: Range<Int>) -> Int {
    Int(truncatingIfNeeded: WireStrings.hash(bytes, run) >> 40) & (slotCount - 2)
  }
}
