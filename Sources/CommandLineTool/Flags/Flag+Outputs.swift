import Reports

extension Flag where Value == [OutputTarget] {
  /// `FORMAT[=FILE]`, repeatable; completion offers the formats.
  static func outputs(
    _ name: String, short: Character, default fallback: OutputFormat,
    commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let definition = FlagDefinition(
      name: name, short: short, kind: .choice(OutputFormat.allCases.map(\.rawValue)),
      repetition: .collects, placeholder: "FORMAT[=FILE]", defaultText: fallback.rawValue,
      help: help, isSecret: false, category: .output, commands: commands, completion: .formats)
    return Flag(definition, fallback: [OutputTarget(fallback)]) {
      occurrences throws(InvalidFlagValue) in
      var targets: [OutputTarget] = []
      for text in occurrences.compactMap({ $0 }) {
        targets.append(try OutputTarget.read(text))
      }
      return targets
    }
  }
}

extension Flag where Value == [String] {
  /// Several of a long list of names, each once, in the order given.
  static func names(
    _ name: String, of known: [String], what: String, commands: Set<CommandName> = [],
    _ help: String
  ) -> Self {
    let definition = FlagDefinition(
      name: name, short: nil, kind: .choice(known), repetition: .collectsCommaSeparated,
      placeholder: "NAME", defaultText: nil, help: help, isSecret: false, category: .output,
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
