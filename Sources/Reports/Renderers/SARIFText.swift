/// Texts as SARIF wants them.
enum SARIFText {
  /// A `message` or `multiformatMessageString`; nil for no text, which the schema refuses.
  static func message(_ text: String) -> JSONValue? {
    text.isEmpty ? nil : .members(["text": .string(plain(text))])
  }

  /// Sections 3.11.5 and 3.11.6: braces hold arguments and are doubled, brackets begin links and
  /// take a backslash: no name becomes a link.
  static func plain(_ text: String) -> String {
    var result = ""
    for character in TerminalText.sanitized(text) {
      switch character {
      case "{", "}": result += "\(character)\(character)"
      case "[", "]", "\\": result += "\\\(character)"
      default: result.append(character)
      }
    }
    return result
  }

  /// RFC 3986, section 2.3: all but unreserved characters are percent-encoded.
  static func segment(_ text: String) -> String {
    // A dot segment would climb.
    if text == "." || text == ".." { return text.replacing(".", with: "%2E") }
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }

  /// A name within a path; `..` of an argument stays what it is.
  static func pathSegment(_ text: String) -> String {
    text == "." || text == ".." ? text : segment(text)
  }

  /// An absolute web address without characters that RFC 3986 forbids.
  static func isURL(_ text: String) -> Bool {
    (text.hasPrefix("https://") || text.hasPrefix("http://"))
      && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !"\"<>\\^`{|}".utf8.contains($0) }
  }
}
