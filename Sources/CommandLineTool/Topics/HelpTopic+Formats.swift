import Reports

extension HelpTopic {
  static let formats = HelpTopic(
    name: "formats",
    summary: "The forms of a report, and where each goes",
    blocks: [
      .list(OutputFormat.allCases.map { ($0.rawValue, $0.summary) }),
      .paragraph(
        "One scan can write several, each with a file of its own. A file is written whole or not at"
          + " all. In its name %d is the date of the scan, %t the time, %c the context, %% a percent"
          + " sign."),
      .verbatim("kubectl gcr-report -o table -o csv=report-%d.csv -o json=report.json"),
      .paragraph(
        "--columns chooses columns of csv. Cells that a spreadsheet would take for a formula begin"
          + " with an apostrophe. Tables are sized to the terminal; in a pipe nothing is cut or"
          + " coloured."),
      .paragraph(
        "jsonpath, custom-columns and go-template are not there: -o json and jq do that. Reports go"
          + " to standard output, words to standard error."),
    ])
}
