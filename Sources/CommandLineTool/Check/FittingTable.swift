import Reports

/// A table where its lines fit, whole; on a terminal that is too narrow for it each row is a block,
/// so that no name is cut.
struct FittingTable {
  let titles: [String]
  let rows: [[String]]

  /// Cells on the first line of a block; the others follow with their titles.
  private static let lead = 2
  private static let indent = "    "

  func lines(_ options: RenderOptions) -> [String] {
    var unbounded = options
    unbounded.isTerminal = false
    let table = PlainTable(titles: titles, rows: rows, flexible: []).lines(unbounded)
    guard options.isTerminal, table.contains(where: { TerminalText.width($0) > options.width })
    else { return table }
    return rows.flatMap { block($0, options.width) }
  }

  private func block(_ row: [String], _ width: Int) -> [String] {
    let cells = row.map(TerminalText.sanitized)
    let rest = zip(titles, cells).dropFirst(Self.lead).filter { $0.1 != "-" }
    return [cells.prefix(Self.lead).joined(separator: "  ")]
      + rest.flatMap { title, cell in
        TextLayout.wrap("\(title.lowercased()): \(cell)", to: max(20, width - Self.indent.count))
          .map { Self.indent + $0 }
      }
  }
}
