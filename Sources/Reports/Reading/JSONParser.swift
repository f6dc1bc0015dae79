/// Reads RFC 8259 text, nothing looser: one document, valid UTF-8, keys that do not repeat, at
/// most 64 levels deep.
struct JSONParser {
  private static let maximumDepth = 64

  private let bytes: [UInt8]
  private var place = 0

  static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    parser.skipBlanks()
    let value = try parser.value(depth: 0)
    parser.skipBlanks()
    guard parser.place == bytes.count else { throw parser.error("the end of the document") }
    return value
  }

  /// Documents one after the other, as far as they are JSON; at least one is expected.
  static func parseSequence(_ bytes: [UInt8]) -> (documents: [JSONValue], error: JSONSyntaxError?) {
    var parser = JSONParser(bytes: bytes)
    var documents: [JSONValue] = []
    do {
      repeat {
        parser.skipBlanks()
        documents.append(try parser.value(depth: 0))
        parser.skipBlanks()
      } while parser.place < bytes.count
    } catch {
      return (documents, error)
    }
    return (documents, nil)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var next: UInt8? {
    place < bytes.count ? bytes[place] : nil
  }

  private mutating func value(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    guard depth < Self.maximumDepth else {
      throw error("at most \(Self.maximumDepth) levels of lists and objects")
    }
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte): return try number()
    default: throw error("a value")
    }
  }

  private mutating func object(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    place += 1
    skipBlanks()
    if take("}") { return .object([]) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw error("a key in double quotes") }
      let start = place
      let key = try string()
      guard keys.insert(key).inserted else {
        place = start
        throw error("a key that its object does not have yet")
      }
      skipBlanks()
      guard take(":") else { throw error("\":\"") }
      skipBlanks()
      members.append(.init(key: key, value: try value(depth: depth + 1)))
      skipBlanks()
    } while take(",")
    guard take("}") else { throw error("\",\" or \"}\"") }
    return .object(members)
  }

  private mutating func array(depth: Int) throws(JSONSyntaxError) -> JSONValue {
    var values: [JSONValue] = []
    place += 1
    skipBlanks()
    if take("]") { return .array([]) }
    repeat {
      skipBlanks()
      values.append(try value(depth: depth + 1))
      skipBlanks()
    } while take(",")
    guard take("]") else { throw error("\",\" or \"]\"") }
    return .array(values)
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    let text = word.description
    guard bytes[place...].starts(with: text.utf8) else { throw error("\"\(text)\"") }
    place += text.utf8.count
    return value
  }

  /// Section 6.
  private mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = place
    _ = take("-")
    // No digit may follow a leading zero.
    if !take("0") { try digits() }
    var isWhole = true
    if take(".") {
      isWhole = false
      try digits()
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    if isWhole, let number = Int64(text) { return .integer(number) }
    return .number(text)
  }

  private mutating func digits() throws(JSONSyntaxError) {
    let start = place
    while let byte = next, Self.isDigit(byte) { place += 1 }
    guard place > start else { throw error("a digit") }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  // MARK: Strings, section 7

  private mutating func string() throws(JSONSyntaxError) -> String {
    place += 1
    let start = place
    // Most strings hold no escape: they are copied once.
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      place += 1
    }
    if next == UInt8(ascii: "\"") {
      let text = try text(of: bytes[start..<place])
      place += 1
      return text
    }
    var content = Array(bytes[start..<place])
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        let text = try text(of: content[...])
        place += 1
        return text
      case UInt8(ascii: "\\"):
        place += 1
        content += String(try escape()).utf8
      case 0..<0x20:
        throw error("an escape instead of a control character")
      default:
        content.append(byte)
        place += 1
      }
    }
    throw error("the end of a string")
  }

  private func text(of slice: ArraySlice<UInt8>) throws(JSONSyntaxError) -> String {
    guard let text = String(validating: slice, as: UTF8.self) else { throw error("UTF-8") }
    return text
  }

  /// After the backslash.
  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    guard let byte = next else { throw error("the end of a string") }
    let simple: Unicode.Scalar? =
      switch byte {
      case UInt8(ascii: "\""): "\""
      case UInt8(ascii: "\\"): "\\"
      case UInt8(ascii: "/"): "/"
      case UInt8(ascii: "b"): "\u{8}"
      case UInt8(ascii: "f"): "\u{C}"
      case UInt8(ascii: "n"): "\n"
      case UInt8(ascii: "r"): "\r"
      case UInt8(ascii: "t"): "\t"
      default: nil
      }
    if let simple {
      place += 1
      return simple
    }
    guard take("u") else { throw error("one of the escapes of JSON") }
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    // Outside the basic plane: the other half of the pair has to follow.
    guard (0xD800...0xDBFF).contains(unit), take("\\"), take("u") else {
      throw error("a whole surrogate pair")
    }
    let low = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(
        0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00)
    else { throw error("a whole surrogate pair") }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONSyntaxError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
      place += 1
    }
    return unit
  }

  // MARK: Places

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      place += 1
    }
  }

  private func error(_ expected: String) -> JSONSyntaxError {
    let before = bytes[..<place]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return JSONSyntaxError(line: line, column: place - start + 1, expected: expected)
  }
}

/// Text that is no JSON; line and column (in bytes) count from 1.
struct JSONSyntaxError: Error, Hashable {
  let line: Int
  let column: Int
  let expected: String
}
