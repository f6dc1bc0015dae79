import Reports

/// In which form the answer is printed.
struct OutputFlags: FlagGroup {
  static let category = FlagCategory.output
  static let commands: Set<CommandName> = [.scan, .files, .merge, .history, .demo]

  let targets = Flag.outputs(
    "output", short: "o", default: OutputFormat.table,
    "The form of the report, and the file it goes to instead of standard output: table shows a line"
      + " for each namespace, wide one for each finding, markdown suits an issue, html a browser, csv, json and yaml hold"
      + " everything, sarif, junit, prometheus and github are for other programs, name lists"
      + " images; %d in FILE is the date, %t the time of day in UTC, %c the context"
  )
  let by = Flag.optionalChoice(
    "by", "WHAT", of: GroupDimension.allCases,
    "One line for each namespace (the default), workload, image, registry, rule, team, node or"
      + " cluster; -o wide adds columns to these lines, markdown and html have sections and tables"
      + " by it")
  let file = Flag.path(
    "output-file",
    "The file for the report, when there is one output only; %d is the date, %t the time of day in"
      + " UTC, %c the context")
  let keep = Flag.integer(
    "keep", default: 0, atLeast: 0, commands: [.scan, .merge],
    "Keep only so many of the files that one output with %d in its name has left, the newest; 0"
      + " keeps all")
  let lock = Flag.path(
    "lock", commands: [.scan],
    "Run only if no other run holds a lock on this file, which is made where it is missing")
  let columns = Flag.names(
    "columns", of: CSVColumns.names, what: "a column of csv",
    "Columns of csv to write, in this order; all of them without this flag")
  let noHeaders = Flag.toggle("no-headers", "Print tables and csv without their column headings")
  let color = Flag.choice(
    "color", default: ColorChoice.auto,
    commands: [.scan, .explain, .files, .merge, .history, .demo],
    "Colour tables; auto does so on a terminal and obeys NO_COLOR and CLICOLOR_FORCE")
  let role = Flag.toggle(
    "role", commands: [.access],
    "Print only the role that is missing, as YAML, without the table"
  ).settable(.nowhere)
  let export = Flag.toggle(
    "export", commands: [.rules],
    "Print the catalogue as YAML, in the form that --rules reads"
  ).settable(.nowhere)
  let traceForm = Flag.choice(
    "output", short: "o", default: AnswerForm.table, commands: [.trace],
    "Print tables, or everything as JSON"
  ).settable(.nowhere)
  let configForm = Flag.choice(
    "output", short: "o", default: ConfigForm.table, commands: [.config],
    "Print a table, or the values that are set as YAML that suits the config file"
  ).settable(.nowhere)

  var flags: [any ReadableFlag] {
    [
      targets, by, file, keep, lock, columns, noHeaders, color, role, export, traceForm,
      configForm,
    ]
  }
}

/// The forms of what is no report: the answers of `check`, of `trace` and of a rehearsal.
enum AnswerForm: String, Hashable, Sendable, CaseIterable {
  case table
  case json
}

/// The forms of `config view`.
enum ConfigForm: String, Hashable, Sendable, CaseIterable {
  case table
  case yaml
}
