/// A value to be written: keys are strings and keep their order.
package enum YAMLTree: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case sequence([YAMLTree])
  case mapping([YAMLTreePair])

  /// A mapping from literal pairs; pairs without a value are left out.
  package static func fields(_ pairs: KeyValuePairs<String, YAMLTree?>) -> YAMLTree {
    .mapping(
      pairs.compactMap { key, value in value.map { YAMLTreePair(key: key, value: $0) } })
  }

  package static func strings(_ texts: some Sequence<String>) -> YAMLTree {
    .sequence(texts.map { .string($0) })
  }
}

package struct YAMLTreePair: Hashable, Sendable {
  package let key: String
  package let value: YAMLTree

  package init(key: String, value: YAMLTree) {
    self.key = key
    self.value = value
  }
}

extension YAMLTree: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(integerLiteral value: Int) { self = .int(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(arrayLiteral elements: YAMLTree...) { self = .sequence(elements) }
}
