internal import Foundation

extension YAMLScalar {
  /// The meaning as kubectl reads it.
  ///
  /// kubectl reads YAML with sigs.k8s.io/yaml, whose reader is a fork of go-yaml v2: YAML 1.1
  /// booleans (`yes`, `on`, `y`), numbers by Go's `ParseInt(text, 0, 64)` without `_` (so `0x10`,
  /// `0b1`, `0o17` and the old octal `017` are integers), `~`, `null` and nothing as null,
  /// `.inf`, `.nan`. Timestamps and sexagesimals stay strings. Quoted, literal and folded scalars
  /// are strings, unless a tag says otherwise.
  package var value: YAMLScalarValue {
    switch tag {
    case nil, "":
      return style == .plain ? Self.resolve(plain: text) : .string(text)
    case "tag:yaml.org,2002:null": return .null
    case "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int":
      return Self.resolve(plain: text)
    case "tag:yaml.org,2002:float":
      // `!!float 1` is a number with a fraction of zero.
      guard case .int(let number) = Self.resolve(plain: text) else {
        return Self.resolve(plain: text)
      }
      return .float(Double(number))
    default:
      return .string(text)
    }
  }

  static func resolve(plain text: String) -> YAMLScalarValue {
    // Most scalars are longer than any of these words.
    if text.utf8.count <= 5, let value = word(text) { return value }
    guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else {
      return .string(text)
    }
    let digits = text.utf8.filter { $0 != UInt8(ascii: "_") }
    return integer(Array(digits)) ?? float(Array(digits)) ?? .string(text)
  }

  private static func word(_ text: String) -> YAMLScalarValue? {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON":
      return .bool(true)
    case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
      return .bool(false)
    case ".nan", ".NaN", ".NAN": return .float(.nan)
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
    case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
    default: return nil
    }
  }

  /// Go's `strconv.ParseInt(text, 0, 64)` and `ParseUint`, after underscores were removed.
  private static func integer(_ bytes: [UInt8]) -> YAMLScalarValue? {
    var rest = bytes[...]
    var isNegative = false
    var isSigned = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      isSigned = true
      rest = rest.dropFirst()
    }
    var radix: UInt64 = 10
    if rest.first == UInt8(ascii: "0"), rest.count > 1 {
      switch rest.dropFirst().first {
      case UInt8(ascii: "x"), UInt8(ascii: "X"): (radix, rest) = (16, rest.dropFirst(2))
      case UInt8(ascii: "b"), UInt8(ascii: "B"): (radix, rest) = (2, rest.dropFirst(2))
      case UInt8(ascii: "o"), UInt8(ascii: "O"): (radix, rest) = (8, rest.dropFirst(2))
      default: (radix, rest) = (8, rest.dropFirst())
      }
    }
    guard !rest.isEmpty else { return nil }
    var magnitude: UInt64 = 0
    for byte in rest {
      let digit: UInt64
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = UInt64(byte - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = UInt64(byte - UInt8(ascii: "A")) + 10
      default: return nil
      }
      guard digit < radix else { return nil }
      let (product, overflowed) = magnitude.multipliedReportingOverflow(by: radix)
      let (sum, carried) = product.addingReportingOverflow(digit)
      guard !overflowed, !carried else { return nil }
      magnitude = sum
    }
    if isNegative {
      guard magnitude <= UInt64(Int64.max) + 1 else { return nil }
      return .int(magnitude == UInt64(Int64.max) + 1 ? Int64.min : -Int64(magnitude))
    }
    if magnitude <= UInt64(Int64.max) { return .int(Int64(magnitude)) }
    return isSigned ? nil : .unsigned(magnitude)
  }

  /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, go-yaml's `yamlStyleFloat`.
  private static func float(_ bytes: [UInt8]) -> YAMLScalarValue? {
    var rest = bytes[...]
    func skipDigits() -> Int {
      let count = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
      rest = rest.dropFirst(count)
      return count
    }
    func skip(_ characters: String) -> Bool {
      guard let byte = rest.first, characters.utf8.contains(byte) else { return false }
      rest = rest.dropFirst()
      return true
    }
    _ = skip("+-")
    let whole = skipDigits()
    let hasPoint = skip(".")
    let fraction = hasPoint ? skipDigits() : 0
    guard whole > 0 || fraction > 0 else { return nil }
    if skip("eE") {
      _ = skip("+-")
      guard skipDigits() > 0 else { return nil }
    }
    guard rest.isEmpty else { return nil }
    // strtod reads every spelling of the grammar above, `1.` and `.5` among them.
    let number = strtod(String(decoding: bytes, as: UTF8.self), nil)
    return number.isFinite ? .float(number) : nil
  }
}
