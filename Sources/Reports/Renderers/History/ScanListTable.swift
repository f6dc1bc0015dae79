import RegistryCatalogue

/// The scans of a history, a line for each.
enum ScanListTable {
  static func render(_ scans: [RecordedScan], options: RenderOptions) -> String {
    let columns =
      [
        TableColumn(title: "ID", room: .always), TableColumn(title: "TIME (UTC)", room: .always),
      ]
      + Trend.risks.enumerated().map { number, risk in
        TableColumn(title: risk.rawValue.uppercased(), room: .optional(order: 4 - number))
      } + [
        TableColumn(title: "REMARKS", room: .flexible(minimum: 12, order: nil)),
        TableColumn(title: "CLUSTERS", room: .flexible(minimum: 12, order: nil)),
      ]
    return TableLayout(columns: columns, rows: scans.map(row), options: options).lines()
      .map { $0 + "\n" }.joined()
  }

  private static func row(_ scan: RecordedScan) -> [TableCell] {
    let isAnyRead = scan.clusters.contains(where: \.isRead)
    let counts = Trend.risks.map { risk in
      let count = scan.counts(risk)
      return TableCell(
        .text(isAnyRead ? CountWords.grouped(count) : "?"), style: count > 0 ? .risk(risk) : nil)
    }
    let names = scan.clusters.map(\.name)
    let more = names.count > 3 ? " and \(names.count - 3) more" : ""
    return [
      .text("\(scan.id)"), .text(Timestamp.minutes(secondsSince1970: scan.scannedAt)),
    ] + counts + [
      .text(remarks(scan)),
      TableCell(
        .name(TerminalText.sanitized(names.prefix(3).joined(separator: ", ") + more))),
    ]
  }

  private static func remarks(_ scan: RecordedScan) -> String {
    let unread = scan.clusters.count { !$0.isRead }
    let partial = scan.clusters.count { $0.isRead && $0.gaps > 0 }
    var remarks: [String] = []
    if unread > 0 { remarks.append(scan.clusters.count == 1 ? "not read" : "\(unread) not read") }
    if partial > 0 {
      remarks.append(scan.clusters.count == 1 ? "partly read" : "\(partial) partly read")
    }
    if !scan.isOfItsDay { remarks.append("as of \(scan.asOf)") }
    if !scan.filter.isEmpty { remarks.append(TerminalText.sanitized(scan.filter)) }
    return remarks.isEmpty ? "-" : remarks.joined(separator: ", ")
  }
}
