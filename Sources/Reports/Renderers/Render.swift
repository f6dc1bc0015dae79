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
