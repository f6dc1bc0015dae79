/// The commands of the program. A new one is a line in `standard`.
struct CommandRegistry: Sendable {
  let commands: [Command]
  let flags: FlagTable

  init(commands: [Command]) {
    self.commands = commands
    flags = FlagTable(commands: Set(commands.map(\.name)))
  }

  static let standard = CommandRegistry(commands: [
    ScanCommand.command,
    ExplainCommand.command,
    AccessCommand.command,
    FilesCommand.command,
    TraceCommand.command,
    FixCommand.command,
    MirrorCommand.command,
    PolicyCommand.command,
    CheckCommand.command,
    HistoryCommand.command,
    MergeCommand.command,
    ScheduleCommand.command,
    RulesCommand.command,
    SchemaCommand.command,
    ConfigCommand.command,
    DemoCommand.command,
    CompletionCommand.command,
    VersionCommand.command,
    HelpCommand.command,
  ])

  /// What is meant when no command is named: the default one, else help.
  var fallback: Command {
    commands.first(where: \.isDefault) ?? HelpCommand.command
  }

  func command(_ name: CommandName) -> Command? {
    commands.first { $0.name == name }
  }

  func command(typed text: String) throws(UsageError) -> Command {
    if let command = commands.first(where: { $0.name.rawValue == text }) {
      return command
    }
    let known = commands.map(\.name.rawValue)
    throw .unknownCommand(
      text, suggestion: Suggestion.nearest(to: text, among: known), known: known)
  }

  /// The commands that have a flag of this name.
  func owners(ofFlag name: String) -> [String] {
    let owners = flags.entries(named: name).reduce(into: Set<CommandName>()) {
      $0.formUnion($1.definition.commands)
    }
    return commands.map(\.name).filter(owners.contains).map(\.rawValue)
  }
}
