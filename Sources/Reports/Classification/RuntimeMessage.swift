/// A container runtime's message without what it repeats of the image: only its own words.
enum RuntimeMessage {
  /// The words of a message in lower case, without and then with what it says of mirrors. Left
  /// out: what stands between double quotes, every word with a slash (references, URLs; not
  /// `i/o`), and parentheses around a status's name.
  static func readings(of message: String) -> [String] {
    let text = String(unquoted(message).filter { $0 != "(" && $0 != ")" })
    return [words(of: withoutMirrors(text)), words(of: text)]
  }

  private static func words(of text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      guard word.contains("/"), word != "i/o" else { return String(word) }
      // The colon after a reference belongs to the sentence.
      return word.hasSuffix(":") ? ":" : ""
    }.joined(separator: " ")
  }

  /// CRI-O tells a mirror's failures first, as `Mirrors also failed: […]: ` (containers/image,
  /// `docker_image_src.go`); the registry's own answer follows.
  private static func withoutMirrors(_ text: String) -> String {
    guard let start = text.firstRange(of: "mirrors also failed: ["),
      let end = text[start.upperBound...].firstRange(of: "]:")
    else { return text }
    return String(text[..<start.lowerBound] + text[end.upperBound...])
  }

  /// The text without what stands between double quotes; a backslash keeps a quote from counting.
  private static func unquoted(_ text: String) -> String {
    var words = ""
    var isQuoted = false
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if scalar == "\"" && !isEscaped {
        isQuoted.toggle()
        words.unicodeScalars.append(" ")
      } else if !isQuoted {
        words.unicodeScalars.append(scalar)
      }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return words
  }
}
