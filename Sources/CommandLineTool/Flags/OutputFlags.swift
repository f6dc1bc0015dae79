import Reports

/// In which form the answer is printed.
struct OutputFlags: FlagGroup {
  static let category = FlagCategory.output
  static let commands: Set<CommandName> = [.scan, .demo]

  let format = Flag.choice(
    "output", short: "o", default: OutputFormat.table,
    "The form of the report: table shows a line for each namespace, wide a line for each finding;"
      + " csv and json hold everything")
  let noHeaders = Flag.toggle("no-headers", "Print tables and csv without their column headings")
  let color = Flag.choice(
    "color", default: ColorChoice.auto,
    "Colour tables; auto does so on a terminal and obeys NO_COLOR and CLICOLOR_FORCE")
  let role = Flag.toggle(
    "role", commands: [.access],
    "Print only the role that is missing, as YAML, without the table")
  let export = Flag.toggle(
    "export", commands: [.rules],
    "Print the catalogue as YAML, in the form that --rules reads")
}
