@testable import CommandLineTool

/// The flag reference of the README, in GitHub's Markdown.
enum FlagReference {
  /// A table of commands, then a table of flags for each category.
  static func markdown(_ registry: CommandRegistry) -> String {
    var text = "| Command | What it does |\n|---|---|\n"
    for command in registry.commands {
      let argument = command.positional.map { " \($0.usage)" } ?? ""
      let note = command.isDefault ? " (the default)" : ""
      text += "| `\(command.name.rawValue)\(argument)` | \(cell(command.summary + note)) |\n"
    }
    for category in FlagCategory.allCases {
      let members = registry.flags.entries.map(\.definition).filter { $0.category == category }
      guard !members.isEmpty else { continue }
      text += "\n**\(category.rawValue)**\n\n| Flag | Commands | Meaning |\n|---|---|---|\n"
      for flag in members {
        let commands = registry.commands.map(\.name).filter(flag.commands.contains)
        let owners =
          commands.count == registry.commands.count
          ? "all" : commands.map(\.rawValue).joined(separator: ", ")
        text += "| `\(cell(FlagWording.spelling(flag)))` | \(owners) |"
        text += " \(cell(FlagWording.sentence(flag))) |\n"
      }
    }
    return text
  }

  /// GitHub's tables part cells at a bar, even inside code, unless it is escaped.
  private static func cell(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
