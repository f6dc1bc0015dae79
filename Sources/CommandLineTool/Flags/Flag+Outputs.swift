import Reports

extension Flag where Value == [OutputTarget] {
  /// `FORMAT[=FILE]`, repeatable; completion offers the formats.
  static func outputs(
    _ name: String, short: Character, default fallback: OutputFormat,
    commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let definition = FlagDefinition(
      name, short, .choice(OutputFormat.allCases.map(\.rawValue)), "FORMAT[=FILE]", help: help,
      repetition: .collects, defaultText: fallback.rawValue, commands: commands)
    return Flag(definition, fallback: [OutputTarget(fallback)]) {
      occurrences throws(InvalidFlagValue) in
      var targets: [OutputTarget] = []
      for text in occurrences.compactMap({ $0 }) {
        targets.append(try OutputTarget.read(text))
      }
      return targets
    }.completing(.formats)
  }
}

extension Flag where Value == [String] {
  /// Several of a long list of names, each once, in the order given.
  static func names(
    _ name: String, of known: [String], what: String, commands: Set<CommandName> = [],
    _ help: String
  ) -> Self {
    let definition = FlagDefinition(
      name, nil, .choice(known), "NAME", help: help, repetition: .collectsCommaSeparated,
      commands: commands)
    return Flag(definition, fallback: []) { occurrences throws(InvalidFlagValue) in
      var names: [String] = []
      for text in occurrences.compactMap({ $0 }).flatMap({ $0.split(separator: ",") }) {
        let text = String(text)
        guard known.contains(text) else {
          let nearest = Suggestion.nearest(to: text, among: known)
          throw InvalidFlagValue(
            value: text,
            expected: nearest.map { "\(what); did you mean \"\($0)\"?" }
              ?? "\(what): \(WordList.either(known))")
        }
        if !names.contains(text) { names.append(text) }
      }
      return names
    }
  }
}
