/// Breaks our own plain texts into lines. Words are never cut.
enum TextLayout {
  static func wrap(_ text: String, to width: Int) -> [String] {
    broken(
      text, into: text.split(separator: " ").map(String.init), to: width, suffix: "", indent: "")
  }

  /// A command line, continued as a shell reads it: a backslash ends each line but the last.
  /// A flag and its value stay together.
  static func continued(_ line: String, to width: Int) -> [String] {
    var words: [String] = []
    for word in line.split(separator: " ") {
      if let last = words.last, last.hasPrefix("-"), !last.contains(" "), !word.hasPrefix("-") {
        words[words.count - 1] = "\(last) \(word)"
      } else {
        words.append(String(word))
      }
    }
    return broken(line, into: words, to: width, suffix: " \\", indent: "    ")
  }

  private static func broken(
    _ text: String, into words: [String], to width: Int, suffix: String, indent: String
  ) -> [String] {
    if text.count <= width {
      return text.isEmpty ? [] : [text]
    }
    var lines: [String] = []
    var line = ""
    for word in words {
      if line.isEmpty {
        line = (lines.isEmpty ? "" : indent) + word
      } else if line.count + 1 + word.count + suffix.count <= width {
        line += " " + word
      } else {
        lines.append(line + suffix)
        line = indent + word
      }
    }
    lines.append(line)
    return lines
  }
}
