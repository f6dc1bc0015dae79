/// Writes values as YAML that every reader, of YAML 1.1 or 1.2, reads back unchanged.
///
/// Block style, two spaces, strings in double quotes wherever a reader could take them for
/// something else. Nothing that moves a terminal's cursor or reorders text is written raw.
package struct YAMLWriter: Sendable {
  package private(set) var text = ""
  private var hasDocument = false

  package init() {}

  /// One document, ended with a line break.
  package static func text(_ tree: YAMLTree) -> String {
    var writer = YAMLWriter()
    writer.document(tree)
    return writer.text
  }

  /// Adds a document; from the second on with `---` before it.
  package mutating func document(_ tree: YAMLTree) {
    if hasDocument { text += "---\n" }
    hasDocument = true
    switch tree {
    case .mapping(let pairs) where !pairs.isEmpty:
      write(pairs, indent: 0, isFirstIndented: true)
    case .sequence(let items) where !items.isEmpty:
      write(items, indent: 0, isFirstIndented: true)
    default:
      text += Self.inline(tree) + "\n"
    }
  }

  /// Adds whole comment lines, for text before and between documents.
  package mutating func comment(_ lines: String) {
    for line in lines.split(separator: "\n", omittingEmptySubsequences: false) {
      let quoted = Self.doubleQuoted(String(line), escapesQuotes: false)
      text += line.isEmpty ? "#\n" : "# \(quoted.dropFirst().dropLast())\n"
    }
  }

  private mutating func write(_ pairs: [YAMLTreePair], indent: Int, isFirstIndented: Bool) {
    for (index, pair) in pairs.enumerated() {
      if index > 0 || isFirstIndented { pad(indent) }
      text += Self.scalar(pair.key) + ":"
      switch pair.value {
      case .mapping(let inner) where !inner.isEmpty:
        text += "\n"
        write(inner, indent: indent + 2, isFirstIndented: true)
      case .sequence(let inner) where !inner.isEmpty:
        text += "\n"
        write(inner, indent: indent + 2, isFirstIndented: true)
      default:
        write(leaf: pair.value, indent: indent + 2)
      }
    }
  }

  private mutating func write(_ items: [YAMLTree], indent: Int, isFirstIndented: Bool) {
    for (index, item) in items.enumerated() {
      if index > 0 || isFirstIndented { pad(indent) }
      text += "-"
      switch item {
      case .mapping(let inner) where !inner.isEmpty:
        text += " "
        write(inner, indent: indent + 2, isFirstIndented: false)
      case .sequence(let inner) where !inner.isEmpty:
        text += " "
        write(inner, indent: indent + 2, isFirstIndented: false)
      default:
        write(leaf: item, indent: indent + 2)
      }
    }
  }

  private mutating func write(leaf: YAMLTree, indent: Int) {
    guard case .string(let string) = leaf, Self.suitsLiteralBlock(string) else {
      text += " " + Self.inline(leaf) + "\n"
      return
    }
    let endsWithBreak = string.hasSuffix("\n")
    text += endsWithBreak ? " |\n" : " |-\n"
    let body = endsWithBreak ? string.dropLast() : string[...]
    for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
      if !line.isEmpty {
        pad(indent)
        text += line
      }
      text += "\n"
    }
  }

  private mutating func pad(_ count: Int) {
    text += String(repeating: " ", count: count)
  }

  private static func inline(_ tree: YAMLTree) -> String {
    switch tree {
    case .null: return "null"
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return String(number)
    case .double(let number):
      if number.isNaN { return ".nan" }
      if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
      // YAML 1.1 wants a point before an exponent and a sign after it.
      let text = String(number)
      guard let exponent = text.firstIndex(of: "e") else { return text }
      let mantissa = text[..<exponent]
      let power = text[text.index(after: exponent)...]
      return mantissa + (mantissa.contains(".") ? "" : ".0") + "e"
        + (power.hasPrefix("-") || power.hasPrefix("+") ? "" : "+") + power
    case .string(let string): return scalar(string)
    case .sequence: return "[]"
    case .mapping: return "{}"
    }
  }
}
