import Reports

/// A plan as Markdown: the README of a folder.
struct FixReadme {
  let fixes: ClusterFixes
  let report: Report
  /// What the folder holds and how to use it, as finished Markdown.
  let use: [String]
  /// The file of an object's change.
  let file: (LiveFix) -> String?

  func text() -> String {
    let outline = FixOutline(fixes: fixes, report: report)
    var text = "# Fixes for \(Markdown.code(fixes.cluster.displayName))\n\n"
    text += outline.opening.map(Self.sentence).joined(separator: "\n") + "\n\n"
    if !use.isEmpty { text += use.map { "- \($0)\n" }.joined() + "\n" }
    if fixes.isEmpty { text += "Nothing to change in what was read.\n\n" }
    for (index, section) in outline.sections.enumerated() {
      text += "## \(index + 1). \(Self.sentence(section.title))\n\n"
      for line in section.introduction { text += "\(Self.sentence(line))\n\n" }
      for (number, item) in section.items.enumerated() {
        text += self.item(item, number: number + 1)
      }
      if !text.hasSuffix("\n\n") { text += "\n" }
    }
    return String(text.dropLast(text.hasSuffix("\n\n") ? 1 : 0))
  }

  private func item(_ item: FixOutline.Item, number: Int) -> String {
    var text = "\(number). \(Self.sentence(item.heading))\n"
    for change in item.changes { text += "   - \(Markdown.code(change))\n" }
    if let live = item.live, let file = file(live) { text += "   - file: \(Markdown.code(file))\n" }
    for step in item.steps { text += "   - \(Self.sentence(step))\n" }
    text += commands(item.commands)
    for step in item.undoSteps { text += "   - To take it back: \(Self.sentence(step))\n" }
    if !item.undoCommands.isEmpty {
      text += "   - To take it back:\n" + commands(item.undoCommands)
    }
    return text
  }

  /// Indented code keeps every character, backticks included (GFM 4.4).
  private func commands(_ commands: [String]) -> String {
    guard !commands.isEmpty else { return "" }
    return "\n" + commands.map { "         \(TerminalText.sanitized($0))\n" }.joined() + "\n"
  }

  private static func sentence(_ text: String) -> String {
    Markdown.prose(text)
  }
}
