/// What `history` prints besides reports.
package enum HistoryDocument: Hashable, Sendable {
  /// Oldest first.
  case scans([RecordedScan])
  case diff(ReportDiff)
  case trend(Trend)

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case scans
    case diff
    case trend

    package var formats: [OutputFormat] {
      switch self {
      case .scans: [.table, .json]
      case .diff: [.table, .json, .markdown]
      case .trend: [.table, .json, .html]
      }
    }
  }

  package var kind: Kind {
    switch self {
    case .scans: .scans
    case .diff: .diff
    case .trend: .trend
    }
  }

  /// UTF-8, ended with a line feed. A format that the document does not have gives its table.
  package func render(as format: OutputFormat, options: RenderOptions) -> [UInt8] {
    switch (self, format) {
    case (.scans(let scans), .json): ScanListJSON.document(scans).serialized()
    case (.scans(let scans), _): Array(ScanListTable.render(scans, options: options).utf8)
    case (.diff(let diff), .json): DiffJSON.document(diff).serialized()
    case (.diff(let diff), .markdown): Array(DiffMarkdown.render(diff).utf8)
    case (.diff(let diff), _): Array(DiffTable.render(diff, options: options).utf8)
    case (.trend(let trend), .json): TrendJSON.document(trend).serialized()
    case (.trend(let trend), .html): Array(TrendHTML.render(trend).utf8)
    case (.trend(let trend), _): Array(TrendPlot.render(trend, options: options).utf8)
    }
  }
}
