import YAMLDocuments

/// `-o yaml`: the document of `-o json`, key for key, in YAML that readers of 1.1 and 1.2 agree on.
enum YAMLRenderer {
  static func render(_ report: Report) -> String {
    YAMLWriter.text(tree(JSONRenderer.document(report)))
  }

  private static func tree(_ value: JSONValue) -> YAMLTree {
    switch value {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .integer(let number): .int(Int(number))
    case .string(let text), .number(let text): .string(text)
    case .array(let items): .sequence(items.map(tree))
    case .object(let members):
      .mapping(members.map { YAMLTreePair(key: $0.key, value: tree($0.value)) })
    }
  }
}
