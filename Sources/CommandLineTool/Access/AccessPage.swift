import Reports
import Scanning

/// What `access` prints: the table, then the role that closes the gap, or that there is none.
///
/// In a pipe no cell is wrapped. On a terminal the last column is wrapped beside the others, then
/// below its row; where even that leaves too little room, so is NAMESPACES.
struct AccessPage {
  let report: AccessReport
  let role: AccessRole
  /// Nil in a pipe.
  let width: Int?

  private static let gap = 2
  /// Below this the last column says too little in a line.
  private static let leastSentence = 30
  private static let header = [
    "RESOURCE", "CLUSTER-WIDE", "NAMESPACES", "WITHOUT IT THE REPORT WILL NOT KNOW",
  ]

  func text() -> String {
    table().map { $0 + "\n" }.joined() + "\n" + conclusion
  }

  private var conclusion: String {
    guard !role.grants.isEmpty else {
      return paragraph("Nothing is missing: a scan may read everything that it asks for.")
    }
    return paragraph("To close the gap, somebody who may grant it applies:") + "\n" + role.yaml()
  }

  private func paragraph(_ text: String) -> String {
    wrapped(text, to: width).map { $0 + "\n" }.joined()
  }

  // MARK: The table

  private func table() -> [String] {
    let rows = [Self.header] + report.entries.map(cells)
    let natural = Self.header.indices.map { column in
      rows.map { TerminalText.width($0[column]) }.max() ?? 0
    }
    return rows.flatMap { lines($0, natural) }
  }

  private func cells(_ entry: AccessReport.Entry) -> [String] {
    [
      TerminalText.sanitized(entry.need.name), AccessWording.clusterWide(entry),
      AccessWording.namespaces(entry),
      entry.isGap ? AccessWording.loss(entry.need.purpose) : "-",
    ]
  }

  private func lines(_ row: [String], _ natural: [Int]) -> [String] {
    guard let width else { return [Self.line(row, natural)] }
    let start = natural[..<3].reduce(0) { $0 + $1 + Self.gap }
    if start + min(natural[3], Self.leastSentence) <= width {
      let sentence = wrapped(row[3], to: width - start)
      return sentence.enumerated().map { number, piece in
        Self.line((number == 0 ? Array(row[..<3]) : ["", "", ""]) + [piece], natural)
      }
    }
    let beside = start - Self.gap <= width ? 3 : 2
    let first = wrapped(Self.line(Array(row[..<beside]), natural), to: width)
    let below = row[beside...].filter { $0 != "-" }.flatMap { wrapped($0, to: width - Self.gap) }
    return first + below.map { String(repeating: " ", count: Self.gap) + $0 }
  }

  /// Cells padded to their columns, without blanks at the end.
  private static func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    var column = 0
    for (cell, width) in zip(cells, widths) {
      if !cell.isEmpty { line = TerminalText.padded(line, to: column) + cell }
      column += width + gap
    }
    return line
  }

  /// Lines of at most `width` columns; a word that is longer is cut.
  private func wrapped(_ text: String, to width: Int?) -> [String] {
    guard let width, TerminalText.width(text) > width else { return [text] }
    return TextLayout.wrap(text, to: width).flatMap { TerminalText.broken($0, to: width) }
  }
}
