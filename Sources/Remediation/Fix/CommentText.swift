import Reports

/// Lines of a comment, in a shell script or in YAML: both begin with `#`.
struct CommentText {
  /// Columns of a line.
  let width: Int

  private(set) var text = ""

  init(width: Int?) {
    self.width = max(24, min(width ?? 100, 100))
  }

  mutating func blank() {
    text += "\n"
  }

  /// Sanitised, so that no line feed ends the comment; wrapped between words.
  mutating func line(_ sentence: String, indent: Int = 0, hanging: Int? = nil) {
    let first = "# " + String(repeating: " ", count: indent)
    let next = "# " + String(repeating: " ", count: hanging ?? indent)
    var line = first
    var isFresh = true
    for word in TerminalText.sanitized(sentence).split(separator: " ") {
      let columns = TerminalText.width(line) + TerminalText.width(word) + (isFresh ? 0 : 1)
      if columns > width, !isFresh {
        text += line + "\n"
        line = next
        isFresh = true
      }
      line += (isFresh ? "" : " ") + word
      isFresh = false
    }
    text += isFresh ? "#\n" : line + "\n"
  }

  /// A command for people: one line, whatever its length, so that it can be copied.
  mutating func command(_ command: String, indent: Int) {
    text += "# " + String(repeating: " ", count: indent) + TerminalText.sanitized(command) + "\n"
  }

  /// A line that is no comment: a command that is typed, a document.
  mutating func raw(_ line: String) {
    text += line + "\n"
  }

  mutating func title(_ number: Int, _ title: String) {
    blank()
    line("==== \(number). \(title)", hanging: 8)
  }

  mutating func item(_ item: FixOutline.Item, _ number: String) {
    line("\(number) \(item.heading)", hanging: 4)
    for change in item.changes { line(change, indent: 4, hanging: 6) }
    for step in item.steps { line("- \(step)", indent: 4, hanging: 6) }
    for entry in item.commands { command(entry, indent: 6) }
    for step in item.undoSteps { line("- To take it back: \(step)", indent: 4, hanging: 6) }
    if !item.undoCommands.isEmpty { line("- To take it back:", indent: 4) }
    for entry in item.undoCommands { command(entry, indent: 6) }
  }
}
