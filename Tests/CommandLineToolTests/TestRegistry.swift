@testable import CommandLineTool

/// A registry that knows every command, so that the whole flag table is in force.
enum TestRegistry {
  static let all = CommandRegistry(
    commands: CommandName.allCases.map { name in
      switch name {
      case .help: HelpCommand.command
      case .version: VersionCommand.command
      case .config: ConfigCommand.command
      case .completion: CompletionCommand.command
      case .scan, .explain, .access, .files, .trace, .fix, .mirror, .policy, .check, .merge,
        .history, .schedule, .rules, .schema, .demo:
        stand(for: name)
      }
    })

  private static func stand(for name: CommandName) -> Command {
    Command(
      name: name,
      group: .look,
      isEveryday: true,
      isDefault: name == .scan,
      summary: "Stand in for \(name.rawValue)",
      positional: name == .rules ? .init(placeholder: "NAME", help: "A rule") : nil,
      examples: [
        .init(
          comment: "A line that is long enough to be wrapped in a narrow window",
          line: "kubectl gcr-report \(name.rawValue) --namespace payments --output wide")
      ],
      run: { _ in .done })
  }

  static func parse(_ line: String...) throws(UsageError) -> ParsedArguments {
    try ArgumentParser(registry: all).parse(line)
  }
}
