package import Inventory

/// What a scan keeps of a CustomResourceDefinition: where its kind holds images.
package struct CustomResourceDefinition: Hashable, Sendable {
  package var group = ""
  package var kind = ""
  /// By version.
  package var fields: [String: [ImageField]] = [:]

  package init() {}
}

private enum DefinitionKey: String, JSONKey {
  case spec
  static let set = JSONKeySet<Self>()
}

private enum DefinitionSpecKey: String, JSONKey {
  case group, names, version, versions, validation, preserveUnknownFields
  static let set = JSONKeySet<Self>()
}

private enum NamesKey: String, JSONKey {
  case kind
  static let set = JSONKeySet<Self>()
}

private enum VersionKey: String, JSONKey {
  case name, schema
  static let set = JSONKeySet<Self>()
}

private enum ValidationKey: String, JSONKey {
  case openAPIV3Schema
  static let set = JSONKeySet<Self>()
}

extension WireSchema where Record == CustomResourceDefinition {
  /// `apiextensions.k8s.io` `v1` and `v1beta1`; the latter may have one schema for all versions.
  package static var customResourceDefinitions: WireSchema<CustomResourceDefinition> {
    WireSchema(custom: { (decoder, bytes, cursor) throws(WireError) in
      var reader = DefinitionReader()
      guard try cursor.enterObject(bytes) else { return reader.record }
      while try cursor.nextKey(bytes, DefinitionKey.set) != nil {
        try reader.spec(bytes, &cursor, decoder)
      }
      return reader.finish()
    })
  }
}

private struct DefinitionReader {
  var record = CustomResourceDefinition()
  private var versions: [(name: String, schema: SchemaNode?)] = []
  private var shared: SchemaNode?
  private var preservesUnknown = false

  mutating func spec(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ decoder: JSONItemDecoder
  ) throws(WireError) {
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, DefinitionSpecKey.set) {
      switch key {
      case .group: record.group = try decoder.text(bytes, &cursor)
      case .names:
        guard try cursor.enterObject(bytes) else { continue }
        while try cursor.nextKey(bytes, NamesKey.set) != nil {
          record.kind = try decoder.text(bytes, &cursor)
        }
      case .version: versions.append((try decoder.text(bytes, &cursor), nil))
      case .versions:
        guard try cursor.enterArray(bytes) else { continue }
        while try cursor.nextElement(bytes) { try version(bytes, &cursor, decoder) }
      case .validation: shared = try validation(bytes, &cursor)
      case .preserveUnknownFields: preservesUnknown = try cursor.readBoolean(bytes) ?? false
      }
    }
  }

  private mutating func version(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor, _ decoder: JSONItemDecoder
  ) throws(WireError) {
    var name = ""
    var schema: SchemaNode?
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes, VersionKey.set) {
      switch key {
      case .name: name = try decoder.text(bytes, &cursor)
      case .schema: schema = try validation(bytes, &cursor)
      }
    }
    versions.append((name, schema))
  }

  private func validation(
    _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> SchemaNode? {
    var schema: SchemaNode?
    guard try cursor.enterObject(bytes) else { return nil }
    while try cursor.nextKey(bytes, ValidationKey.set) != nil {
      schema = try SchemaNode(bytes, &cursor)
    }
    return schema
  }

  mutating func finish() -> CustomResourceDefinition {
    for (name, schema) in versions {
      var node = schema ?? shared ?? SchemaNode()
      if preservesUnknown { node.preservesUnknown = true }
      // The old single `version` says nothing that `versions` did not.
      if record.fields[name] != nil, schema == nil { continue }
      record.fields[name] = node.imageFields()
    }
    return record
  }
}
