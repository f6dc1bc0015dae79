/// Text between tags and in attributes, of HTML as of XML.
enum MarkupText {
  /// HTML Standard, section 13.3 "Serializing HTML fragments", and XML 1.0, section 2.4; quotes
  /// too, so that one rule holds for text and for attributes in either quotes. What XML allows in
  /// no form at all must have been made visible before.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
