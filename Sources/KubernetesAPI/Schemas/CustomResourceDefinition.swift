package import Inventory

/// What a scan keeps of a CustomResourceDefinition: where its kind holds images.
package struct CustomResourceDefinition: Hashable, Sendable {
  package var group = ""
  package var kind = ""
  /// By version.
  package var fields: [String: [ImageField]] = [:]

  package init() {}
}

/// `k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1beta1` `CustomResourceDefinition` and what
/// it is made of, generated.proto; `v1` has the same numbers without `version` and `validation`.
private enum DefinitionField {
  static let spec = 2
  static let specGroup = 1
  static let specVersion = 2
  static let specNames = 3
  static let specValidation = 5
  static let specVersions = 7
  static let specPreservesUnknown = 10
  static let namesKind = 4
  static let versionName = 1
  static let versionSchema = 4
  static let validationSchema = 1
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
    WireSchema(
      "CustomResourceDefinitionList", ["apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1"],
      fresh: { CustomResourceDefinition() },
      protobuf: { (_, bytes, base, record) throws(WireError) in
        var reader = DefinitionReader()
        var cursor = ProtobufCursor(0..<bytes.count, base: base)
        while try cursor.next(bytes) {
          guard cursor.number == DefinitionField.spec else { continue }
          try reader.spec(bytes, cursor.message())
        }
        record = reader.finish()
      },
      json: { (decoder, bytes, cursor) throws(WireError) in
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

  // MARK: JSON

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

  // MARK: Protobuf

  mutating func spec(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor
  ) throws(WireError) {
    let strings = WireStrings()
    var cursor = message
    while try cursor.next(bytes) {
      switch cursor.number {
      case DefinitionField.specGroup: record.group = strings.text(bytes, try cursor.payload())
      case DefinitionField.specVersion:
        // `v1` has none, `v1beta1` writes an empty one.
        let name = strings.text(bytes, try cursor.payload())
        if !name.isEmpty { versions.append((name, nil)) }
      case DefinitionField.specNames:
        var names = try cursor.message()
        while try names.next(bytes) {
          guard names.number == DefinitionField.namesKind else { continue }
          record.kind = strings.text(bytes, try names.payload())
        }
      case DefinitionField.specValidation: shared = try validation(bytes, cursor.message())
      case DefinitionField.specVersions: try version(bytes, cursor.message())
      case DefinitionField.specPreservesUnknown: preservesUnknown = try cursor.boolean()
      default: break
      }
    }
  }

  private mutating func version(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor
  ) throws(WireError) {
    var name = ""
    var schema: SchemaNode?
    var cursor = message
    while try cursor.next(bytes) {
      switch cursor.number {
      case DefinitionField.versionName: name = WireStrings().text(bytes, try cursor.payload())
      case DefinitionField.versionSchema: schema = try validation(bytes, cursor.message())
      default: break
      }
    }
    versions.append((name, schema))
  }

  private func validation(
    _ bytes: Span<UInt8>, _ message: ProtobufCursor
  ) throws(WireError) -> SchemaNode? {
    var cursor = message
    var schema: SchemaNode?
    while try cursor.next(bytes) {
      guard cursor.number == DefinitionField.validationSchema else { continue }
      schema = try SchemaNode(bytes, cursor.message())
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
