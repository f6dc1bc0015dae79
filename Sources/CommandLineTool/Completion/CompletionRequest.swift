/// A command line that is not finished: the words before the cursor, and the one it stands in.
///
/// The words are read by the flag table as the parser reads them, but nothing is a mistake.
struct CompletionRequest {
  /// The hidden command that shells and `kubectl_complete-gcr_report` call.
  static let word = "__complete"

  enum Subject {
    /// The name of a flag, as far as it is typed.
    case flagName(String)
    case value(of: FlagDefinition, String)
    case argument(String)
  }

  let subject: Subject
  /// Nil until one is typed; then the default command is meant.
  let command: Command?
  /// What stands there beside flags, the command's name included.
  let positionals: [String]
  /// Names of the flags that stand there already.
  let given: Set<String>
  /// The words before the cursor, less a flag whose value the cursor is at.
  let finished: [String]

  /// `words` as typed after the program's name; the last one, perhaps empty, is at the cursor.
  init(_ words: [String], registry: CommandRegistry) {
    let current = words.last ?? ""
    var walk = Walk(table: registry.flags, rest: words.dropLast())
    walk.readAll()
    positionals = walk.positionals
    given = walk.given
    finished = Array(words.dropLast(walk.pending == nil ? 1 : 2))
    let command = walk.positionals.first.flatMap { name in
      registry.commands.first { $0.name.rawValue == name }
    }
    self.command = command
    func own(_ definition: FlagDefinition) -> FlagDefinition {
      registry.flags.entry(
        named: definition.name, for: command?.name ?? registry.fallback.name)?.definition
        ?? definition
    }
    if let pending = walk.pending {
      subject = .value(of: own(pending), current)
    } else if walk.isFlagsOver || !current.hasPrefix("-") {
      subject = .argument(current)
    } else if let sign = current.firstIndex(of: "="),
      let definition = Self.flag(String(current[..<sign]), in: registry.flags)
    {
      subject = .value(of: own(definition), String(current[current.index(after: sign)...]))
    } else {
      subject = .flagName(current)
    }
  }

  /// `--name`, or a cluster of short flags of which the last one counts.
  private static func flag(_ text: String, in table: FlagTable) -> FlagDefinition? {
    if text.hasPrefix("--") {
      return table.entries(named: String(text.dropFirst(2))).first?.definition
    }
    return text.last.flatMap { table.entry(short: $0)?.definition }
  }

  /// Answers on standard output and says nothing else, whatever happens.
  static func answer(
    _ words: [String], environment: Environment, registry: CommandRegistry
  ) async -> ExitStatus {
    let request = CompletionRequest(words, registry: registry)
    let live = LiveValues(request: request, environment: environment, registry: registry)
    let answer = await Completer(request: request, registry: registry, live: live).answer()
    do {
      try environment.standardOutput.write(answer.text())
      return .done
    } catch {
      return .error
    }
  }
}

/// The walk over the words before the cursor.
private struct Walk {
  let table: FlagTable
  var rest: ArraySlice<String>
  var positionals: [String] = []
  var given: Set<String> = []
  /// The flag whose value comes next.
  var pending: FlagDefinition?
  /// After `--`.
  var isFlagsOver = false

  init(table: FlagTable, rest: ArraySlice<String>) {
    self.table = table
    self.rest = rest
  }

  mutating func readAll() {
    while let word = rest.popFirst() {
      if word == "--" {
        isFlagsOver = true
        positionals += rest
        return
      }
      if word.hasPrefix("--") {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1)
        guard let definition = table.entries(named: String(parts.first ?? "")).first?.definition
        else { continue }
        take(definition, hasValue: word.contains("="))
      } else if word.hasPrefix("-"), word != "-" {
        readCluster(word.dropFirst())
      } else {
        positionals.append(word)
      }
    }
  }

  private mutating func readCluster(_ text: Substring) {
    var letters = text
    while let letter = letters.popFirst() {
      guard let definition = table.entry(short: letter)?.definition else { return }
      let isSwitch = [.bool, .level, .optionalPath].contains(definition.kind)
      take(definition, hasValue: !letters.isEmpty)
      if letters.first == "=" || !isSwitch { return }
    }
  }

  private mutating func take(_ definition: FlagDefinition, hasValue: Bool) {
    given.insert(definition.name)
    guard !hasValue, ![.bool, .level, .optionalPath].contains(definition.kind) else { return }
    if rest.popFirst() == nil { pending = definition }
  }
}
