/// How a server wants to be convinced: one challenge of a `WWW-Authenticate` field.
enum Challenge: Hashable, Sendable {
  /// OCI distribution: a token of this service first.
  case bearer(realm: String, service: String?, scope: String?)
  case basic

  /// The first challenge that can be met, Bearer before Basic; nil when there is none.
  static func best(of fields: [String]) -> Challenge? {
    let all = fields.flatMap(parse)
    return all.first { $0 != .basic } ?? all.first
  }

  /// RFC 9110, section 11.6.1: a list of `scheme param="value", …`, in which the commas part both
  /// parameters and challenges.
  static func parse(_ field: String) -> [Challenge] {
    var scanner = Scanner(rest: field[...].utf8.prefix(8192))
    var found: [(scheme: String, parameters: [String: String])] = []
    while true {
      scanner.skip { $0 == UInt8(ascii: ",") || Scanner.isSpace($0) }
      guard let word = scanner.token() else { break }
      let isSpaced = scanner.skip(Scanner.isSpace)
      if !found.isEmpty, scanner.take(UInt8(ascii: "=")) {
        scanner.skip(Scanner.isSpace)
        guard let value = scanner.value() else { break }
        // The first one counts: a repeated parameter is invalid.
        let last = found.count - 1
        if found[last].parameters[word.lowercased()] == nil {
          found[last].parameters[word.lowercased()] = value
        }
      } else if isSpaced || scanner.isAtEndOrComma {
        found.append((word.lowercased(), [:]))
      } else {
        break
      }
    }
    return found.compactMap { scheme, parameters in
      switch scheme {
      case "basic": return .basic
      case "bearer":
        guard let realm = parameters["realm"] else { return nil }
        return .bearer(
          realm: realm, service: parameters["service"], scope: parameters["scope"])
      default: return nil
      }
    }
  }
}

/// A walk over the bytes of a field.
private struct Scanner {
  var rest: Substring.UTF8View

  init(rest: Substring.UTF8View) {
    self.rest = rest
  }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 }

  var isAtEndOrComma: Bool { rest.first.map { $0 == UInt8(ascii: ",") } ?? true }

  @discardableResult
  mutating func skip(_ isSkipped: (UInt8) -> Bool) -> Bool {
    let start = rest.startIndex
    rest = rest.drop(while: isSkipped)
    return rest.startIndex != start
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest = rest.dropFirst()
    return true
  }

  mutating func token() -> String? {
    let word = rest.prefix { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
    guard !word.isEmpty else { return nil }
    rest = rest.dropFirst(word.count)
    return String(Substring(word))
  }

  /// A token or a quoted string; nil when a quotation is not closed.
  mutating func value() -> String? {
    guard take(UInt8(ascii: "\"")) else { return token() }
    var bytes: [UInt8] = []
    while let byte = rest.first {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
      if byte == UInt8(ascii: "\\") {
        guard let escaped = rest.first else { return nil }
        rest = rest.dropFirst()
        bytes.append(escaped)
      } else {
        bytes.append(byte)
      }
    }
    return nil
  }
}
