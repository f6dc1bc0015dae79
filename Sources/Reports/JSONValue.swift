/// A JSON document whose members keep their order.
package indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  /// A number that is no 64-bit integer, as it was written; only in documents that were read.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package let key: String
    package let value: JSONValue
  }

  package static func members(_ members: KeyValuePairs<String, JSONValue>) -> JSONValue {
    .object(members.map { Member(key: $0.key, value: $0.value) })
  }

  /// Without the members that have no value.
  package static func present(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
  }

  package static func text(_ text: String?) -> JSONValue {
    text.map { .string($0) } ?? .null
  }

  package static func count(_ count: Int?) -> JSONValue {
    count.map { .integer(Int64($0)) } ?? .null
  }

  package static func texts(_ texts: [String]) -> JSONValue {
    .array(texts.map { .string($0) })
  }
}

extension JSONValue {
  /// The document in RFC 8259, indented by two spaces, ended with a line feed.
  ///
  /// Every character that acts on a terminal or that JavaScript takes for a line end is written as
  /// an escape: showing the bytes does nothing, reading them gives the text back unchanged.
  package func serialized() -> [UInt8] {
    var bytes: [UInt8] = []
    Self.write(self, indent: 0, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// The value inside of a document that is being written, at this depth.
  func append(indent: Int, to bytes: inout [UInt8]) {
    Self.write(self, indent: indent, to: &bytes)
  }

  /// The same document without white space, on one line that ends with a line feed.
  package func line() -> [UInt8] {
    var bytes: [UInt8] = []
    Self.write(self, indent: nil, to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// - Parameter indent: nil for no white space at all.
  private static func write(_ value: JSONValue, indent: Int?, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .number(let text): bytes += text.utf8
    case .string(let text): write(text, to: &bytes)
    case .array(let values):
      write(values, brackets: "[]", indent: indent, to: &bytes) { value, bytes in
        write(value, indent: indent.map { $0 + 1 }, to: &bytes)
      }
    case .object(let members):
      write(members, brackets: "{}", indent: indent, to: &bytes) { member, bytes in
        write(key: member.key, indent: indent, to: &bytes)
        write(member.value, indent: indent.map { $0 + 1 }, to: &bytes)
      }
    }
  }

  /// The elements between brackets, each on a line of its own unless `indent` is nil, which is that
  /// of the line with the first bracket.
  static func write<Element, Failure: Error>(
    _ elements: [Element], brackets: String, indent: Int?, to bytes: inout [UInt8],
    element: (Element, inout [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    bytes += brackets.prefix(1).utf8
    for (index, item) in elements.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      if let indent { newLine(indent + 1, to: &bytes) }
      try element(item, &bytes)
    }
    if let indent, !elements.isEmpty { newLine(indent, to: &bytes) }
    bytes += brackets.suffix(1).utf8
  }

  /// A member's key and what parts it from the value.
  static func write(key: String, indent: Int?, to bytes: inout [UInt8]) {
    write(key, to: &bytes)
    bytes += (indent == nil ? ":" : ": ").utf8
  }

  private static func newLine(_ indent: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\n"))
    bytes += repeatElement(UInt8(ascii: " "), count: 2 * indent)
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": bytes += "\\\"".utf8
      case "\\": bytes += "\\\\".utf8
      case "\n": bytes += "\\n".utf8
      case "\r": bytes += "\\r".utf8
      case "\t": bytes += "\\t".utf8
      default:
        if scalar.value > 0x1F && scalar.value < 0x7F {
          bytes.append(UInt8(scalar.value))
        } else if TerminalText.acts(scalar) {
          // RFC 8259, section 7: outside the basic plane as a surrogate pair.
          for unit in String(scalar).utf16 {
            let digits = String(unit, radix: 16)
            bytes += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
          }
        } else {
          bytes += String(scalar).utf8
        }
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
