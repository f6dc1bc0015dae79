/// Reads label selectors by the grammar of apimachinery, `pkg/labels/selector.go` (`Parser`).
struct LabelSelectorParser {
  private enum Token: Hashable {
    case word(String)
    /// One of `! = == != < > ( ) ,`.
    case symbol(String)
    case end

    var text: String {
      switch self {
      case .word(let text), .symbol(let text): text
      case .end: ""
      }
    }
  }

  private var tokens: ArraySlice<Token>

  init(_ text: String) {
    tokens = Self.tokens(of: text)[...]
  }

  mutating func requirements() throws(LabelSelectorError) -> [LabelSelector.Requirement] {
    var requirements: [LabelSelector.Requirement] = []
    if next == .end { return [] }
    while true {
      requirements.append(try requirement())
      let separator = take()
      if separator == .end { return requirements }
      guard separator == .symbol(",") else {
        throw .unexpected(found: separator.text, expected: "\",\" or the end")
      }
    }
  }

  private mutating func requirement() throws(LabelSelectorError) -> LabelSelector.Requirement {
    let isNegated = next == .symbol("!")
    if isNegated { _ = take() }
    guard case .word(let key) = next else {
      throw .unexpected(
        found: next.text, expected: isNegated ? "a label key" : "a label key or \"!\"")
    }
    _ = take()
    guard LabelSyntax.isKey(key) else { throw .invalidKey(key) }
    if isNegated { return .init(key: key, condition: .doesNotExist) }
    if next == .end || next == .symbol(",") { return .init(key: key, condition: .exists) }
    return .init(key: key, condition: try condition(on: key))
  }

  private mutating func condition(
    on key: String
  ) throws(LabelSelectorError) -> LabelSelector.Condition {
    switch take() {
    case .symbol("="), .symbol("=="): return .isIn([try value()])
    case .symbol("!="): return .isNotIn([try value()])
    case .symbol(">"): return .isGreater(than: try number())
    case .symbol("<"): return .isLess(than: try number())
    case .word("in"): return .isIn(try values(of: key))
    case .word("notin"): return .isNotIn(try values(of: key))
    case let other:
      throw .unexpected(found: other.text, expected: "=, ==, !=, in, notin, > or <")
    }
  }

  /// One value; nothing before a comma or the end is the empty one.
  private mutating func value() throws(LabelSelectorError) -> String {
    if next == .end || next == .symbol(",") { return "" }
    let token = take()
    guard case .word(let text) = token else {
      throw .unexpected(found: token.text, expected: "a label value")
    }
    guard LabelSyntax.isValue(text) else { throw .invalidValue(text) }
    return text
  }

  private mutating func number() throws(LabelSelectorError) -> Int64 {
    let text = try value()
    guard let number = Int64(text) else { throw .notANumber(text) }
    return number
  }

  /// `(a, b)`; nothing between two commas is the empty value.
  private mutating func values(of key: String) throws(LabelSelectorError) -> Set<String> {
    let opening = take()
    guard opening == .symbol("(") else {
      throw .unexpected(found: opening.text, expected: "\"(\"")
    }
    if next == .symbol(")") { throw .noValues(key: key) }
    var values: Set<String> = []
    while true {
      var text = ""
      if case .word(let word) = next {
        text = word
        _ = take()
      }
      guard LabelSyntax.isValue(text) else { throw .invalidValue(text) }
      values.insert(text)
      let separator = take()
      if separator == .symbol(")") { return values }
      guard separator == .symbol(",") else {
        throw .unexpected(found: separator.text, expected: "\",\" or \")\"")
      }
    }
  }

  // MARK: Tokens

  private var next: Token { tokens.first ?? .end }

  private mutating func take() -> Token { tokens.popFirst() ?? .end }

  private static let symbols: Set<Character> = ["=", "!", "(", ")", ",", ">", "<"]

  private static func tokens(of text: String) -> [Token] {
    var tokens: [Token] = []
    var rest = text[...]
    while let first = rest.first {
      if isSpace(first) {
        rest.removeFirst()
      } else if symbols.contains(first) {
        let symbol = ["==", "!="].first { rest.hasPrefix($0) } ?? String(first)
        tokens.append(.symbol(symbol))
        rest.removeFirst(symbol.count)
      } else {
        let word = rest.prefix { !isSpace($0) && !symbols.contains($0) }
        tokens.append(.word(String(word)))
        rest = rest.dropFirst(word.count)
      }
    }
    return tokens
  }

  private static func isSpace(_ character: Character) -> Bool {
    [" ", "\t", "\r", "\n", "\r\n"].contains(character)
  }
}

/// What the API server takes for keys and values of labels (apimachinery,
/// `pkg/util/validation/validation.go`).
private enum LabelSyntax {
  /// `IsQualifiedName`: an optional prefix that is a DNS name, and a name.
  static func isKey(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return isName(parts[0])
    case 2: return isSubdomain(parts[0]) && isName(parts[1])
    default: return false
    }
  }

  /// `IsValidLabelValue`
  static func isValue(_ text: String) -> Bool {
    text.isEmpty || isName(text[...])
  }

  private static func isName(_ text: Substring) -> Bool {
    let bytes = text.utf8
    guard (1...63).contains(bytes.count), let first = bytes.first, let last = bytes.last else {
      return false
    }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && bytes.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
  }

  private static func isSubdomain(_ text: Substring) -> Bool {
    text.utf8.count <= 253
      && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
        guard let first = part.utf8.first, let last = part.utf8.last else { return false }
        return isLower(first) && isLower(last)
          && part.utf8.allSatisfy { isLower($0) || $0 == UInt8(ascii: "-") }
      }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLower(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  /// A small letter or a digit.
  private static func isLower(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
