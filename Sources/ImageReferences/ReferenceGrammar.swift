/// The byte-level grammar of `distribution/reference` (regexp.go) and of
/// `opencontainers/go-digest`.
///
/// Every check reads a range of the text once and allocates nothing.
enum ReferenceGrammar {
  enum PathFault: Error {
    case empty
    case emptyComponent
    case upperCase
    case badSeparator
    case badCharacter
  }

  enum DigestFault: Error {
    case malformed
    case unknownAlgorithm
    case wrongLength(algorithm: StaticString, expected: Int)
    case notLowerHex
  }

  /// `maximum length of a repository`, reference.go `RepositoryNameTotalLengthMax`.
  static let longestRepository = 255
  /// regexp.go `tag`: `[\w][\w.-]{0,127}`.
  static let longestTag = 128

  /// regexp.go `domainAndPort`: host labels or a bracketed IPv6 address, then an optional port.
  static func isDomain(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    guard index < range.upperBound else { return false }
    if bytes[index] == UInt8(ascii: "[") {
      // ipv6address: `\[(?:[a-fA-F0-9:]+)\]`; a zone id is not part of the grammar.
      index += 1
      let start = index
      while index < range.upperBound, isHex(bytes[index]) || bytes[index] == UInt8(ascii: ":") {
        index += 1
      }
      guard index > start, index < range.upperBound, bytes[index] == UInt8(ascii: "]") else {
        return false
      }
      index += 1
    } else {
      // domainNameComponent ("." domainNameComponent)*: no hyphen at either end of a label.
      while true {
        let start = index
        while index < range.upperBound,
          isAlphanumeric(bytes[index]) || bytes[index] == UInt8(ascii: "-")
        {
          index += 1
        }
        guard index > start, bytes[start] != UInt8(ascii: "-"),
          bytes[index - 1] != UInt8(ascii: "-")
        else { return false }
        guard index < range.upperBound, bytes[index] == UInt8(ascii: ".") else { break }
        index += 1
      }
    }
    // optionalPort: `(?::[0-9]+)?`.
    guard index < range.upperBound else { return true }
    guard bytes[index] == UInt8(ascii: ":") else { return false }
    index += 1
    guard index < range.upperBound else { return false }
    while index < range.upperBound {
      guard isDigit(bytes[index]) else { return false }
      index += 1
    }
    return true
  }

  /// regexp.go `remoteName`: path components joined by `/`, each
  /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`.
  static func checkPath(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(PathFault) {
    guard !range.isEmpty else { throw .empty }
    for index in range where isUpper(bytes[index]) { throw .upperCase }
    var index = range.lowerBound
    while true {
      guard index < range.upperBound, bytes[index] != UInt8(ascii: "/") else {
        throw .emptyComponent
      }
      guard isLowerAlphanumeric(bytes[index]) else {
        throw isSeparator(bytes[index]) ? .badSeparator : .badCharacter
      }
      component: while true {
        while index < range.upperBound, isLowerAlphanumeric(bytes[index]) { index += 1 }
        guard index < range.upperBound else { return }
        switch bytes[index] {
        case UInt8(ascii: "/"):
          index += 1
          break component
        case UInt8(ascii: "."):
          index += 1
        case UInt8(ascii: "_"):
          index += 1
          if index < range.upperBound, bytes[index] == UInt8(ascii: "_") { index += 1 }
        case UInt8(ascii: "-"):
          while index < range.upperBound, bytes[index] == UInt8(ascii: "-") { index += 1 }
        default:
          throw .badCharacter
        }
        guard index < range.upperBound, isLowerAlphanumeric(bytes[index]) else {
          throw .badSeparator
        }
      }
    }
  }

  /// regexp.go `tag`, the length apart.
  static func isTag(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard let first = range.first, isAlphanumeric(bytes[first]) || bytes[first] == underscore else {
      return false
    }
    for index in range {
      let byte = bytes[index]
      guard
        isAlphanumeric(byte) || byte == underscore || byte == UInt8(ascii: ".")
          || byte == UInt8(ascii: "-")
      else { return false }
    }
    return true
  }

  /// go-digest `Digest.Validate`: a known algorithm and exactly its number of lower-case hex
  /// digits.
  static func checkDigest(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(DigestFault) {
    guard let colon = range.first(where: { bytes[$0] == UInt8(ascii: ":") }) else {
      throw .malformed
    }
    let algorithm = range.lowerBound..<colon
    let expected: Int
    let name: StaticString
    if matches(bytes, algorithm, "sha256") {
      (name, expected) = ("sha256", 64)
    } else if matches(bytes, algorithm, "sha384") {
      (name, expected) = ("sha384", 96)
    } else if matches(bytes, algorithm, "sha512") {
      (name, expected) = ("sha512", 128)
    } else {
      throw algorithm.isEmpty ? .malformed : .unknownAlgorithm
    }
    let encoded = (colon + 1)..<range.upperBound
    guard encoded.count == expected else {
      throw .wrongLength(algorithm: name, expected: expected)
    }
    for index in encoded where !isHex(bytes[index]) || isUpper(bytes[index]) {
      throw .notLowerHex
    }
  }

  /// regexp.go `anchoredIdentifier`: `^[a-f0-9]{64}$`.
  static func isIdentifier(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    range.count == 64 && range.allSatisfy { isHex(bytes[$0]) && !isUpper(bytes[$0]) }
  }

  /// The white space that a person or a template leaves around a reference.
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  static func isUpper(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  static func matches(_ bytes: Span<UInt8>, _ range: Range<Int>, _ text: StaticString) -> Bool {
    guard range.count == text.utf8CodeUnitCount else { return false }
    return text.withUTF8Buffer { expected in
      for (offset, byte) in expected.enumerated() where bytes[range.lowerBound + offset] != byte {
        return false
      }
      return true
    }
  }

  private static let underscore = UInt8(ascii: "_")

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == underscore || byte == UInt8(ascii: "-")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || isDigit(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLowerAlphanumeric(byte) || isUpper(byte)
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      || (UInt8(ascii: "A")...UInt8(ascii: "F")).contains(byte)
  }
}
