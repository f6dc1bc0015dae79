/// From the first field of a number in a message to the last one: the entries of a map.
struct FieldRun {
  private(set) var range = 0..<0
  private var count = 0

  var isEmpty: Bool { count == 0 }

  /// Has room for the entries, but not for the million that a hostile object may repeat.
  var emptyMap: [String: String] {
    count > 1 ? Dictionary(minimumCapacity: min(count, 16)) : [:]
  }

  @inline(__always)
  mutating func extend(over cursor: ProtobufCursor) {
    let start = isEmpty ? cursor.fieldStart : range.lowerBound
    range = Range(uncheckedBounds: (start, cursor.fieldEnd))
    count += 1
  }
}

extension ProtobufItemDecoder {
  /// Decodes a `map<string, string>`: the fields of one number in a run of a message.
  ///
  /// - Parameter isKept: whether an entry is wanted, by its key and the length of its value; the
  ///   same for every run of the field.
  @inline(__always)
  mutating func map(
    _ bytes: Span<UInt8>, _ run: FieldRun, field number: Int, of message: ProtobufCursor,
    where isKept: (String, Int) -> Bool = { _, _ in true }
  ) throws(WireError) -> [String: String] {
    if let known = maps.map(bytes, run.range) { return known }
    var map = run.emptyMap
    var cursor = message.within(run.range)
    while try cursor.next(bytes) {
      guard cursor.number == number else { continue }
      let entry = try mapEntry(bytes, cursor.message())
      let key = strings.shared(bytes, entry.key)
      guard isKept(key, entry.value.count) else { continue }
      map[key] = strings.shared(bytes, entry.value)
    }
    maps.keep(map, for: bytes, run.range)
    return map
  }

  /// Decodes a `map<string, string>` entry (1 key, 2 value).
  @inline(__always)
  func mapEntry(
    _ bytes: Span<UInt8>, _ entry: ProtobufCursor
  ) throws(WireError) -> (key: Range<Int>, value: Range<Int>) {
    var cursor = entry
    var key = 0..<0
    var value = 0..<0
    while try cursor.next(bytes) {
      switch cursor.number {
      case 1: key = try cursor.payload()
      case 2: value = try cursor.payload()
      default: break
      }
    }
    return (key, value)
  }
}
