/// Reads arguments by pflag's rules, as kubectl does.
///
/// Flags may stand before, between and after positional arguments; the first positional is the
/// command, and without one the registry's default command is meant.
struct ArgumentParser {
  let registry: CommandRegistry

  /// Values are checked against their kinds; nothing is looked up outside the arguments.
  func parse(_ arguments: [String]) throws(UsageError) -> ParsedArguments {
    var tokens = Tokens(registry: registry, rest: arguments[...])
    try tokens.readAll()
    let (command, isNamed) = try command(of: tokens.positionals)
    let positionals = isNamed ? Array(tokens.positionals.dropFirst()) : tokens.positionals
    let values = try values(of: tokens.occurrences, for: command.name)
    let parsed = ParsedArguments(
      command: command.name, isCommandNamed: isNamed, positionals: positionals, values: values)
    let limit = command.positional.map { $0.isRepeatable ? Int.max : 1 } ?? 0
    if positionals.count > limit, !parsed[Flags.general.help] {
      throw .unexpectedArgument(positionals[limit], command: command.name)
    }
    return parsed
  }

  private func command(
    of positionals: [String]
  ) throws(UsageError) -> (command: Command, isNamed: Bool) {
    guard let typed = positionals.first else { return (registry.fallback, false) }
    return (try registry.command(typed: typed), true)
  }

  private func values(
    of occurrences: [Occurrence], for command: CommandName
  ) throws(UsageError) -> [String: any Sendable] {
    var raw: [String: [String?]] = [:]
    for occurrence in occurrences {
      raw[occurrence.name, default: []].append(occurrence.value)
    }
    var values: [String: any Sendable] = [:]
    // In the order typed, so that the first mistake is the one reported.
    for name in occurrences.map(\.name) where values[name] == nil {
      guard let entry = registry.flags.entry(named: name, for: command) else {
        throw .flagOfOtherCommand(
          "--\(name)", command: command, owners: registry.owners(ofFlag: name))
      }
      do {
        values[name] = try entry.flag.value(of: raw[name] ?? [])
      } catch {
        let definition = entry.definition
        throw .invalidValue(
          flag: definition.spelling, value: definition.isSecret ? nil : error.value,
          expected: error.expected)
      }
    }
    return values
  }
}

/// One flag as it stood among the arguments.
private struct Occurrence {
  let name: String
  /// Nil when the flag stood alone.
  let value: String?
}

/// The walk over the arguments, left to right.
private struct Tokens {
  let registry: CommandRegistry
  var rest: ArraySlice<String>
  var occurrences: [Occurrence] = []
  var positionals: [String] = []

  mutating func readAll() throws(UsageError) {
    while let argument = rest.popFirst() {
      if argument == "--" {
        positionals += rest
        return
      }
      if argument.hasPrefix("--") {
        try readLong(argument.dropFirst(2))
      } else if argument.hasPrefix("-"), argument != "-" {
        try readCluster(argument.dropFirst())
      } else {
        positionals.append(argument)
      }
    }
  }

  /// `name` or `name=value`, after the two dashes.
  private mutating func readLong(_ text: Substring) throws(UsageError) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let first = name.first, first != "-" else {
      throw .malformedFlag("--\(name)")
    }
    guard let definition = registry.flags.entries(named: name).first?.definition else {
      throw unknown("--\(name)", name: name)
    }
    if parts.count == 2 {
      occurrences.append(Occurrence(name: name, value: String(parts[1])))
    } else {
      try takeValue(for: definition, as: "--\(name)")
    }
  }

  /// `Aq`, `nNAME`, `n=NAME`, `v6`, after the dash: switches until one flag takes the rest.
  private mutating func readCluster(_ text: Substring) throws(UsageError) {
    var letters = text
    while let letter = letters.popFirst() {
      guard let definition = registry.flags.entry(short: letter)?.definition else {
        throw unknown("-\(letter)", name: String(letter))
      }
      if letters.first == "=" {
        occurrences.append(
          Occurrence(name: definition.name, value: String(letters.dropFirst())))
        return
      }
      switch definition.kind {
      case .bool, .optionalPath:
        occurrences.append(Occurrence(name: definition.name, value: nil))
      case .level:
        if !letters.isEmpty, letters.allSatisfy(Self.isDigit) {
          occurrences.append(Occurrence(name: definition.name, value: String(letters)))
          return
        }
        if letters.isEmpty {
          try takeValue(for: definition, as: "-\(letter)")
        } else {
          occurrences.append(Occurrence(name: definition.name, value: nil))
        }
      default:
        guard letters.isEmpty else {
          occurrences.append(Occurrence(name: definition.name, value: String(letters)))
          return
        }
        try takeValue(for: definition, as: "-\(letter)")
      }
    }
  }

  /// The value is the next argument, whatever it looks like, unless the kind needs none.
  private mutating func takeValue(
    for definition: FlagDefinition, as spelling: String
  ) throws(UsageError) {
    switch definition.kind {
    case .bool, .optionalPath:
      occurrences.append(Occurrence(name: definition.name, value: nil))
    case .level:
      let isNumber = rest.first.map { !$0.isEmpty && $0.allSatisfy(Self.isDigit) } ?? false
      occurrences.append(
        Occurrence(name: definition.name, value: isNumber ? rest.popFirst() : nil))
    default:
      guard let value = rest.popFirst() else {
        throw .missingValue(flag: spelling, placeholder: definition.placeholder)
      }
      occurrences.append(Occurrence(name: definition.name, value: value))
    }
  }

  private func unknown(_ spelling: String, name: String) -> UsageError {
    let isLong = spelling.hasPrefix("--")
    guard isLong else { return .unknownFlag(spelling, suggestion: nil) }
    // `--version`: a command that was typed as a flag.
    if let command = registry.commands.first(where: { $0.name.rawValue == name }) {
      return .unknownFlag(spelling, suggestion: "kubectl gcr-report \(command.name.rawValue)")
    }
    let candidates =
      guessedCommand.map(registry.flags.definitions(for:))
      ?? registry.flags.entries.map(\.definition)
    let nearest = Suggestion.nearest(to: name, among: candidates.map(\.name))
    return .unknownFlag(spelling, suggestion: nearest.map { "--\($0)" })
  }

  /// The command that the arguments are probably for: its flags alone are worth suggesting. Nil
  /// when the first word is no command.
  private var guessedCommand: CommandName? {
    guard let word = positionals.first ?? rest.first(where: { !$0.hasPrefix("-") }) else {
      return registry.fallback.name
    }
    if let command = registry.commands.first(where: { $0.name.rawValue == word }) {
      return command.name
    }
    // The value of another flag, if anything.
    return positionals.isEmpty ? registry.fallback.name : nil
  }

  private static func isDigit(_ character: Character) -> Bool {
    ("0"..."9").contains(character)
  }
}
