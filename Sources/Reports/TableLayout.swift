/// A column of a table on a terminal.
struct TableColumn: Hashable, Sendable {
  /// What happens to the column when the terminal is too narrow.
  enum Room: Hashable, Sendable {
    /// Never left out, never shortened; broken over several lines at the very end.
    case always
    /// Never shortened; left out, lowest order first.
    case optional(order: Int)
    /// Shortened down to `minimum`; with an order left out in its turn, without one moved
    /// below the row when nothing else is left to give.
    case flexible(minimum: Int, order: Int?)
    /// Never shortened; left out only after flexible columns have moved below.
    case last
  }

  var title: String
  var room: Room
}

/// The content of one cell, sanitised.
struct TableCell: Hashable, Sendable {
  enum Content: Hashable, Sendable {
    case text(String)
    /// Loses its middle when there is no room.
    case name(String)
    /// Loses its end when there is no room, but not the first day that it names.
    case outlook(String)
    case workload(WorkloadLabel)
    case image(ImageLabel)
    case place(WorstPlace)
  }

  var content: Content
  /// Colour of the text, if colours are on.
  var style: RiskStyle?

  init(_ content: Content, style: RiskStyle? = nil) {
    self.content = content
    self.style = style
  }

  static func text(_ text: String) -> TableCell {
    TableCell(.text(text))
  }

  var whole: String {
    switch content {
    case .text(let text), .name(let text), .outlook(let text): text
    case .workload(let label): label.whole
    case .image(let label): label.whole
    case .place(let place): place.whole
    }
  }

  /// The longest form in `width` columns; wider only where shortening would cut a tag.
  func fitted(to width: Int) -> String {
    switch content {
    case .text(let text): text
    case .name(let text): TerminalText.middleTruncated(text, to: width)
    case .outlook(let text): Self.outlook(text, fittedTo: width)
    case .workload(let label): label.fitted(to: width)
    case .image(let label): label.fitted(to: width)
    case .place(let place): place.fitted(to: width)
    }
  }

  /// Lines of at most `width` columns.
  func lines(of width: Int) -> [String] {
    if case .text(let text) = content { return TerminalText.folded(text, to: width) }
    return TerminalText.broken(fitted(to: width), to: width)
  }

  /// The narrowest column in which the cell still says what it is for.
  var usefulWidth: Int {
    switch content {
    case .text(let text): TerminalText.width(text)
    case .name(let text): min(12, TerminalText.width(text))
    case .outlook(let text): Self.usefulWidth(ofOutlook: text)
    case .workload(let label): label.usefulWidth
    case .image(let label): label.usefulWidth
    case .place(let place): place.usefulWidth
    }
  }

  private static func usefulWidth(ofOutlook text: String) -> Int {
    let first = outlookParts(text).first.map { TerminalText.width($0) + 1 }
    return first ?? TerminalText.width(text)
  }

  /// `removal 2026-12-01…` of `removal 2026-12-01 to 2026-12-31, next brownout 2026-12-08`: half a
  /// day says nothing.
  private static func outlook(_ text: String, fittedTo width: Int) -> String {
    if TerminalText.width(text) <= width { return text }
    let part = outlookParts(text).last { TerminalText.width($0) < width }
    return part.map { "\($0)…" } ?? TerminalText.truncated(text, to: width)
  }

  /// The text up to each of its breaks, the shortest first.
  private static func outlookParts(_ text: String) -> [String] {
    let breaks = [", ", " to "].flatMap { text.ranges(of: $0).map(\.lowerBound) }
    return breaks.sorted().map { String(text[..<$0]) }
  }
}

/// Puts rows into aligned lines.
///
/// In a pipe every column is as wide as its widest cell and nothing is shortened. On a terminal,
/// until the minimum widths fit: optional and ordered columns are left out, lowest order first;
/// then flexible columns without an order move to lines of their own below each row (and left-out
/// columns come back as far as they fit); the `last` ones go; at the very end columns that always
/// stay are broken over lines. Room that is left over goes to the flexible columns, a column at a
/// time in turns.
struct TableLayout {
  private static let gap = 2
  private static let indent = 2

  let columns: [TableColumn]
  let rows: [[TableCell]]
  let options: RenderOptions

  func lines() -> [String] {
    let plan = self.plan()
    var lines: [String] = []
    if !options.noHeaders {
      lines += line(columns.map { .text($0.title) }, plan)
    }
    for row in rows {
      lines += line(row, plan)
    }
    return lines
  }

  // MARK: Widths

  private struct Plan {
    /// Column numbers and widths, left to right.
    var beside: [(column: Int, width: Int)]
    /// Columns on lines of their own.
    var below: [Int] = []
  }

  private func plan() -> Plan {
    let natural = columns.indices.map { column in
      rows.reduce(titleWidth(column)) { max($0, TerminalText.width($1[column].whole)) }
    }
    let all = Array(columns.indices)
    guard let width = options.lineWidth else {
      return Plan(beside: all.map { ($0, natural[$0]) })
    }
    let minimum = columns.indices.map { minimumWidth($0, natural: natural[$0]) }
    let kept = dropping(all, minimum: minimum, to: width)
    if total(kept, minimum) <= width {
      return Plan(beside: widened(kept, from: minimum, to: natural, within: width))
    }
    let movable = all.filter { isMovable($0) }
    var beside = dropping(all.filter { !isMovable($0) }, minimum: minimum, to: width)
    if total(beside, minimum) > width { beside.removeAll { columns[$0].room == .last } }
    return Plan(
      beside: narrowed(widened(beside, from: minimum, to: natural, within: width), to: width),
      below: movable)
  }

  private func titleWidth(_ column: Int) -> Int {
    options.noHeaders ? 0 : TerminalText.width(columns[column].title)
  }

  private func minimumWidth(_ column: Int, natural: Int) -> Int {
    guard case .flexible(let minimum, _) = columns[column].room else { return natural }
    let useful = rows.reduce(titleWidth(column)) { max($0, $1[column].usefulWidth) }
    return min(natural, minimum, useful)
  }

  private func isMovable(_ column: Int) -> Bool {
    columns[column].room.isMovable
  }

  private func total(_ kept: [Int], _ widths: [Int]) -> Int {
    kept.reduce(0) { $0 + widths[$1] } + Self.gap * max(0, kept.count - 1)
  }

  private func dropping(_ kept: [Int], minimum: [Int], to width: Int) -> [Int] {
    var kept = kept
    while total(kept, minimum) > width {
      let next = kept.compactMap { column in columns[column].room.order.map { ($0, column) } }
        .min { $0.0 < $1.0 }
      guard let (_, column) = next else { break }
      kept.removeAll { $0 == column }
    }
    return kept
  }

  private func widened(
    _ kept: [Int], from minimum: [Int], to natural: [Int], within width: Int
  ) -> [(column: Int, width: Int)] {
    var left = width - total(kept, minimum)
    var result = kept.map { (column: $0, width: minimum[$0]) }
    var grew = true
    while left > 0 && grew {
      grew = false
      for index in result.indices where left > 0 {
        guard result[index].width < natural[result[index].column] else { continue }
        result[index].width += 1
        left -= 1
        grew = true
      }
    }
    return result
  }

  /// Takes columns from the widest until the line fits; cells then break over lines.
  private func narrowed(
    _ plan: [(column: Int, width: Int)], to width: Int
  ) -> [(column: Int, width: Int)] {
    var plan = plan
    func total() -> Int {
      plan.reduce(0) { $0 + $1.width } + Self.gap * max(0, plan.count - 1)
    }
    while total() > width {
      let widest = plan.indices.max { plan[$0].width < plan[$1].width }
      guard let widest, plan[widest].width > 2 else { break }
      plan[widest].width -= 1
    }
    return plan
  }

  // MARK: Lines

  private func line(_ row: [TableCell], _ plan: Plan) -> [String] {
    let isPipe = options.lineWidth == nil
    let pieces = plan.beside.map { column, width in
      isPipe
        ? [row[column].whole] : row[column].lines(of: width)
    }
    let height = pieces.map(\.count).max() ?? 0
    var lines = (0..<height).map { number in
      var line = ""
      var spaces = 0
      for (index, (column, width)) in plan.beside.enumerated() {
        let piece = number < pieces[index].count ? pieces[index][number] : ""
        if !piece.isEmpty {
          line += String(repeating: " ", count: spaces) + styled(piece, row[column].style)
          spaces = 0
        }
        spaces += width - TerminalText.width(piece) + Self.gap
      }
      return line
    }
    guard let width = options.lineWidth else { return lines }
    for column in plan.below {
      let room = width - Self.indent
      for piece in row[column].lines(of: room) where !piece.isEmpty {
        lines.append(String(repeating: " ", count: Self.indent) + styled(piece, row[column].style))
      }
    }
    return lines
  }

  private func styled(_ text: String, _ style: RiskStyle?) -> String {
    guard options.color, let style else { return text }
    return style.applied(to: text)
  }
}

extension TableColumn.Room {
  fileprivate var isMovable: Bool {
    if case .flexible(_, order: nil) = self { return true }
    return false
  }

  fileprivate var order: Int? {
    switch self {
    case .always, .last: nil
    case .optional(let order): order
    case .flexible(_, let order): order
    }
  }
}
