import Inventory

/// What changed between two reports, for an issue or a wiki page.
enum DiffMarkdown {
  /// As in `MarkdownRenderer`: what no longer fits is counted.
  private static let room = MarkdownRenderer.room

  static func render(_ diff: ReportDiff) -> String {
    var text = "# Image registries: \(DiffWords.summary(diff))\n\n"
    text += "From \(Markdown.prose(DiffWords.side(diff.from)))  \n"
    text += "to \(Markdown.prose(DiffWords.side(diff.to)))\n"
    text += list("No longer read", DiffWords.losses(diff))
    text += list("Why no longer, or only now", DiffWords.notes(diff))
    guard !diff.entries.isEmpty else { return text }
    for (title, dimension) in DiffWords.dimensions(diff) {
      text += "\n## By \(title.lowercased())\n\n"
      text += Markdown.table([title, "Changes"], isNumber: [false, false])
      for group in diff.groups(by: dimension) {
        text += Markdown.row([
          Markdown.code(DiffWords.name(group, diff, dimension)), DiffWords.tally(group.tally),
        ])
      }
    }
    text += "\n## Changes\n\n"
    text += Markdown.table(
      [
        "Change", "Risk", "Cause", "Cluster", "Namespace", "Workload", "Container", "Image", "Team",
      ],
      isNumber: Array(repeating: false, count: 9))
    for (number, entry) in diff.entries.enumerated() {
      let row = row(entry)
      guard text.utf8.count + row.utf8.count <= room else {
        let rest = CountWords.text(diff.entries.count - number, "change")
        return text + "\n\(rest) more; `-o json` has them all.\n"
      }
      text += row
    }
    return text
  }

  private static func row(_ entry: ReportDiff.Entry) -> String {
    Markdown.row([
      entry.change.words, DiffWords.risks(entry).replacing(">", with: "\\>"), entry.cause.words,
      Markdown.code(entry.cluster), Markdown.code(entry.workload.namespace),
      Markdown.code(DiffWords.workload(entry)), Markdown.code(entry.container),
      Markdown.code(entry.image), Markdown.code(entry.team ?? ""),
    ])
  }

  private static func list(_ title: String, _ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    return "\n## \(title)\n\n" + items.map { "- \(Markdown.prose($0))\n" }.joined()
  }
}
