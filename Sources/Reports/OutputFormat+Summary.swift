extension OutputFormat {
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
