import RegistryCatalogue

/// The scans of a history, a line for each.
enum ScanListTable {
  static func render(_ scans: [RecordedScan], options: RenderOptions) -> String {
    let isNarrow = options.lineWidth.map { countsWidth(scans) > $0 } ?? false
    let counts =
      isNarrow
      ? [TableColumn(title: "FINDINGS", room: .flexible(minimum: 12, order: nil))]
      : Trend.risks.map { TableColumn(title: title($0), room: .always) }
    let columns =
      [
        TableColumn(title: "ID", room: .always), TableColumn(title: "TIME (UTC)", room: .always),
      ] + counts + [
        TableColumn(title: "REMARKS", room: .flexible(minimum: 12, order: nil)),
        TableColumn(title: "CLUSTERS", room: .flexible(minimum: 12, order: nil)),
      ]
    // A line of its own would hold the dash alone.
    let none = options.lineWidth == nil ? "-" : ""
    let rows = scans.map { row($0, isNarrow: isNarrow, none: none) }
    return TableLayout(columns: columns, rows: rows, options: options).lines()
      .map { $0 + "\n" }.joined()
  }

  private static func title(_ risk: Risk) -> String { risk.rawValue.uppercased() }

  /// What id, time and a column for each risk take, with two spaces between them.
  private static func countsWidth(_ scans: [RecordedScan]) -> Int {
    let counts = Trend.risks.reduce(0) { sum, risk in
      sum + 2 + scans.reduce(title(risk).count) { max($0, count(risk, $1).count) }
    }
    let stamp = Timestamp.minutes(secondsSince1970: 0).count
    return scans.reduce(2) { max($0, "\($1.id)".count) } + 2 + stamp + counts
  }

  private static func count(_ risk: Risk, _ scan: RecordedScan) -> String {
    let isAnyRead = scan.clusters.contains(where: \.isRead)
    return isAnyRead ? CountWords.grouped(scan.counts(risk)) : "?"
  }

  /// - Parameter isNarrow: all counts in one cell, which may go below the row.
  private static func row(_ scan: RecordedScan, isNarrow: Bool, none: String) -> [TableCell] {
    let found = Trend.risks.filter { scan.counts($0) > 0 }
    let counts = Trend.risks.map { risk in
      TableCell(.text(count(risk, scan)), style: found.contains(risk) ? .risk(risk) : nil)
    }
    let sum = Trend.risks.map { "\(count($0, scan)) \($0.rawValue)" }.joined(separator: " · ")
    let names = scan.clusters.map(\.name)
    let more = names.count > 3 ? " and \(names.count - 3) more" : ""
    return [
      .text("\(scan.id)"), .text(Timestamp.minutes(secondsSince1970: scan.scannedAt)),
    ] + (isNarrow ? [TableCell(.text(sum), style: found.max().map { .risk($0) })] : counts) + [
      .text(remarks(scan, none: none)),
      TableCell(
        .name(TerminalText.sanitized(names.prefix(3).joined(separator: ", ") + more))),
    ]
  }

  private static func remarks(_ scan: RecordedScan, none: String) -> String {
    let unread = scan.clusters.count { !$0.isRead }
    let partial = scan.clusters.count { $0.isRead && $0.gaps > 0 }
    var remarks: [String] = []
    if unread > 0 { remarks.append(scan.clusters.count == 1 ? "not read" : "\(unread) not read") }
    if partial > 0 {
      remarks.append(scan.clusters.count == 1 ? "partly read" : "\(partial) partly read")
    }
    if !scan.isOfItsDay { remarks.append("as of \(scan.asOf)") }
    if !scan.filter.isEmpty { remarks.append(TerminalText.sanitized(scan.filter)) }
    return remarks.isEmpty ? none : remarks.joined(separator: ", ")
  }
}
