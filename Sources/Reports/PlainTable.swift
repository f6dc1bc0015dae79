/// A table of texts for commands with rows of their own, laid out as reports are.
package enum PlainTable {
  /// Lines without line ends. On a terminal the last column gives way first; texts lose the
  /// characters that act on a terminal.
  package static func lines(
    _ titles: [String], _ rows: [[String]], options: RenderOptions
  ) -> [String] {
    let columns = titles.enumerated().map { number, title in
      TableColumn(
        title: title,
        room: number == titles.count - 1 ? .flexible(minimum: 12, order: nil) : .always)
    }
    let cells = rows.map { row in
      row.enumerated().map { number, text in
        let safe = TerminalText.sanitized(text)
        return number == titles.count - 1 ? TableCell(.name(safe)) : .text(safe)
      }
    }
    return TableLayout(columns: columns, rows: cells, options: options).lines()
  }
}
