import Reports

/// Finds the candidates for one unfinished command line, from the same tables that help reads.
struct Completer {
  typealias Candidate = CompletionAnswer.Candidate

  let request: CompletionRequest
  let registry: CommandRegistry
  let live: LiveValues

  func answer() async -> CompletionAnswer {
    switch request.subject {
    case .flagName(let prefix): return flagNames(prefix)
    case .value(let flag, let text): return await values(of: flag, text)
    case .argument(let prefix): return await arguments(prefix)
    }
  }

  // MARK: Names

  private func flagNames(_ prefix: String) -> CompletionAnswer {
    let command = request.command ?? registry.fallback
    var candidates: [Candidate] = []
    for flag in registry.flags.definitions(for: command.name)
    where flag.repetition != .lastWins || !request.given.contains(flag.name) {
      let help = Self.summary(flag.help)
      if let short = flag.short, prefix == "-" || prefix == "-\(short)" {
        candidates.append(Candidate(value: "-\(short)", help: help))
      }
      if flag.spelling.hasPrefix(prefix) {
        candidates.append(Candidate(value: flag.spelling, help: help))
      }
    }
    return CompletionAnswer(candidates: candidates)
  }

  /// The first clause of a help text: what fits beside a name.
  private static func summary(_ help: String) -> String {
    let clause = help.prefix { $0 != ";" && $0 != ":" }
    return TerminalText.truncated(String(clause), to: 72)
  }

  private func arguments(_ prefix: String) async -> CompletionAnswer {
    guard request.positionals.isEmpty else {
      guard let positional = request.command?.positional,
        request.positionals.count == 1 || positional.isRepeatable
      else {
        return .nothing
      }
      return await candidates(for: positional.completion, prefix)
    }
    return matching(commands, prefix)
  }

  private var commands: [Candidate] {
    registry.commands.map { Candidate(value: $0.name.rawValue, help: $0.summary) }
  }

  // MARK: Values

  private func values(of flag: FlagDefinition, _ text: String) async -> CompletionAnswer {
    guard flag.repetition == .collectsCommaSeparated else { return await value(of: flag, text) }
    // `a,b,c`: the last one is completed, and those before it are not offered again.
    let start = text.lastIndex(of: ",").map(text.index(after:)) ?? text.startIndex
    let head = String(text[..<start])
    var answer = await value(of: flag, String(text[start...]))
    let taken = Set(head.split(separator: ",").map(String.init))
    answer.candidates = answer.candidates.filter { !taken.contains($0.value) }.map {
      Candidate(value: head + $0.value, help: $0.help)
    }
    return answer
  }

  private func value(of flag: FlagDefinition, _ prefix: String) async -> CompletionAnswer {
    guard flag.completion == .byKind else { return await candidates(for: flag.completion, prefix) }
    switch flag.kind {
    case .path: return .files
    case .bool: return matching(["true", "false"].map { Candidate(value: $0) }, prefix)
    case .choice(let names):
      var answer = matching(names.map { Candidate(value: $0) }, prefix)
      answer.directive.insert(.keepOrder)
      return answer
    case .level, .text, .integer, .duration, .date: return .nothing
    }
  }

  private func candidates(
    for completion: ValueCompletion, _ prefix: String
  ) async -> CompletionAnswer {
    switch completion {
    case .byKind: return .nothing
    case .files: return .files
    case .folders: return CompletionAnswer(directive: .foldersOnly)
    case .formats: return formats(prefix)
    case .words(let words): return matching(words.map { Candidate(value: $0) }, prefix)
    case .helpSubjects:
      let topics = HelpTopic.all(registry).map { Candidate(value: $0.name, help: $0.summary) }
        .filter { topic in !commands.contains { $0.value == topic.value } }
      return matching(
        commands + topics + [Candidate(value: HelpTopic.listWord, help: "List the topics")],
        prefix)
    case .workloads: return await live.workloads(prefix)
    case .rules, .contexts, .clusters, .users, .namespaces:
      return matching(await live.candidates(for: completion), prefix)
    }
  }

  /// `csv`, then `csv=`, then the files after it.
  private func formats(_ text: String) -> CompletionAnswer {
    let known = OutputFormat.allCases.map { Candidate(value: $0.rawValue, help: $0.summary) }
    if let sign = text.firstIndex(of: "=") {
      let head = text[...sign]
      guard known.contains(where: { "\($0.value)=" == head }) else { return .nothing }
      return live.paths(String(text[text.index(after: sign)...]), head: String(head))
    }
    var answer = matching(known, text)
    answer.directive.insert(.keepOrder)
    if known.contains(where: { $0.value == text }) {
      answer.candidates.append(Candidate(value: "\(text)=", help: "To a file"))
    }
    return answer
  }

  private func matching(_ candidates: [Candidate], _ prefix: String) -> CompletionAnswer {
    CompletionAnswer(candidates: candidates.filter { $0.value.hasPrefix(prefix) })
  }
}
