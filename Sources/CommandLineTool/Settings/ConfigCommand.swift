/// `config view`: what the environment and the config file set.
enum ConfigCommand {
  private static let action = "view"

  static let command = Command(
    name: .config,
    group: .reference,
    summary: "Show the defaults that you have set for flags",
    details: [
      "Flags take their defaults from environment variables (GCR_REPORT_FAIL_ON for --fail-on) and"
        + " from the config file, gcr-report/config.yaml in $XDG_CONFIG_HOME or ~/.config, with the"
        + " same names (\"fail-on: high\"). What is typed wins over the environment, the environment"
        + " over the file.",
      "A flag that may be repeated takes a list in the file, and one value from each line of a"
        + " variable. A setting is for every command that has the flag. Files that are read are"
        + " looked for beside the config file. Credentials are refused there.",
      "config view shows each value in force and what it came from; -o yaml prints those that are"
        + " set as a config file. It never shows a credential.",
    ],
    positional: .init(
      placeholder: action, help: "Show the values (the only action)", completion: .words([action])),
    examples: [
      .init(comment: "Show each value and where it is set", line: "kubectl gcr-report config view"),
      .init(
        comment: "Keep the variables of this shell for good",
        line: "kubectl gcr-report config view -o yaml > config.yaml"),
    ],
    run: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> ExitStatus {
    let arguments = invocation.arguments
    if let word = arguments.positionals.first, word != action {
      throw UsageError.invalidArgument(
        word, command: .config, suggestion: Suggestion.nearest(to: word, among: [action]),
        expected: action)
    }
    let table = invocation.registry.flags
    let settings = try Settings.load(
      arguments, environment: invocation.environment, table: table)
    let page = ConfigPage(
      settings: settings, table: table, width: invocation.environment.terminal.pageWidth)
    try invocation.environment.standardOutput.write(
      arguments[Flags.output.configForm] == .yaml ? page.yaml() : page.text())
    return .done
  }
}
