/// The keywords of JSON Schema (draft 2020-12, https://json-schema.org/draft/2020-12) that the
/// schemas here are made of.
protocol JSONSchemaWords {}

extension JSONSchemaWords {
  /// A schema that is whole: with its dialect and its title.
  static func schema(title: String, _ body: JSONValue, definitions: JSONValue? = nil) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init(key: "$schema", value: .string("https://json-schema.org/draft/2020-12/schema")),
      .init(key: "title", value: .string(title)),
    ]
    if case .object(let own) = body { members += own }
    if let definitions { members.append(.init(key: "$defs", value: definitions)) }
    return .object(members)
  }

  static var string: JSONValue { .members(["type": .string("string")]) }
  static var bool: JSONValue { .members(["type": .string("boolean")]) }
  static var integer: JSONValue { .members(["type": .string("integer")]) }
  static var nullableInteger: JSONValue {
    .members(["type": .array([.string("integer"), .string("null")])])
  }
  static var date: JSONValue {
    .members(["type": .string("string"), "format": .string("date")])
  }
  static var time: JSONValue {
    .members(["type": .string("string"), "format": .string("date-time")])
  }
  static var count: JSONValue {
    .members(["type": .string("integer"), "minimum": .integer(0)])
  }
  static var nullableCount: JSONValue {
    .members(["type": .array([.string("integer"), .string("null")]), "minimum": .integer(0)])
  }

  static func nullable(_ type: String) -> JSONValue {
    .members(["type": .array([.string(type), .string("null")])])
  }

  static func constant(_ text: String) -> JSONValue {
    .members(["const": .string(text)])
  }

  static func choice(_ words: [String]) -> JSONValue {
    .members(["enum": .texts(words)])
  }

  static func nullableChoice(_ words: [String]) -> JSONValue {
    .members(["enum": .array(words.map { .string($0) } + [.null])])
  }

  static func nullableObject(_ properties: KeyValuePairs<String, JSONValue>) -> JSONValue {
    orNull(object(properties))
  }

  static func orNull(_ value: JSONValue) -> JSONValue {
    .members(["anyOf": .array([value, .members(["type": .string("null")])])])
  }

  static func array(_ items: JSONValue) -> JSONValue {
    .members(["type": .string("array"), "items": items])
  }

  static func reference(_ name: String) -> JSONValue {
    .members(["$ref": .string("#/$defs/\(name)")])
  }

  static func tally(_ keys: [String]) -> JSONValue {
    object(keys.map { JSONValue.Member(key: $0, value: count) })
  }

  static func object(_ properties: KeyValuePairs<String, JSONValue>) -> JSONValue {
    object(properties.map { JSONValue.Member(key: $0.key, value: $0.value) })
  }

  static func object(_ properties: [JSONValue.Member]) -> JSONValue {
    .members([
      "type": .string("object"),
      "properties": .object(properties),
      "required": .texts(properties.map(\.key)),
    ])
  }
}
