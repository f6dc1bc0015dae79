/// Rows of text, aligned; on a terminal the columns share its width, and what does not fit goes
/// below its row.
package struct PlainTable {
  private let columns: [TableColumn]
  private let rows: [[TableCell]]

  /// - Parameters:
  ///   - titles: one for each column.
  ///   - flexible: columns that may be shortened or go below, by number; the others stay whole.
  ///   - folded: those of them that are broken over lines instead of being shortened.
  package init(
    titles: [String], rows: [[String]], flexible: Set<Int>, folded: Set<Int> = []
  ) {
    columns = titles.enumerated().map { number, title in
      TableColumn(
        title: title,
        room: flexible.contains(number) ? .flexible(minimum: 12, order: nil) : .always)
    }
    self.rows = rows.map { row in
      row.enumerated().map { number, text in
        let text = TerminalText.sanitized(text)
        let mayLose = flexible.contains(number) && !folded.contains(number)
        return mayLose ? TableCell(.name(text)) : .text(text)
      }
    }
  }

  package func lines(_ options: RenderOptions) -> [String] {
    TableLayout(columns: columns, rows: rows, options: options).lines()
  }
}
