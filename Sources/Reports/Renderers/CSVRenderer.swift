import ImageReferences
import Inventory
import RegistryCatalogue

/// `-o csv`: RFC 4180 with CR LF line ends, UTF-8 without a byte order mark; columns are only
/// ever appended (`CSVColumns`).
///
/// Rows: findings (`row_type` `use`; history and clean uses only on request), then every coverage
/// gap (`coverage`), cluster by cluster; a cluster of which nothing was read is one coverage row
/// with the resource `*`. Several contexts, node counts and reasons: contexts are joined by
/// a comma, reasons by `; `, unknown counts are empty. `catalogue_version` holds version, date and
/// `sha256:…`, separated by spaces.
///
/// Text is kept as it is, line breaks included, with two exceptions. A cell of free text that
/// starts with `=`, `+`, `-`, `@`, tab or CR gets a `'` in front: no spreadsheet takes it for a
/// formula. Every other character that acts instead of showing (`TerminalText.acts`: controls,
/// bidirectional controls, zero-width and other invisible marks) becomes `\u{1b}`, `\u{202e}`: the
/// file can be looked at on a terminal, and no two names look alike; json has them unchanged.
enum CSVRenderer {
  static let schemaVersion = 1

  private typealias Cell = (column: String, text: String)

  static func render(_ report: Report, options: RenderOptions) -> String {
    rows(report, options: options).joined()
  }

  /// Each with its line end; the headings are the first one.
  static func rows(_ report: Report, options: RenderOptions) -> [String] {
    var rows: [String] = []
    forEachRow(of: report, options: options) { rows.append($0) }
    return rows
  }

  /// What `render` gives, many rows at a time.
  static func pieces<Failure: Error>(
    _ report: Report, options: RenderOptions, write: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var bytes: [UInt8] = []
    try forEachRow(of: report, options: options) { (row) throws(Failure) in
      bytes += row.utf8
      guard bytes.count > pieceLength else { return }
      try write(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    try write(bytes)
  }

  /// The rows, one at a time.
  private static func forEachRow<Failure: Error>(
    of report: Report, options: RenderOptions, _ write: (String) throws(Failure) -> Void
  ) throws(Failure) {
    let columns = options.columns ?? CSVColumns.names
    func row(_ type: String, _ cells: [Cell]) -> String {
      let texts = Dictionary(cells.map { ($0.column, $0.text) }, uniquingKeysWith: { $1 })
      return line(
        columns.map { column in
          switch column {
          case "schema_version": String(schemaVersion)
          case "row_type": type
          default: texts[column] ?? ""
          }
        })
    }
    if !options.noHeaders { try write(line(columns)) }
    for cluster in report.clusters {
      let start = clusterCells(report, cluster)
      for finding in cluster.findings where report.shows(finding) {
        try write(row("use", start + useCells(finding)))
      }
      for entry in gaps(of: cluster) {
        try write(row("coverage", start + coverageCells(entry)))
      }
    }
  }

  /// Gaps in the ledger's order; what was skipped or is not served is no gap.
  private static func gaps(of cluster: ClusterReport) -> [CoverageEntry] {
    let gaps = cluster.coverage.filter(\.isGap).sorted()
    guard let failure = cluster.failure else { return gaps }
    return [CoverageEntry(resource: "*", state: .failed, reason: failure)] + gaps
  }

  private static func clusterCells(
    _ report: Report, _ cluster: ClusterReport
  ) -> [Cell] {
    let scan = report.stamp(of: cluster)
    let stamp = scan.catalogue
    return [
      ("scanned_at", Timestamp.text(secondsSince1970: scan.scannedAt)),
      ("as_of", scan.asOf.description),
      ("catalogue_version", guarded("\(stamp.version) \(stamp.date) sha256:\(stamp.sha256)")),
      ("context", guarded(cluster.contexts.joined(separator: ","))),
      ("cluster_uid", guarded(cluster.clusterUID)),
      ("server_version", guarded(cluster.serverVersion)),
      ("filter", report.filter.isEmpty ? "" : guarded("filtered by \(report.filter.words)")),
    ]
  }

  private static func useCells(_ finding: Finding) -> [Cell] {
    let use = finding.use
    var cells: [Cell] = [
      ("namespace", guarded(use.workload.namespace)),
      ("team", guarded(finding.team)),
      ("workload_apiversion", guarded(use.workload.apiVersion)),
      ("workload_kind", guarded(use.workload.kind)),
      ("workload_name", guarded(use.workload.name)),
      ("activity", use.activity.word),
      ("managed_by", guarded(finding.workload.managedBy)),
      ("path", guarded(use.path)),
      ("container", guarded(use.container)),
      ("role", use.role.rawValue),
      ("image", guarded(use.image.text)),
      ("pull_policy", use.pullPolicy.rawValue),
      ("rule", guarded(finding.rule ?? finding.kind.rawValue)),
      ("fate", finding.fate.rawValue),
      ("certainty", finding.certainty?.rawValue ?? ""),
      ("exposure", finding.exposure.rawValue),
      ("risk", finding.risk.rawValue),
      ("reasons", guarded(finding.reasons.joined(separator: "; "))),
      ("replacement", guarded(finding.replacement)),
      ("waived_until", finding.waivedUntil?.description ?? ""),
      ("waived_kind", finding.waiver?.kind.rawValue ?? ""),
      ("waived_reason", guarded(finding.waiver?.reason)),
      ("nodes_with_image", finding.nodesWithImage.map(String.init) ?? ""),
      ("nodes_total", finding.nodesTotal.map(String.init) ?? ""),
    ]
    if let place = use.place {
      cells += [
        ("file", guarded(place.file)),
        ("line", String(place.line)),
        ("column", String(place.column)),
        ("file_confidence", place.confidence.rawValue),
      ]
    }
    if case .reference(let reference) = use.image {
      cells += [
        ("registry", guarded(reference.registry)),
        ("repository", guarded(reference.repository)),
        ("tag", guarded(reference.tag)),
        ("digest", guarded(reference.digest)),
      ]
    }
    return cells
  }

  private static func coverageCells(_ entry: CoverageEntry) -> [Cell] {
    [
      ("namespace", guarded(entry.namespace)),
      ("coverage_resource", guarded(entry.resource)),
      ("coverage_state", entry.state.rawValue),
      ("coverage_reason", guarded(entry.reason)),
      ("line", entry.line.map(String.init) ?? ""),
    ]
  }

  // MARK: Cells

  /// Free text, safe for a spreadsheet (OWASP, "CSV Injection") and for a terminal.
  private static func guarded(_ text: String?) -> String {
    guard let text, let first = text.unicodeScalars.first else { return "" }
    let isFormula = "=+-@\t\r".unicodeScalars.contains(first)
    return (isFormula ? "'" : "") + withoutControls(text)
  }

  private static func withoutControls(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isEscaped) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if isEscaped(scalar) {
        result += TerminalText.escape(scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// What acts, without the three that plain text has.
  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\t", "\n", "\r": false
    default: TerminalText.acts(scalar)
    }
  }

  /// RFC 4180, section 2: fields with line breaks, double quotes or commas are enclosed, quotes
  /// doubled.
  private static func line(_ cells: [String]) -> String {
    cells.map { cell in
      guard cell.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return cell }
      var quoted = "\""
      for scalar in cell.unicodeScalars {
        if scalar == "\"" { quoted += "\"" }
        quoted.unicodeScalars.append(scalar)
      }
      return quoted + "\""
    }
    .joined(separator: ",") + "\r\n"
  }
}
