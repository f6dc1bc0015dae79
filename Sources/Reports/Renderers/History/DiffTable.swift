import Inventory
import RegistryCatalogue

/// What changed between two reports, for a terminal: a line for each change, then the sums.
enum DiffTable {
  static func render(_ diff: ReportDiff, options: RenderOptions) -> String {
    var blocks = [
      wrapped(["From \(DiffWords.side(diff.from))"], options)
        + wrapped(["to \(DiffWords.side(diff.to))"], options),
      wrapped([DiffWords.summary(diff)], options),
    ]
    if !diff.entries.isEmpty {
      blocks.append(table(diff, options))
      for (title, dimension) in DiffWords.dimensions(diff) {
        blocks.append(
          PlainTable(
            titles: [title.uppercased(), "CHANGES"],
            rows: diff.groups(by: dimension).map {
              [DiffWords.name($0, diff, dimension), DiffWords.tally($0.tally)]
            }, flexible: [1], folded: [1]
          ).lines(options))
      }
    }
    blocks += list("NO LONGER READ", DiffWords.losses(diff), options)
    blocks += list("WHY NO LONGER, OR ONLY NOW", DiffWords.notes(diff), options)
    return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private static func list(
    _ title: String, _ items: [String], _ options: RenderOptions
  ) -> [[String]] {
    guard !items.isEmpty else { return [] }
    return [
      [title]
        + items.flatMap {
          LabelledLines.wrapped(items: [$0], start: "  ", hanging: 2, options: options)
        }
    ]
  }

  private static func wrapped(_ items: [String], _ options: RenderOptions) -> [String] {
    LabelledLines.wrapped(items: items, start: "", hanging: 2, options: options)
  }

  private static func table(_ diff: ReportDiff, _ options: RenderOptions) -> [String] {
    let isFleet = Set(diff.entries.map(\.cluster)).count > 1
    let hasTeams = diff.entries.contains { $0.team != nil }
    let columns =
      [
        TableColumn(title: "CHANGE", room: .always), TableColumn(title: "RISK", room: .always),
        TableColumn(title: "CAUSE", room: .always),
      ] + (isFleet ? [TableColumn(title: "CLUSTER", room: .flexible(minimum: 12, order: nil))] : [])
      + [
        TableColumn(title: "NAMESPACE", room: .flexible(minimum: 9, order: nil)),
        TableColumn(title: "WORKLOAD", room: .flexible(minimum: 14, order: nil)),
        TableColumn(title: "CONTAINER", room: .flexible(minimum: 9, order: nil)),
        TableColumn(title: "IMAGE", room: .flexible(minimum: 16, order: nil)),
      ] + (hasTeams ? [TableColumn(title: "TEAM", room: .flexible(minimum: 8, order: nil))] : [])
    let rows = diff.entries.map { entry in
      let start = [
        TableCell.text(entry.change.rawValue),
        TableCell(
          .text(DiffWords.risks(entry)), style: (entry.after ?? entry.before).map { .risk($0) }),
        .text(entry.cause.rawValue),
      ]
      let workload = entry.workload
      return start + (isFleet ? [name(entry.cluster)] : []) + [
        name(workload.namespace.isEmpty ? "-" : workload.namespace),
        name(DiffWords.workload(entry)),
        name(entry.container.isEmpty ? "-" : entry.container), name(entry.image),
      ] + (hasTeams ? [name(entry.team ?? "-")] : [])
    }
    return TableLayout(columns: columns, rows: rows, options: options).lines()
  }

  private static func name(_ text: String) -> TableCell {
    TableCell(.name(TerminalText.sanitized(text)))
  }
}
