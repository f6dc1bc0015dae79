import ImageReferences
import Inventory

/// Fields whose name ends in `image`, in YAML, JSON or TOML, line by line: injector templates are
/// full of `{{ … }}` and no parser reads them.
enum ImageFields {
  /// Placeholders and texts that are no reference are left out.
  static func images(in text: String) -> [FoundImage] {
    var found: [FoundImage] = []
    for (number, line) in TextLines(text) {
      var rest = line
      while let (value, after) = nextValue(rest) {
        if ImageText.parse(value).reference?.isSpelledOut == true || isOneWord(value) {
          found.append(FoundImage(line: number, image: value))
        }
        rest = after
      }
    }
    return found
  }

  /// `busybox`: in a field that is called image, a lower-case word is an image.
  private static func isOneWord(_ value: String) -> Bool {
    !["auto", "true", "false", "null", "none", "default"].contains(value.lowercased())
      && ImageText.parse(value).reference != nil && !value.contains("{")
  }

  /// The value of the next `…image: value` or `…image = "value"`, and what follows it.
  private static func nextValue(_ line: Substring) -> (value: String, rest: Substring)? {
    var rest = line
    while let key = rest.firstRange(of: /[iI]mage["']?[ \t]*[:=][ \t]*/) {
      let after = rest[key.upperBound...]
      rest = after
      if let quote = after.first, quote == "\"" || quote == "'" {
        let text = after.dropFirst()
        guard let end = text.firstIndex(of: quote) else { return nil }
        return (String(text[..<end]), text[text.index(after: end)...])
      }
      let value = after.prefix { !$0.isWhitespace && !",}]".contains($0) }
      if !value.isEmpty { return (String(value), after[value.endIndex...]) }
    }
    return nil
  }
}
