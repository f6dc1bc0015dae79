import ImageReferences
import Inventory

/// Images in text of any kind: values that are an image and nothing else, written with their
/// registry, which the catalogue knows, or the beginning of such images: `hub: gcr.io/istio-release`.
///
/// Prose that mentions an image is no value: `Old: k8s.gcr.io/pause:3.1 -> new` has more to say.
struct ImageSearch {
  private let recognizes: ImageRecognizer

  private let recognizesText: CataloguedTextRecognizer

  init(
    _ recognizes: @escaping ImageRecognizer, _ recognizesText: @escaping CataloguedTextRecognizer
  ) {
    self.recognizes = recognizes
    self.recognizesText = recognizesText
  }

  func images(in text: String) -> [FoundImage] {
    var found: [FoundImage] = []
    for (number, line) in TextLines(text) where line.utf8.contains(UInt8(ascii: "/")) {
      for value in Self.values(in: line) {
        if case .prefix(let representative) = recognizesText(String(value)) {
          found.append(
            FoundImage(line: number, image: String(value), representative: representative))
          continue
        }
        guard let reference = ImageText.parse(String(value)).reference,
          reference.hasWrittenRegistry, recognizes(reference)
        else { continue }
        found.append(FoundImage(line: number, image: String(value)))
      }
    }
    return found
  }

  /// What may be a value: quoted text behind a sign of assignment, `NAME=value`, the word behind a
  /// flag, and what is all that follows a key or a dash.
  static func values(in line: Substring) -> [Substring] {
    let quoted = line.matches(of: /(?:^|[:=,(\[{\-])\s*["']([^"'\s]+)["']/).map(\.output.1)
    let words = line.split(whereSeparator: \.isWhitespace)
    var values = quoted
    for (index, word) in words.enumerated() {
      let bare = word.trimmingSuffix(",;")
      if let sign = bare.firstIndex(of: "=") {
        values.append(bare[bare.index(after: sign)...].trimmingQuotes)
      } else if index > 0, words[index - 1].hasPrefix("-"), words[index - 1].count > 1 {
        values.append(bare)
      }
    }
    let content = words.first == "-" ? words.dropFirst() : words[...]
    switch content.count {
    // The line is a list's element or a file's only word.
    case 1: values.append(content[content.startIndex].trimmingSuffix(","))
    // `key: value`
    case 2 where content.first?.last == ":":
      values.append(content[content.startIndex + 1].trimmingSuffix(","))
    // `key = value`
    case 3 where content[content.startIndex + 1] == "=":
      values.append(content[content.startIndex + 2])
    default: break
    }
    return values
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ signs: Set<Character>) -> Substring {
    var text = self
    while let last = text.last, signs.contains(last) { text.removeLast() }
    return text
  }

  fileprivate func trimmingSuffix(_ signs: String) -> Substring { trimmingSuffix(Set(signs)) }

  fileprivate var trimmingQuotes: Substring {
    var text = trimmingSuffix("\"'")
    while let first = text.first, first == "\"" || first == "'" { text.removeFirst() }
    return text
  }
}
