/// One node of a document, with the place of its content.
package struct YAMLNode: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    /// In the order of the text.
    case mapping([YAMLPair])
  }

  package let content: Content
  /// The first byte of the content: the opening quote, bracket or `|`, after any anchor and tag.
  package let start: YAMLMark
  /// Just after the content: after the closing quote or bracket; for literal and folded scalars
  /// the beginning of the line after them; for block collections the end of the last child.
  package let end: YAMLMark
  private let properties: Properties?
  /// A collection written with `[ ]` or `{ }`.
  package let isFlow: Bool

  package init(
    content: Content, start: YAMLMark, end: YAMLMark, anchor: String? = nil,
    alias: YAMLAlias? = nil, collectionTag: String? = nil, isFlow: Bool = false
  ) {
    self.content = content
    self.start = start
    self.end = end
    let isPlain = anchor == nil && alias == nil && collectionTag == nil
    properties =
      isPlain ? nil : .these(anchor: anchor, alias: alias, collectionTag: collectionTag)
    self.isFlow = isFlow
  }

  /// What few nodes have; apart, so that all others are small: trees are copied all the time.
  private indirect enum Properties: Hashable, Sendable {
    case these(anchor: String?, alias: YAMLAlias?, collectionTag: String?)
  }

  /// `name` of `&name` on this node.
  package var anchor: String? {
    guard case .these(let anchor, _, _) = properties else { return nil }
    return anchor
  }

  /// Where and how this node was referred to, if it stands here through `*name`. `start` and
  /// `end` are then those of the anchored content, as are those of everything below.
  package var alias: YAMLAlias? {
    guard case .these(_, let alias, _) = properties else { return nil }
    return alias
  }

  /// An explicit tag of a collection; a scalar keeps its own.
  package var collectionTag: String? {
    guard case .these(_, _, let tag) = properties else { return nil }
    return tag
  }

  /// The bytes of the content in the input.
  package var byteRange: Range<Int> {
    start.byteOffset..<max(start.byteOffset, end.byteOffset)
  }
}

/// A key and its value.
package struct YAMLPair: Hashable, Sendable {
  package let key: YAMLNode
  package let value: YAMLNode

  package init(key: YAMLNode, value: YAMLNode) {
    self.key = key
    self.value = value
  }
}

/// The place of `*name`.
package struct YAMLAlias: Hashable, Sendable {
  package let name: String
  package let start: YAMLMark
  package let end: YAMLMark

  package init(name: String, start: YAMLMark, end: YAMLMark) {
    self.name = name
    self.start = start
    self.end = end
  }
}

extension YAMLNode {
  package var scalar: YAMLScalar? {
    guard case .scalar(let scalar) = content else { return nil }
    return scalar
  }

  package var sequence: [YAMLNode]? {
    guard case .sequence(let items) = content else { return nil }
    return items
  }

  package var mapping: [YAMLPair]? {
    guard case .mapping(let pairs) = content else { return nil }
    return pairs
  }

  /// The value of the first key with this text; nil for anything but a mapping.
  package subscript(key: String) -> YAMLNode? {
    mapping?.first { $0.key.scalar?.text == key }?.value
  }

  /// The meaning of a scalar; nil for collections.
  package var value: YAMLScalarValue? { scalar?.value }

  /// The text of a scalar that means a string: `"1"`, but not `1`.
  package var string: String? {
    guard case .string(let text) = value else { return nil }
    return text
  }

  package var isNull: Bool { value == .null }

  package var bool: Bool? {
    guard case .bool(let flag) = value else { return nil }
    return flag
  }

  package var int: Int64? {
    guard case .int(let number) = value else { return nil }
    return number
  }

  /// What stands here, for messages: "a mapping", "a string", "a number". Never the content.
  package var kindInWords: String {
    switch content {
    case .mapping: return "a mapping"
    case .sequence: return "a list"
    case .scalar(let scalar):
      switch scalar.value {
      case .null: return "nothing"
      case .bool: return "a boolean"
      case .int, .unsigned, .float: return "a number"
      case .string: return "a string"
      }
    }
  }
}
