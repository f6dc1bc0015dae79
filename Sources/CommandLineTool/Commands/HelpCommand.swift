/// `help`, `help --all`, `help COMMAND`, `help TOPIC` and `help topics`.
enum HelpCommand {
  static let command = Command(
    name: .help,
    group: .reference,
    summary: "Show help on a command or a topic",
    details: [
      "Show the everyday commands, every command and flag, one command's help, or what there is to"
        + " know of a topic."
    ],
    positional: .init(
      placeholder: "COMMAND", help: "The command or topic to explain; topics lists the topics",
      completion: .helpSubjects),
    examples: [
      .init(comment: "Show the everyday commands", line: "kubectl gcr-report help"),
      .init(comment: "Show every command and every flag", line: "kubectl gcr-report help --all"),
      .init(comment: "Explain one command", line: "kubectl gcr-report help version"),
      .init(comment: "List the topics", line: "kubectl gcr-report help topics"),
    ],
    run: { try run($0) })

  private static func run(_ invocation: Invocation) throws -> ExitStatus {
    let page = HelpPage(
      registry: invocation.registry, width: invocation.environment.terminal.layoutWidth)
    let arguments = invocation.arguments
    let text =
      if let name = arguments.positionals.first {
        try explanation(of: name, page)
      } else {
        page.overview(everything: arguments[Flags.general.allCommands])
      }
    try invocation.environment.standardOutput.write(text)
    return .done
  }

  /// A name may be that of a command and of a topic; the command comes first.
  private static func explanation(
    of name: String, _ page: HelpPage
  ) throws(UsageError) -> String {
    if name == HelpTopic.listWord { return page.topicList() }
    let topics = HelpTopic.all(page.registry)
    let command = page.registry.commands.first { $0.name.rawValue == name }
    let topic = topics.first { $0.name == name }
    guard command != nil || topic != nil else {
      let known =
        page.registry.commands.map(\.name.rawValue)
        + topics.map(\.name).filter { $0 != CommandName.rules.rawValue } + [HelpTopic.listWord]
      throw .unknownCommand(
        name, suggestion: Suggestion.nearest(to: name, among: known), known: known)
    }
    return [command.map(page.command), topic.map(page.topic)].compactMap { $0 }
      .joined(separator: "\n")
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
