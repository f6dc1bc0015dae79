import YAMLDocuments

extension YAMLNode {
  /// The node below at `containers[0].env[3].value`; keys hold neither dots nor brackets.
  func node(at path: String) -> YAMLNode? {
    var node: YAMLNode? = self
    for step in path.split(separator: ".") {
      let parts = step.split(separator: "[")
      node = node?[String(parts[0])]
      for part in parts.dropFirst() {
        guard let index = Int(part.dropLast()), let items = node?.sequence, index < items.count
        else { return nil }
        node = items[index]
      }
    }
    return node
  }

  /// A text that a person wrote for a string: a version `1.10` too, but nothing empty.
  var writtenText: String? {
    guard let scalar, !isNull, !scalar.text.isEmpty else { return nil }
    return scalar.text
  }
}

extension SourceText {
  /// The bytes of `text` in a scalar: all of it, or a part, such as the value of `--image=VALUE`.
  func part(_ text: String, in node: YAMLNode, kind: ReferencePart.Kind) -> ReferencePart {
    let wanted = Array(text.trimmed.utf8)
    let range = content(of: node)
    if let found = bytes[range].range(ofBytes: wanted),
      let inFile = fileRange(found)
    {
      return ReferencePart(kind: kind, text: String(text.trimmed), range: inFile)
    }
    let start = fileOffset(range.lowerBound)
    return ReferencePart(
      kind: kind, text: text, range: fileRange(range) ?? start..<start, isExact: false)
  }

  /// Without the first line of a block scalar, which may hold a comment (YAML 1.2.2, 8.1.1).
  private func content(of node: YAMLNode) -> Range<Int> {
    let range = node.byteRange.clamped(to: 0..<bytes.count)
    guard let style = node.scalar?.style, style == .literal || style == .folded else {
      return range
    }
    return TextLine.end(in: bytes, range)..<range.upperBound
  }
}

extension String {
  /// Without the blanks around it.
  var trimmed: Substring {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
