extension YAMLNode {
  /// This node as compact JSON (RFC 8259), as sigs.k8s.io/yaml converts it: keys in their order,
  /// scalars by their meaning, keys by their text; infinities and NaN, which JSON lacks, as null.
  package var json: String {
    switch content {
    case .sequence(let items):
      return "[" + items.map(\.json).joined(separator: ",") + "]"
    case .mapping(let pairs):
      let members = pairs.map { pair in
        Self.jsonString(pair.key.keyText ?? pair.key.json) + ":" + pair.value.json
      }
      return "{" + members.joined(separator: ",") + "}"
    case .scalar(let scalar):
      switch scalar.value {
      case .null: return "null"
      case .bool(let flag): return flag ? "true" : "false"
      case .int(let number): return String(number)
      case .unsigned(let number): return String(number)
      case .float(let number):
        guard number.isFinite else { return "null" }
        return Int64(exactly: number).map { String($0) } ?? String(number)
      case .string(let text): return Self.jsonString(text)
      }
    }
  }

  /// This node as the key of a JSON object; nil for collections.
  ///
  /// A key that means a boolean or a number gets the one spelling of that: `n: 1` is
  /// `{"false": 1}` to kubectl.
  package var keyText: String? {
    guard let scalar else { return nil }
    switch scalar.value {
    case .bool, .int, .unsigned, .float: return json
    case .null, .string: return scalar.text
    }
  }

  /// Text as a JSON string (RFC 8259, section 7).
  package static func jsonString(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..."\u{1F}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
