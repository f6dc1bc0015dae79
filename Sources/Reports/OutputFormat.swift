package import RegistryCatalogue

/// The formats of `-o`.
package enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  case table
  case wide
  case csv
  case json
  case yaml
  case markdown
  case html
  case sarif
  case junit
  case prometheus
  case github
  case name
}

/// What a renderer may know of the place its bytes go to.
package struct RenderOptions: Hashable, Sendable {
  /// Columns of the terminal; nothing is cut or wrapped unless `isTerminal`.
  package var width: Int
  /// Whether risk words are coloured (table and wide).
  package var color: Bool
  /// Leave out the column headings (table, wide and csv).
  package var noHeaders: Bool
  package var isTerminal: Bool
  /// The columns of csv, in this order; nil: all of `CSVColumns`.
  package var columns: [String]?
  /// Findings at or above it fail their test case in junit.
  package var failureLevel: Risk
  /// What formats that group do it by; nil: wide not at all, the
  /// others by namespaces.
  package var dimension: GroupDimension?

  package init(
    width: Int = 80, color: Bool = false, noHeaders: Bool = false, isTerminal: Bool = false,
    columns: [String]? = nil, failureLevel: Risk = .low,
    dimension: GroupDimension? = nil
  ) {
    self.width = width
    self.color = color
    self.noHeaders = noHeaders
    self.isTerminal = isTerminal
    self.columns = columns
    self.failureLevel = failureLevel
    self.dimension = dimension
  }

  /// The width that lines must keep to; nil in a pipe. Narrower than 20 is treated as 20.
  package var lineWidth: Int? {
    isTerminal ? max(20, width) : nil
  }
}

/// The report in one format: UTF-8, ended with a line feed (CSV: CR LF); nothing at all where a
/// list without headings is empty.
package func render(
  _ report: Report, as format: OutputFormat, options: RenderOptions = RenderOptions()
) -> [UInt8] {
  switch format {
  case .table, .wide: Array(table(report, isWide: format == .wide, options: options).utf8)
  case .csv: Array(CSVRenderer.render(report, options: options).utf8)
  case .json: JSONRenderer.render(report)
  case .yaml: Array(YAMLRenderer.render(report).utf8)
  case .markdown: Array(MarkdownRenderer.render(report, by: options.dimension ?? .namespace).utf8)
  case .html: HTMLRenderer.render(report, by: options.dimension ?? .namespace)
  case .sarif: SARIFRenderer.render(report)
  case .junit: Array(JUnitRenderer.render(report, failingFrom: options.failureLevel).utf8)
  case .prometheus: Array(PrometheusRenderer.render(report).utf8)
  case .github: Array(GitHubRenderer.render(report).utf8)
  case .name: Array(NameRenderer.render(report).utf8)
  }
}

/// Without `--by`, table sums up namespaces and wide lists findings.
private func table(_ report: Report, isWide: Bool, options: RenderOptions) -> String {
  switch options.dimension {
  case nil:
    isWide
      ? WideRenderer.render(report, options: options)
      : TableRenderer.render(report, options: options)
  case .namespace where !isWide: TableRenderer.render(report, options: options)
  case .some(let dimension):
    GroupedRenderer.render(report, by: dimension, isWide: isWide, options: options)
  }
}

extension OutputFormat {
  /// Whether its rows or sections may be grouped by `--by`; formats for programs are complete
  /// instead.
  package var canGroup: Bool {
    switch self {
    case .table, .wide, .markdown, .html: true
    case .csv, .json, .yaml, .sarif, .junit, .prometheus, .github, .name: false
    }
  }
}

/// The rows of `-o csv`, each with its line end; the headings are the first one.
package func csvRows(_ report: Report, options: RenderOptions = RenderOptions()) -> [String] {
  CSVRenderer.rows(report, options: options)
}

/// The document of `-o json` on one line, with its line feed.
package func jsonLine(_ report: Report) -> [UInt8] {
  JSONRenderer.document(report).line()
}

/// So many bytes are worth a write of their own.
let pieceLength = 256 * 1024

/// The same bytes as `render`, in pieces where the format allows.
package func renderPieces<Failure: Error>(
  _ report: Report, as format: OutputFormat, options: RenderOptions = RenderOptions(),
  write: ([UInt8]) throws(Failure) -> Void
) throws(Failure) {
  switch format {
  case .json: try JSONRenderer.pieces(report, write: write)
  case .csv: try CSVRenderer.pieces(report, options: options, write: write)
  default: try write(render(report, as: format, options: options))
  }
}
