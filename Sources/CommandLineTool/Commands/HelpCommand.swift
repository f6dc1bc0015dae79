/// `help`, `help --all` and `help COMMAND`.
enum HelpCommand {
  static let command = Command(
    name: .help,
    group: .reference,
    summary: "Show help on a command",
    details: ["Show the everyday commands, every command and flag, or one command's help."],
    positional: .init(placeholder: "COMMAND", help: "The command to explain"),
    examples: [
      .init(comment: "Show the everyday commands", line: "kubectl gcr-report help"),
      .init(comment: "Show every command and every flag", line: "kubectl gcr-report help --all"),
      .init(comment: "Explain one command", line: "kubectl gcr-report help version"),
    ],
    run: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> ExitStatus {
    let page = HelpPage(
      registry: invocation.registry, width: invocation.environment.terminal.layoutWidth)
    let arguments = invocation.arguments
    let text =
      if let name = arguments.positionals.first {
        page.command(try invocation.registry.command(typed: name))
      } else {
        page.overview(everything: arguments[Flags.general.allCommands])
      }
    try invocation.environment.standardOutput.write(text)
    return .done
  }

  /// `--help` with any command, or with none.
  static func answer(_ invocation: Invocation) throws -> ExitStatus {
    let page = HelpPage(
      registry: invocation.registry, width: invocation.environment.terminal.layoutWidth)
    let arguments = invocation.arguments
    let named = arguments.isCommandNamed ? invocation.registry.command(arguments.command) : nil
    let text = named.map(page.command) ?? page.overview(everything: false)
    try invocation.environment.standardOutput.write(text)
    return .done
  }
}
