/// Help in kubectl's manner, wrapped to a width: what it does, examples, grouped flags, usage.
struct HelpPage {
  let registry: CommandRegistry
  /// In columns; 40 to 200.
  let width: Int

  func overview(everything: Bool) -> String {
    var blocks = [
      paragraph(
        "Report which workloads and files depend on retired, frozen or vanishing image registries,"
          + " what happens at their next container start, and what to use instead."),
      Self.heading("Examples") + examples(overviewExamples),
    ]
    let shown = everything ? registry.commands : everydayCommands
    for group in CommandGroup.allCases {
      let commands = shown.filter { $0.group == group }
      guard !commands.isEmpty else { continue }
      blocks.append(
        Self.heading("\(group.rawValue)")
          + columns(commands.map { ($0.name.rawValue, marked($0)) }))
    }
    if everything {
      blocks += flagBlocks(registry.flags.entries.map(\.definition))
    }
    blocks.append(Self.heading("Usage") + usage("kubectl gcr-report [COMMAND] [flags]"))
    blocks.append(
      paragraph(
        everything
          ? "Use \"kubectl gcr-report help COMMAND\" for the flags of one command, and \"kubectl"
            + " gcr-report help topics\" for more to read."
          : "Use \"kubectl gcr-report help COMMAND\" for its flags, \"kubectl gcr-report help"
            + " --all\" for everything, and \"kubectl gcr-report help topics\" for more to read."))
    return blocks.joined(separator: "\n")
  }

  func command(_ command: Command) -> String {
    let sentences = command.details.isEmpty ? [command.summary + "."] : command.details
    var blocks = sentences.map(paragraph)
    blocks.append(Self.heading("Examples") + examples(command.examples))
    var line =
      "kubectl gcr-report "
      + (command.isDefault ? "[\(command.name.rawValue)]" : command.name.rawValue)
    if let positional = command.positional {
      line += " \(positional.usage)"
      blocks.append(
        Self.heading("Arguments") + columns([(positional.placeholder, positional.help)]))
    }
    blocks += flagBlocks(registry.flags.definitions(for: command.name))
    blocks.append(Self.heading("Usage") + usage(line + " [flags]"))
    return blocks.joined(separator: "\n")
  }

  // MARK: Parts

  private var everydayCommands: [Command] {
    let everyday = registry.commands.filter(\.isEveryday)
    return everyday.isEmpty ? registry.commands : everyday
  }

  private var overviewExamples: [Command.Example] {
    (everydayCommands.filter { $0.name != .help } + [HelpCommand.command])
      .compactMap(\.examples.first)
  }

  private func marked(_ command: Command) -> String {
    command.summary + (command.isDefault ? " (the default)" : "")
  }

  private func flagBlocks(_ definitions: [FlagDefinition]) -> [String] {
    FlagCategory.allCases.compactMap { category in
      let members = definitions.filter { $0.category == category }
      guard !members.isEmpty else { return nil }
      return Self.heading("\(category.rawValue) flags")
        + columns(members.map { (FlagWording.signature($0), FlagWording.sentence($0)) })
    }
  }

  static func heading(_ title: String) -> String {
    "\(title):\n"
  }

  func paragraph(_ text: String) -> String {
    lines(TextLayout.wrap(text, to: width), indent: 0)
  }

  private func usage(_ line: String) -> String {
    lines(TextLayout.wrap(line, to: width - 2), indent: 2)
  }

  private func examples(_ examples: [Command.Example]) -> String {
    examples.map { example in
      let comment = TextLayout.wrap(example.comment, to: width - 4).map { "# \($0)" }
      return lines(comment + TextLayout.continued(example.line, to: width - 2), indent: 2)
    }.joined(separator: "\n")
  }

  /// Two columns where there is room, else each text below its name.
  func columns(_ rows: [(name: String, text: String)]) -> String {
    let gap = 2
    let longest = rows.map(\.name.count).max() ?? 0
    let nameWidth = min(longest, 34)
    let textWidth = width - 2 - nameWidth - gap
    guard textWidth >= 36 else {
      return rows.map { row in
        lines([row.name], indent: 2) + lines(TextLayout.wrap(row.text, to: width - 8), indent: 8)
      }.joined()
    }
    return rows.map { row in
      var wrapped = TextLayout.wrap(row.text, to: textWidth)
      let margin = 2 + nameWidth + gap
      guard row.name.count <= nameWidth, !wrapped.isEmpty else {
        return lines([row.name], indent: 2) + lines(wrapped, indent: margin)
      }
      let padding = String(repeating: " ", count: nameWidth + gap - row.name.count)
      let first = row.name + padding + wrapped.removeFirst()
      return lines([first], indent: 2) + lines(wrapped, indent: margin)
    }.joined()
  }

  func lines(_ lines: [String], indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    return lines.map { "\(margin)\($0)\n" }.joined()
  }
}
