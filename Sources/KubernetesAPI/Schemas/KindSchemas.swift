package import Inventory

/// Where the kinds of one group version hold images, by kind. A kind that holds none is there
/// with no fields; one that no schema describes is not there.
package struct KindSchemas: Hashable, Sendable {
  package var fields: [String: [ImageField]]

  package init(fields: [String: [ImageField]] = [:]) {
    self.fields = fields
  }
}

private enum DocumentKey: String, JSONKey {
  case components
  static let set = JSONKeySet<Self>()
}

private enum ComponentsKey: String, JSONKey {
  case schemas
  static let set = JSONKeySet<Self>()
}

private enum SchemaIdentityKey: String, JSONKey {
  case kinds = "x-kubernetes-group-version-kind"
  static let set = JSONKeySet<Self>()
}

private enum IdentityKey: String, JSONKey {
  case group, kind, version
  static let set = JSONKeySet<Self>()
}

extension KindSchemas {
  /// Reads an OpenAPI v3 document of one group version (KEP-2896).
  package init(
    openAPI bytes: Span<UInt8>, group: String, version: String
  ) throws(WireError) {
    self.init()
    var cursor = JSONCursor(0..<bytes.count)
    guard try cursor.enterObject(bytes) else { return }
    while try cursor.nextKey(bytes, DocumentKey.set) != nil {
      guard try cursor.enterObject(bytes) else { continue }
      while try cursor.nextKey(bytes, ComponentsKey.set) != nil {
        guard try cursor.enterObject(bytes) else { continue }
        while try cursor.nextKey(bytes) != nil {
          var copy = cursor
          try cursor.skipValue(bytes)
          var identity = copy
          let kinds = try Self.kinds(bytes, &identity, group: group, version: version)
          guard let kind = kinds.first else { continue }
          let node = try SchemaNode(bytes, &copy)
          // A kind's list has an identity too.
          if kind.hasSuffix("List"), node["items"] != nil { continue }
          fields[kind] = node.imageFields()
        }
      }
    }
  }

  private static func kinds(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, group: String, version: String
  ) throws(WireError) -> [String] {
    let decoder = JSONItemDecoder()
    var kinds: [String] = []
    guard try cursor.peek(bytes) == .object, try cursor.enterObject(bytes) else { return kinds }
    while try cursor.nextKey(bytes, SchemaIdentityKey.set) != nil {
      guard try cursor.enterArray(bytes) else { continue }
      while try cursor.nextElement(bytes) {
        var found = ["", "", ""]
        guard try cursor.enterObject(bytes) else { continue }
        while let key = try cursor.nextKey(bytes, IdentityKey.set) {
          let text = try decoder.text(bytes, &cursor)
          switch key {
          case .group: found[0] = text
          case .version: found[1] = text
          case .kind: found[2] = text
          }
        }
        if found[0] == group, found[1] == version { kinds.append(found[2]) }
      }
    }
    return kinds
  }
}
