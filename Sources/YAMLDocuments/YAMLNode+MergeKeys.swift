extension YAMLNode {
  /// This node with every plain `<<` key replaced by what it brings in.
  ///
  /// https://yaml.org/type/merge.html: keys of the mapping itself win, then earlier mappings of
  /// a list. What came in stands after the mapping's own keys and keeps its positions. The result
  /// has no more nodes than this node, whose size the loader has capped.
  package func applyingMergeKeys() throws(YAMLError) -> YAMLNode {
    switch content {
    case .scalar:
      return self
    case .sequence(let items):
      var merged: [YAMLNode] = []
      for item in items { merged.append(try item.applyingMergeKeys()) }
      return replacing(.sequence(merged))
    case .mapping(let pairs):
      return replacing(.mapping(try Self.merge(pairs)))
    }
  }

  private static func merge(_ pairs: [YAMLPair]) throws(YAMLError) -> [YAMLPair] {
    var own: [YAMLPair] = []
    var sources: [YAMLNode] = []
    for pair in pairs {
      let value = try pair.value.applyingMergeKeys()
      guard let key = pair.key.scalar, key.text == "<<", key.style == .plain else {
        own.append(YAMLPair(key: pair.key, value: value))
        continue
      }
      switch value.content {
      case .mapping: sources.append(value)
      case .sequence(let items): sources += items
      case .scalar:
        let mark = pair.value.alias?.start ?? pair.value.start
        throw .invalidMerge(line: mark.line, column: mark.column)
      }
    }
    guard !sources.isEmpty else { return own }
    var known = Set(own.compactMap { $0.key.scalar?.text })
    for source in sources {
      guard let brought = source.mapping else {
        let mark = source.alias?.start ?? source.start
        throw .invalidMerge(line: mark.line, column: mark.column)
      }
      for pair in brought {
        if let text = pair.key.scalar?.text, !known.insert(text).inserted { continue }
        own.append(pair)
      }
    }
    return own
  }

  private func replacing(_ content: Content) -> YAMLNode {
    YAMLNode(
      content: content, start: start, end: end, anchor: anchor, alias: alias,
      collectionTag: collectionTag, isFlow: isFlow)
  }
}
