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

extension OutputFormat {
  /// Whether its rows or sections may be grouped by `--by`; formats for programs are complete
  /// instead.
  package var canGroup: Bool {
    switch self {
    case .table, .wide, .markdown, .html: true
    case .csv, .json, .yaml, .sarif, .junit, .prometheus, .github, .name: false
    }
  }

  /// What the format holds and whom it is for, in one clause.
  package var summary: String {
    switch self {
    case .table: "a line for each namespace, worst first"
    case .wide: "a line for each finding"
    case .csv: "a row for each finding and each gap, for spreadsheets and stores"
    case .json: "everything, as kubectl gcr-report schema describes it"
    case .yaml: "the document of json as YAML"
    case .markdown: "for an issue or a wiki page, a section for each namespace or what --by says"
    case .html: "one self-contained file for a browser: map, dates, sums, every finding"
    case .sarif: "SARIF 2.1.0, for code scanning"
    case .junit: "a test case for each finding, for CI"
    case .prometheus: "gauges for node_exporter's textfile collector"
    case .github: "annotations of GitHub Actions"
    case .name: "the images of the findings, one a line, for pipes"
    }
  }
}
