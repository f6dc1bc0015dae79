extension YAMLWriter {
  /// The string on one line, plain where that is beyond doubt, else in double quotes.
  package static func scalar(_ string: String) -> String {
    isPlain(string) ? string : doubleQuoted(string)
  }

  /// YAML 1.2.2, section 7.3.2, and JSON wherever JSON has the escape.
  package static func doubleQuoted(_ string: String) -> String {
    doubleQuoted(string, escapesQuotes: true)
  }

  static func doubleQuoted(_ string: String, escapesQuotes: Bool) -> String {
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"" where escapesQuotes: result += "\\\""
      case "\\" where escapesQuotes: result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if mustEscape(scalar) {
          result += escape(scalar)
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }

  /// Letters first, then only what has no meaning in YAML, and no word that 1.1 or 1.2 knows.
  static func isPlain(_ string: String) -> Bool {
    let bytes = Array(string.utf8)
    guard let first = bytes.first, let last = bytes.last else { return false }
    guard isLetter(first) || first == UInt8(ascii: "_") || first == UInt8(ascii: "/") else {
      return false
    }
    // A colon at the end makes a key, a space before `#` a comment.
    guard last != UInt8(ascii: ":"), last != UInt8(ascii: " ") else { return false }
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): continue
      case _ where isLetter(byte): continue
      case _ where "_-./+@=".utf8.contains(byte): continue
      case UInt8(ascii: ":"):
        if bytes[index + 1] == UInt8(ascii: " ") { return false }
      case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ";"):
        continue
      default:
        return false
      }
    }
    return !reservedWords.contains(string.lowercased())
  }

  /// Words that YAML 1.1 (https://yaml.org/type/) or the 1.2 core schema resolve.
  private static let reservedWords: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null",
  ]

  /// Several lines of printable text, none of blanks only, the first not indented, at most one
  /// line break at the end: what `|` and `|-` carry unchanged.
  static func suitsLiteralBlock(_ string: String) -> Bool {
    guard string.utf8.contains(UInt8(ascii: "\n")) else { return false }
    for scalar in string.unicodeScalars where scalar != "\n" && mustEscape(scalar) {
      return false
    }
    let body = string.hasSuffix("\n") ? string.dropLast() : string[...]
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, let last = lines.last, !first.isEmpty, !last.isEmpty,
      first.utf8.first != UInt8(ascii: " ")
    else { return false }
    return lines.allSatisfy { $0.isEmpty || $0.contains { $0 != " " } }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
  }

  /// Controls, line separators, and characters that are invisible or turn text around.
  private static func mustEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      return true
    default:
      return false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    // libyaml and JSON agree on `\u`; astral scalars need YAML's `\U`.
    let (letter, width) = scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: width - digits.count) + digits
  }
}
