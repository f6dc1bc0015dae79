/// Breaks our own plain texts into lines. Words are never cut.
enum TextLayout {
  static func wrap(_ text: String, to width: Int) -> [String] {
    broken(text, to: width, suffix: "", indent: "")
  }

  /// A command line, continued as a shell reads it: a backslash ends each line but the last.
  static func continued(_ line: String, to width: Int) -> [String] {
    broken(line, to: width, suffix: " \\", indent: "    ")
  }

  private static func broken(
    _ text: String, to width: Int, suffix: String, indent: String
  ) -> [String] {
    if text.count <= width {
      return text.isEmpty ? [] : [text]
    }
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
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
