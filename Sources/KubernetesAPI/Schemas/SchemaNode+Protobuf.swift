/// `k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1` (and `v1beta1`) `JSONSchemaProps`,
/// `JSONSchemaPropsOrArray`, `JSONSchemaPropsOrBool`, generated.proto.
private enum SchemaField {
  static let type = 5
  static let items = 24
  static let properties = 29
  static let additionalProperties = 30
  static let preservesUnknown = 38
  static let itemsSchema = 1
  static let additionalSchema = 2
}

extension SchemaNode {
  /// Reads a structural schema; the same of it as from JSON.
  init(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, depth: Int = 0
  ) throws(WireError) {
    self.init()
    guard depth < Self.maximumDepth else { return }
    var cursor = message
    while try cursor.next(bytes) {
      switch cursor.number {
      case SchemaField.type: type = WireStrings().text(bytes, try cursor.payload())
      case SchemaField.items:
        items = try Self.inner(bytes, cursor.message(), SchemaField.itemsSchema, depth)
      case SchemaField.properties: try property(bytes, cursor.message(), depth)
      case SchemaField.additionalProperties:
        values = try Self.inner(bytes, cursor.message(), SchemaField.additionalSchema, depth)
      case SchemaField.preservesUnknown: preservesUnknown = try cursor.boolean()
      default: break
      }
    }
  }

  /// An entry of the map of properties: 1 key, 2 value.
  private mutating func property(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, _ depth: Int
  ) throws(WireError) {
    var cursor = message
    var name = ""
    var node = SchemaNode()
    while try cursor.next(bytes) {
      switch cursor.number {
      case 1: name = WireStrings().text(bytes, try cursor.payload())
      case 2: node = try SchemaNode(bytes, cursor.message(), depth: depth + 1)
      default: break
      }
    }
    properties.append((name, node))
  }

  /// The one schema in a message that may hold something else instead.
  private static func inner(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor, _ number: Int, _ depth: Int
  ) throws(WireError) -> [SchemaNode] {
    var cursor = message
    var found: [SchemaNode] = []
    while try cursor.next(bytes) {
      guard cursor.number == number else { continue }
      found = [try SchemaNode(bytes, cursor.message(), depth: depth + 1)]
    }
    return found
  }
}
