/// The part of a JSON schema that says where fields stand: types, nesting, and where it ends.
///
/// Descriptions, validations and defaults, most of a schema's bytes, are skipped.
struct SchemaNode: Sendable {
  var type = ""
  var properties: [(name: String, node: SchemaNode)] = []
  /// The schema of an array's elements; empty or one.
  var items: [SchemaNode] = []
  /// The schema of a map's values; empty or one.
  var values: [SchemaNode] = []
  /// `x-kubernetes-preserve-unknown-fields`: fields that no schema names are kept.
  var preservesUnknown = false

  init() {}

  subscript(_ name: String) -> SchemaNode? {
    properties.first { $0.name == name }?.node
  }

  /// Deeper schemas are taken to end here; no kind's pod spec lies that deep.
  static let maximumDepth = 64
}

private enum SchemaKey: String, JSONKey {
  case type, properties, items, additionalProperties
  case preservesUnknown = "x-kubernetes-preserve-unknown-fields"
  static let set = JSONKeySet<Self>()
}

extension SchemaNode {
  /// Reads a structural schema (apiextensions `JSONSchemaProps`, OpenAPI v3 `Schema Object`).
  init(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, depth: Int = 0
  ) throws(WireError) {
    self.init()
    guard try cursor.peek(bytes) == .object, depth < Self.maximumDepth else {
      try cursor.skipValue(bytes)
      return
    }
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, SchemaKey.set) {
      try read(key, bytes, &cursor, depth: depth)
    }
  }

  private mutating func read(
    _ key: SchemaKey, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, depth: Int
  ) throws(WireError) {
    let kind = try cursor.peek(bytes)
    switch (key, kind) {
    case (.type, .string): type = try JSONItemDecoder().text(bytes, &cursor)
    case (.properties, .object):
      properties = []
      guard try cursor.enterObject(bytes) else { return }
      let decoder = JSONItemDecoder()
      while let name = try cursor.nextKey(bytes) {
        properties.append(
          (
            decoder.strings.text(bytes, name),
            try SchemaNode(bytes, &cursor, depth: depth + 1)
          ))
      }
    case (.items, .object): items = [try SchemaNode(bytes, &cursor, depth: depth + 1)]
    case (.additionalProperties, .object):
      values = [try SchemaNode(bytes, &cursor, depth: depth + 1)]
    case (.preservesUnknown, .boolean):
      preservesUnknown = try cursor.readBoolean(bytes) ?? false
    default: try cursor.skipValue(bytes)
    }
  }
}
