/// A string or key of a JSON document, as the place where its bytes stand between the quotes.
///
/// Escapes are undone only when text is made of it. A lone surrogate and invalid UTF-8 become U+FFFD,
/// as in Go's `encoding/json`.
package struct JSONText {
  package let start: Int
  package let end: Int
  package let hasEscapes: Bool

  var range: Range<Int> { Range(uncheckedBounds: (start, end)) }

  /// Whether the text, escapes undone, is `word`.
  package func equals(_ word: String, _ bytes: Span<UInt8>) -> Bool {
    if hasEscapes { return unescaped(bytes).elementsEqual(word.utf8) }
    let view = word.utf8
    let own = view.span
    return own.count == end - start && bytes.matches(at: start, own, 0, count: own.count)
  }

  /// The UTF-8 of the text with its escapes undone.
  package func unescaped(_ bytes: Span<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    var index = start
    while index < end {
      let byte = bytes[index]
      guard byte == UInt8(ascii: "\\"), index + 1 < end else {
        result.append(byte)
        index += 1
        continue
      }
      switch bytes[index + 1] {
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0C)
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        result.append(contentsOf: Array(String(scalar(bytes, &index)).utf8))
        continue
      case let other: result.append(other)
      }
      index += 2
    }
    return result
  }

  /// The character of the `\u` escape at `index`, which moves past it, and past the second half of a
  /// surrogate pair.
  private func scalar(_ bytes: Span<UInt8>, _ index: inout Int) -> Unicode.Scalar {
    let first = unit(bytes, index)
    index += 6
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, index + 6 <= end, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    {
      let second = unit(bytes, index)
      if (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        index += 6
        return scalar
      }
    }
    return "\u{FFFD}"
  }

  /// The four digits of the `\u` escape at `index`; the scanner has checked them.
  private func unit(_ bytes: Span<UInt8>, _ index: Int) -> UInt32 {
    var value: UInt32 = 0
    for digit in index + 2..<min(index + 6, end) {
      value = value << 4 | UInt32(Self.hexValue(bytes[digit]) ?? 0)
    }
    return value
  }

  static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension WireStrings {
  /// The text, allocated anew: for what hardly repeats.
  @inline(__always)
  package func text(_ bytes: Span<UInt8>, _ text: JSONText) -> String {
    text.hasEscapes
      ? String(decoding: text.unescaped(bytes), as: UTF8.self) : self.text(bytes, text.range)
  }

  /// The text, shared with earlier equal texts: for what many objects repeat.
  @inline(__always)
  package mutating func shared(_ bytes: Span<UInt8>, _ text: JSONText) -> String {
    text.hasEscapes ? sharedUnescaped(bytes, text) : shared(bytes, text.range)
  }

  @inline(never)
  private mutating func sharedUnescaped(_ bytes: Span<UInt8>, _ text: JSONText) -> String {
    let plain = text.unescaped(bytes)
    return shared(plain.span, 0..<plain.count)
  }
}
