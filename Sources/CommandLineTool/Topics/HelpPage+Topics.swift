import Reports

extension HelpPage {
  func topic(_ topic: HelpTopic) -> String {
    ([paragraph("\(topic.summary).")] + topic.blocks.map(block)).reduce("") { text, next in
      // A heading stands right above what it heads.
      text.isEmpty || text.hasSuffix(":\n") ? text + next : "\(text)\n\(next)"
    }
  }

  func topicList() -> String {
    [
      Self.heading("Topics")
        + columns(HelpTopic.all(registry).map { ($0.name, $0.summary) }),
      paragraph("Use \"kubectl gcr-report help TOPIC\" to read one."),
    ].joined(separator: "\n")
  }

  private func block(_ block: HelpTopic.Block) -> String {
    switch block {
    case .paragraph(let text): paragraph(text)
    case .heading(let title): Self.heading(title)
    case .list(let rows): columns(rows)
    case .grid(let rows): grid(rows)
    case .verbatim(let text):
      lines(
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
          line.hasPrefix("kubectl ")
            ? TextLayout.continued(String(line), to: width - 2) : broken(String(line))
        }, indent: 2)
    }
  }

  /// YAML flow sequences are the one thing here that may go on on the next line.
  private func broken(_ line: String) -> [String] {
    guard line.count > width - 2 else { return [line] }
    let indent = line.prefix { $0 == " " }
    return TextLayout.wrap(String(line.dropFirst(indent.count)), to: width - 6 - indent.count)
      .enumerated().map { indent + ($0.offset == 0 ? "" : "    ") + $0.element }
  }

  /// As a table where it fits, else each row as a list of its own.
  private func grid(_ rows: [[String]]) -> String {
    guard let header = rows.first else { return "" }
    let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let whole = 2 + widths.reduce(0, +) + 2 * (widths.count - 1)
    if whole <= width {
      return lines(
        rows.map { row in
          let cells = zip(row, widths).map { TerminalText.padded($0, to: $1) }
          return String(
            cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
        }, indent: 2)
    }
    return columns(
      rows.dropFirst().map { row in
        (
          row[0],
          zip(header, row).dropFirst().map { "\($0.lowercased()) \($1)" }.joined(separator: ", ")
        )
      })
  }
}
