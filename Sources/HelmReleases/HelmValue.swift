internal import KubernetesAPI

/// A value of a chart: only texts short enough for a part of an image reference are kept.
indirect enum HelmValue: Hashable, Sendable {
  case null
  /// A string, or a number as it is written: `tag: 1.10` must not become 1.1.
  case text(String)
  case list([HelmValue])
  case mapping([String: HelmValue])
  /// What can be no part of a reference: a boolean, a long text.
  case other

  private static let longestText = 512
  /// Values beyond these are read as `other`: charts have some thousands.
  private static let maximumCount = 200_000

  static func read(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> HelmValue {
    var count = 0
    return try read(bytes, &cursor, &count)
  }

  /// The recursion is bounded by the cursor's depth limit.
  private static func read(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ count: inout Int
  ) throws(WireError) -> HelmValue {
    count += 1
    guard count <= maximumCount else {
      try cursor.skipValue(bytes)
      return .other
    }
    switch try cursor.peek(bytes) {
    case .object:
      var members: [String: HelmValue] = [:]
      guard try cursor.enterObject(bytes) else { return .null }
      while let key = try cursor.nextKey(bytes) {
        let name = String(decoding: key.unescaped(bytes), as: UTF8.self)
        members[name] = try read(bytes, &cursor, &count)
      }
      return .mapping(members)
    case .array:
      var items: [HelmValue] = []
      guard try cursor.enterArray(bytes) else { return .null }
      while try cursor.nextElement(bytes) { items.append(try read(bytes, &cursor, &count)) }
      return .list(items)
    case .string:
      guard let text = try cursor.readText(bytes), text.end - text.start <= longestText else {
        return .other
      }
      return .text(String(decoding: text.unescaped(bytes), as: UTF8.self))
    case .number:
      let range = try cursor.skipValue(bytes)
      guard range.count <= longestText else { return .other }
      var digits: [UInt8] = []
      for index in range { digits.append(bytes[index]) }
      return .text(String(decoding: digits, as: UTF8.self))
    case .boolean:
      try cursor.skipValue(bytes)
      return .other
    case .null:
      try cursor.skipValue(bytes)
      return .null
    }
  }

  subscript(key: String) -> HelmValue? {
    guard case .mapping(let members) = self else { return nil }
    return members[key]
  }

  /// The text, unless it is empty.
  var text: String? {
    guard case .text(let text) = self, !text.isEmpty else { return nil }
    return text
  }
}
