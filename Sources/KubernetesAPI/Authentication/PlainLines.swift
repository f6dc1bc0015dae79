/// Cuts the messages of a plugin into lines that cannot move the cursor, set colours or titles,
/// or reorder text on a terminal.
///
/// Lines end at LF, CR LF or a lone CR (a progress bar). A longer line than `limit` bytes is cut.
/// Control and direction-changing characters become `\u{…}`; bytes that are not UTF-8 become
/// U+FFFD.
struct PlainLines {
  private static let limit = 8 << 10
  private static let lineFeed: UInt8 = 0x0A
  private static let carriageReturn: UInt8 = 0x0D

  private var partial: [UInt8] = []
  private var endedInCarriageReturn = false

  /// Takes more bytes and returns the lines that they complete.
  mutating func append(_ bytes: [UInt8]) -> [String] {
    var lines: [String] = []
    for byte in bytes {
      if byte == Self.lineFeed, endedInCarriageReturn {
        endedInCarriageReturn = false
        continue
      }
      endedInCarriageReturn = byte == Self.carriageReturn
      if byte == Self.lineFeed || byte == Self.carriageReturn {
        lines.append(takePartial())
        continue
      }
      partial.append(byte)
      if partial.count >= Self.limit { lines.append(takePartial()) }
    }
    return lines
  }

  /// The last line when no line end followed it.
  mutating func finish() -> String? {
    partial.isEmpty ? nil : takePartial()
  }

  private mutating func takePartial() -> String {
    defer { partial.removeAll() }
    return Self.plain(String(decoding: partial, as: UTF8.self))
  }

  /// The text with everything that a terminal would obey written out.
  static func plain(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if isObeyed(scalar) {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control: scalar != "\t"
    // Bidirectional controls, zero-width joiners, line and paragraph separators.
    case .format, .lineSeparator, .paragraphSeparator, .surrogate: true
    default: false
    }
  }
}
