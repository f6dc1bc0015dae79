/// A pattern of a flag or a file: `*` stands for any text, slashes included, `?` for one character;
/// everything else for itself, case included. The whole text must match.
package struct Glob: Hashable, Sendable, CustomStringConvertible {
  /// As typed.
  package let text: String
  private let pattern: [Unicode.Scalar]

  package init(_ text: String) {
    self.text = text
    pattern = Array(text.unicodeScalars)
  }

  package var description: String { text }

  /// Whether it can match more than one text.
  package var isPattern: Bool {
    pattern.contains("*") || pattern.contains("?")
  }

  /// Takes time in proportion to the product of both lengths at worst, whatever the pattern.
  package func matches(_ candidate: String) -> Bool {
    guard isPattern else { return candidate.unicodeScalars.elementsEqual(pattern) }
    let text = Array(candidate.unicodeScalars)
    var (place, position) = (0, 0)
    // Where the last `*` stood, and how far it reached so far: only the last one need grow.
    var star: (place: Int, position: Int)?
    while position < text.count {
      if place < pattern.count, pattern[place] == "*" {
        star = (place, position)
        place += 1
      } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[position] {
        place += 1
        position += 1
      } else if let last = star {
        star = (last.place, last.position + 1)
        (place, position) = (last.place + 1, last.position + 1)
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == "*" }
  }
}

extension [Glob] {
  package func match(_ candidate: String) -> Bool {
    contains { $0.matches(candidate) }
  }
}
