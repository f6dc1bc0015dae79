/// Text from a cluster, a file or an environment, made fit for a terminal or a plain-text file.
///
/// Names, labels and messages are hostile: they may move the cursor, recolour the screen, reverse
/// the reading direction or hide characters. Nothing is dropped; what cannot be shown as itself
/// becomes a visible escape, so two different names never look alike for that reason.
package enum TerminalText {
  /// Marks that may follow one base character. The Stream-Safe Text Format (UAX #15) allows 30,
  /// which paints over the lines above; the orthographies in use need fewer.
  package static let maximumMarks = 4

  /// The text with every character that acts instead of showing replaced by a visible escape.
  ///
  /// Escaped are controls (C0, DEL, C1), format characters (bidi overrides and isolates,
  /// zero-width characters, tags), line and paragraph separators, default-ignorable, private and
  /// unassigned characters, and combining marks without a base or in excess. `U+FE0F` stays after
  /// an emoji. Tab, line feed and carriage return become `\t`, `\n`, `\r`, others `\u{1b}`.
  /// A backslash stays as it is. Every character of the result is one that `width` can measure.
  package static func sanitized(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text }
    var result = String.UnicodeScalarView()
    var marks = maximumMarks
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if isMark(scalar) && !scalar.properties.isDefaultIgnorableCodePoint && marks < maximumMarks {
        marks += 1
        result.append(scalar)
        continue
      }
      if acts(scalar, after: previous) || isMark(scalar) && marks >= maximumMarks {
        result.append(contentsOf: escape(scalar).unicodeScalars)
        marks = maximumMarks
        previous = nil
        continue
      }
      result.append(scalar)
      marks = 0
      previous = scalar
    }
    return String(result)
  }

  /// Columns that sanitised text takes on a terminal.
  package static func width(_ text: some StringProtocol) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + CharacterWidth.columns(of: $1) }
  }

  /// The beginning of the text, ended with `…` where it was cut, at most `width` columns wide.
  package static func truncated(_ text: String, to width: Int) -> String {
    if Self.width(text) <= width { return text }
    if width < 1 { return "" }
    return prefix(of: text, columns: width - 1) + "…"
  }

  /// The beginning and the end of the text around `…`, at most `width` columns wide.
  package static func middleTruncated(_ text: String, to width: Int) -> String {
    if Self.width(text) <= width { return text }
    if width < 3 { return truncated(text, to: width) }
    let end = (width - 1) / 2
    return prefix(of: text, columns: width - 1 - end) + "…" + suffix(of: text, columns: end)
  }

  /// `…` and the end of the text, at most `width` columns wide.
  package static func leadingTruncated(_ text: String, to width: Int) -> String {
    if Self.width(text) <= width { return text }
    if width < 1 { return "" }
    return "…" + suffix(of: text, columns: width - 1)
  }

  /// The text followed by the spaces that make it `width` columns wide; never shortened.
  package static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - Self.width(text)))
  }

  /// The text in pieces of at most `width` columns, cut between characters.
  ///
  /// A single character that is wider than `width` gets a piece of its own.
  package static func broken(_ text: String, to width: Int) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var used = 0
    for character in text {
      let columns = CharacterWidth.columns(of: character)
      if used + columns > width && !piece.isEmpty {
        pieces.append(piece)
        piece = ""
        used = 0
      }
      piece.append(character)
      used += columns
    }
    if !piece.isEmpty || pieces.isEmpty { pieces.append(piece) }
    return pieces
  }

  /// The same, cut at spaces where a word fits into a line; the spaces there are left out.
  package static func folded(_ text: String, to width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if let line = lines.last, Self.width(line) + 1 + Self.width(String(word)) <= width {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines += broken(String(word), to: width)
      }
    }
    return lines
  }

  /// Whether a character does something instead of showing something.
  package static func acts(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      return true
    default:
      return scalar.properties.isDefaultIgnorableCodePoint
    }
  }

  private static func acts(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
    // Digits are emoji too (keycaps), and a tag must not hide a character behind one.
    if scalar == "\u{FE0F}", let previous, previous.value >= 0xA9, previous.properties.isEmoji {
      return false
    }
    return acts(scalar)
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x300 { return false }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return true
    default: return false
    }
  }

  package static func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{\(String(scalar.value, radix: 16))}"
    }
  }

  private static func prefix(of text: String, columns: Int) -> String {
    var result = ""
    var used = 0
    for character in text {
      used += CharacterWidth.columns(of: character)
      if used > columns { break }
      result.append(character)
    }
    return result
  }

  private static func suffix(of text: String, columns: Int) -> String {
    var result: [Character] = []
    var used = 0
    for character in text.reversed() {
      used += CharacterWidth.columns(of: character)
      if used > columns { break }
      result.append(character)
    }
    return String(result.reversed())
  }
}
