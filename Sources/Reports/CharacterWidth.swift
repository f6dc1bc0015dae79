/// How many columns of a terminal a character takes.
///
/// Sources: UAX #11 with EastAsianWidth-17.0.0.txt (W and F are 2, the rest 1, ambiguous ones
/// included), UTS #51 (emoji presentation is 2), general categories Mn and Me (0). Where terminals
/// disagree the larger number is taken, so that no line runs over.
package enum CharacterWidth {
  package static func columns(of character: Character) -> Int {
    if character.isASCII { return 1 }
    let scalars = character.unicodeScalars
    // UTS #51: a flag, a keycap, a skin tone or U+FE0F make one emoji of several scalars.
    if let first = scalars.first, first.properties.isEmojiPresentation { return 2 }
    if scalars.contains("\u{FE0F}") { return 2 }
    return scalars.reduce(0) { $0 + columns(of: $1) }
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    // Vowels and final consonants of Hangul join the syllable before them (UAX #29, LVT).
    if (0x1160...0x11FF).contains(scalar.value) || (0xD7B0...0xD7FF).contains(scalar.value) {
      return 0
    }
    if scalar.properties.isEmojiPresentation { return 2 }
    return isWide(scalar.value) ? 2 : 1
  }

  private static func isWide(_ value: UInt32) -> Bool {
    if value < 0x1100 { return false }
    var low = 0
    var high = wideRanges.count
    while low < high {
      let middle = (low + high) / 2
      if wideRanges[middle].contains(value) { return true }
      if value < wideRanges[middle].lowerBound { high = middle } else { low = middle + 1 }
    }
    return false
  }

  /// Ranges of W and F, ascending. Unassigned gaps between them are closed (UAX #11 makes them wide
  /// in the ideographic blocks); what has emoji presentation is left to that property.
  private static let wideRanges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E,
    0x3041...0x3247, 0x3250...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DF2, 0x1AFF0...0x1B2FB,
    0x1D300...0x1D376, 0x1F200...0x1F265, 0x20000...0x3FFFD,
  ]
}
