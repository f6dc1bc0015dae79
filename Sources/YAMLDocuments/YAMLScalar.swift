/// A scalar as it was written, before anyone decides what it means.
package struct YAMLScalar: Hashable, Sendable {
  package enum Style: Hashable, Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  /// Quotes, escapes and folding undone.
  package let text: String
  package let style: Style
  /// An explicit tag, resolved: `!!str` is `tag:yaml.org,2002:str`.
  package let tag: String?

  package init(text: String, style: Style = .plain, tag: String? = nil) {
    self.text = text
    self.style = style
    self.tag = tag
  }
}

/// What a scalar means.
package enum YAMLScalarValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  /// Above `Int64.max`.
  case unsigned(UInt64)
  case float(Double)
  case string(String)
}
