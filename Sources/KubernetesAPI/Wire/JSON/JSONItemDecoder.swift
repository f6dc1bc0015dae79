import Inventory

/// Decodes list items from JSON into records; one per list, so that strings are shared.
///
/// Its extensions hold a kind each, with the keys beside it. A key that occurs twice: the last value
/// wins whole. null stands for absent.
package struct JSONItemDecoder {
  package var strings = WireStrings()
  /// The last `tolerations` array, as bytes and decoded: most pods carry the same two.
  var lastTolerations: (bytes: [UInt8], value: [TolerationRecord]) = ([], [])

  package init() {}

  /// Reads a string that many objects repeat; empty for null.
  @inline(__always)
  package mutating func shared(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> String {
    guard let text = try cursor.readText(bytes) else { return "" }
    return strings.shared(bytes, text)
  }

  /// Reads a string that hardly repeats; empty for null.
  @inline(__always)
  package func text(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> String {
    guard let text = try cursor.readText(bytes) else { return "" }
    return strings.text(bytes, text)
  }

  /// Reads a time in seconds since 1970; nil for null.
  func time(_ bytes: Span<UInt8>, _ cursor: inout JSONCursor) throws(WireError) -> Int64? {
    guard let text = try cursor.readText(bytes) else { return nil }
    guard !text.hasEscapes, let seconds = RFC3339.seconds(bytes, text.range) else {
      throw .malformed(atByte: cursor.base + text.start, expected: "a time of RFC 3339")
    }
    return seconds
  }

  /// Reads an object of strings; a null value is the empty string, as in `encoding/json`.
  package mutating func stringMap(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> [String: String] {
    var map: [String: String] = [:]
    guard try cursor.enterObject(bytes) else { return map }
    while let key = try cursor.nextKey(bytes) {
      map[strings.shared(bytes, key)] = try shared(bytes, &cursor)
    }
    return map
  }
}
