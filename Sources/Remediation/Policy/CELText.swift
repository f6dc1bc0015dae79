/// Texts of the Common Expression Language (cel-spec, langdef.md).
enum CELText {
  /// A string literal that holds exactly this text.
  static func literal(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result += "\\\\"
      case "'": result += "\\'"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value >= 0x20, scalar.value < 0x7F {
          result.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          let (letter, width) = scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
          result += "\\\(letter)" + String(repeating: "0", count: width - digits.count) + digits
        }
      }
    }
    return result + "'"
  }

  /// A map from strings to strings on one line.
  static func map(_ fields: [(name: String, value: String)]) -> String {
    "{" + fields.map { "\(literal($0.name)): \(literal($0.value))" }.joined(separator: ", ") + "}"
  }
}
