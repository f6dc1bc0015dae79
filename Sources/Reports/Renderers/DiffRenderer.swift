import Inventory
import RegistryCatalogue

/// What changed between two reports, for a terminal: a line for each change, then the sums.
package enum DiffRenderer {
  /// - Parameters:
  ///   - former: what the earlier report is called.
  ///   - later: what the later one is called.
  package static func render(
    _ diff: ReportDiff, from former: String, to later: String, options: RenderOptions
  ) -> String {
    var blocks = [
      ["From \(TerminalText.sanitized(former))", "to \(TerminalText.sanitized(later))"],
      LabelledLines.wrapped(
        items: [words(diff.total)], start: "", hanging: 0, options: options),
    ]
    if !diff.entries.isEmpty {
      blocks.append(table(diff, options))
      blocks.append(sums("CLUSTER", diff.tallies(by: .cluster), options))
      blocks.append(sums("NAMESPACE", diff.tallies(by: .namespace), options))
      if diff.entries.contains(where: { $0.team != nil }) {
        blocks.append(sums("TEAM", diff.tallies(by: .team), options))
      }
      let notes = Set(diff.entries.compactMap(\.note)).sorted()
      if !notes.isEmpty {
        blocks.append(
          ["NOT IN BOTH REPORTS"]
            + notes.flatMap { note in
              LabelledLines.wrapped(
                items: [TerminalText.sanitized(note)], start: "  ", hanging: 2, options: options)
            })
      }
    }
    return blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// `2 appeared, 1 fixed`, in the order of `ReportDiff.Change`.
  static func words(_ tally: ReportDiff.Tally) -> String {
    let parts = ReportDiff.Change.allCases.compactMap { change in
      tally[change].map { "\(CountWords.grouped($0)) \(change.rawValue)" }
    }
    return parts.isEmpty ? "Nothing changed." : parts.joined(separator: ", ")
  }

  private static func table(_ diff: ReportDiff, _ options: RenderOptions) -> [String] {
    let isFleet = Set(diff.entries.map(\.cluster)).count > 1
    let columns =
      [
        TableColumn(title: "CHANGE", room: .always), TableColumn(title: "RISK", room: .always),
        TableColumn(title: "CAUSE", room: .optional(order: 3)),
      ] + (isFleet ? [TableColumn(title: "CLUSTER", room: .flexible(minimum: 12, order: 2))] : [])
      + [
        TableColumn(title: "NAMESPACE", room: .flexible(minimum: 12, order: nil)),
        TableColumn(title: "WORKLOAD", room: .flexible(minimum: 16, order: nil)),
        TableColumn(title: "CONTAINER", room: .optional(order: 1)),
        TableColumn(title: "IMAGE", room: .flexible(minimum: 24, order: nil)),
      ]
    let rows = diff.entries.map { entry in
      let start = [
        TableCell.text(entry.change.rawValue),
        TableCell(.text(risks(entry)), style: (entry.after ?? entry.before).map { .risk($0) }),
        .text(entry.cause.rawValue),
      ]
      let cluster = isFleet ? [name(entry.cluster)] : []
      return start + cluster + [
        name(entry.workload.namespace.isEmpty ? "-" : entry.workload.namespace),
        name("\(entry.workload.kind)/\(entry.workload.name)"),
        name(entry.container.isEmpty ? "-" : entry.container), name(entry.image),
      ]
    }
    return TableLayout(columns: columns, rows: rows, options: options).lines()
  }

  private static func name(_ text: String) -> TableCell {
    TableCell(.name(TerminalText.sanitized(text)))
  }

  /// `low > high` where both are known.
  private static func risks(_ entry: ReportDiff.Entry) -> String {
    switch (entry.before, entry.after) {
    case (let before?, let after?): "\(before.rawValue) > \(after.rawValue)"
    case (let risk?, nil), (nil, let risk?): risk.rawValue
    case (nil, nil): "-"
    }
  }

  private static func sums(
    _ title: String, _ tallies: [(name: String, tally: ReportDiff.Tally)], _ options: RenderOptions
  ) -> [String] {
    PlainTable.lines(
      [title, "CHANGES"], tallies.map { [$0.name, words($0.tally)] }, options: options)
  }
}
