import RegistryCatalogue

// One constructor for each kind of value. A name, a help text and what differs is all that a
// declaration in a flag group says.

extension FlagDefinition {
  /// Of a flag in a group, whose category the table stamps on it.
  init(
    _ name: String, _ short: Character?, _ kind: ValueKind, _ placeholder: String,
    help: String, repetition: Repetition = .lastWins, defaultText: String? = nil,
    isSecret: Bool = false, commands: Set<CommandName>
  ) {
    self.init(
      name: name, short: short, kind: kind, repetition: repetition, placeholder: placeholder,
      defaultText: defaultText, help: help, isSecret: isSecret, category: .general,
      commands: commands, settingScope: isSecret ? .environment : .everywhere)
  }
}

extension Flag where Value == Bool {
  static func toggle(
    _ name: String, short: Character? = nil, commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let definition = FlagDefinition(name, short, .bool, "", help: help, commands: commands)
    return Flag(definition, fallback: false) { occurrences throws(InvalidFlagValue) in
      var value = false
      for occurrence in occurrences {
        value = try readBool(occurrence)
      }
      return value
    }
  }

  /// The spellings of Go's strconv.ParseBool, which pflag uses.
  private static func readBool(_ text: String?) throws(InvalidFlagValue) -> Bool {
    switch text {
    case nil, "1", "t", "T", "true", "TRUE", "True": return true
    case "0", "f", "F", "false", "FALSE", "False": return false
    case .some(let text): throw InvalidFlagValue(value: text, expected: "true or false")
    }
  }
}

extension Flag where Value == String? {
  /// An empty value counts as not given, as client-go's overrides treat it.
  static func text(
    _ name: String, short: Character? = nil, _ placeholder: String, isSecret: Bool = false,
    commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    lastText(
      FlagDefinition(
        name, short, .text, placeholder, help: help, isSecret: isSecret, commands: commands))
  }

  /// A file or folder, as typed: relative paths are the business of whoever opens it.
  static func path(
    _ name: String, placeholder: String = "FILE",
    commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    lastText(
      FlagDefinition(name, nil, .path, placeholder, help: help, commands: commands))
  }

  private static func lastText(_ definition: FlagDefinition) -> Self {
    Flag(definition, fallback: nil) { occurrences in
      guard let last = occurrences.last ?? nil, !last.isEmpty else { return nil }
      return last
    }
  }
}

extension Flag where Value == [String] {
  static func list(
    _ name: String, short: Character? = nil, _ placeholder: String, commaSeparated: Bool,
    commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let definition = FlagDefinition(
      name, short, .text, placeholder, help: help,
      repetition: commaSeparated ? .collectsCommaSeparated : .collects, commands: commands)
    return Flag(definition, fallback: []) { occurrences in
      values(of: occurrences, commaSeparated: commaSeparated)
    }
  }

  private static func values(of occurrences: [String?], commaSeparated: Bool) -> [String] {
    let given = occurrences.compactMap { $0 }
    guard commaSeparated else { return given.filter { !$0.isEmpty } }
    return given.flatMap { $0.split(separator: ",").map(String.init) }
  }
}

extension Flag where Value == Int {
  static func integer(
    _ name: String, short: Character? = nil, default fallback: Int, atLeast minimum: Int,
    commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let definition = FlagDefinition(
      name, short, .integer, "N", help: help, defaultText: "\(fallback)", commands: commands)
    return Flag(definition, fallback: fallback) { occurrences throws(InvalidFlagValue) in
      try last(of: occurrences, expected: "a whole number, \(minimum) or more") { text in
        Int(text).flatMap { $0 >= minimum ? $0 : nil }
      } ?? fallback
    }
  }

  /// A level that bare repetition raises (`-vv` is 2) and a number sets (`-v=6`).
  static func level(
    _ name: String, short: Character? = nil, commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let definition = FlagDefinition(name, short, .level, "N", help: help, commands: commands)
    return Flag(definition, fallback: 0) { occurrences throws(InvalidFlagValue) in
      var level = 0
      for occurrence in occurrences {
        guard let text = occurrence else {
          level += 1
          continue
        }
        guard let number = Int(text), number >= 0 else {
          throw InvalidFlagValue(value: text, expected: "a whole number, 0 or more")
        }
        level = number
      }
      return level
    }
  }
}

extension Flag where Value == Duration? {
  /// Nil is "no limit": 0, or not given where nothing else is the default.
  static func duration(
    _ name: String, default fallback: Duration? = nil, defaultText: String = "0", _ help: String
  ) -> Self {
    let definition = FlagDefinition(
      name, nil, .duration, "DURATION", help: help, defaultText: defaultText, commands: [])
    return Flag(definition, fallback: fallback) { occurrences throws(InvalidFlagValue) in
      let given = try last(
        of: occurrences, expected: "a number of seconds or a duration such as 5s, 2m or 1m30s"
      ) { DurationText.read($0) }
      guard let given else { return fallback }
      return given == .zero ? nil : given
    }
  }
}

extension Flag where Value == CalendarDate? {
  static func date(
    _ name: String, commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let definition = FlagDefinition(name, nil, .date, "DATE", help: help, commands: commands)
    return Flag(definition, fallback: nil) { occurrences throws(InvalidFlagValue) in
      try last(of: occurrences, expected: "a day as YYYY-MM-DD") { CalendarDate($0) }
    }
  }
}

extension Flag where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
  static func choice(
    _ name: String, short: Character? = nil, default fallback: Value,
    commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let names = Value.allCases.map(\.rawValue)
    let definition = FlagDefinition(
      name, short, .choice(names), names.joined(separator: "|"), help: help,
      defaultText: fallback.rawValue, commands: commands)
    return Flag(definition, fallback: fallback) { occurrences throws(InvalidFlagValue) in
      try lastChoice(occurrences, names: names) { Value(rawValue: $0) } ?? fallback
    }
  }
}

extension Flag {
  /// A choice without a default.
  static func optionalChoice<Choice: RawRepresentable & Sendable>(
    _ name: String, _ placeholder: String, of choices: [Choice],
    commands: Set<CommandName> = [], _ help: String
  ) -> Self where Value == Choice?, Choice.RawValue == String {
    let names = choices.map(\.rawValue)
    let definition = FlagDefinition(
      name, nil, .choice(names), placeholder, help: help, commands: commands)
    return Flag(definition, fallback: nil) { occurrences throws(InvalidFlagValue) in
      try lastChoice(occurrences, names: names) { Choice(rawValue: $0) }
    }
  }

  /// Several of a set, comma-separated or repeated.
  static func choices<Choice: RawRepresentable & CaseIterable & Hashable & Sendable>(
    _ name: String, of: Choice.Type, commands: Set<CommandName> = [], _ help: String
  ) -> Self where Value == Set<Choice>, Choice.RawValue == String {
    let names = Choice.allCases.map(\.rawValue)
    let definition = FlagDefinition(
      name, nil, .choice(names), names.joined(separator: ","), help: help,
      repetition: .collectsCommaSeparated, commands: commands)
    return Flag(definition, fallback: []) { occurrences throws(InvalidFlagValue) in
      var chosen: Set<Choice> = []
      for text in occurrences.compactMap({ $0 }).flatMap({ $0.split(separator: ",") }) {
        let choice = try lastChoice([String(text)], names: names) { Choice(rawValue: $0) }
        if let choice {
          chosen.insert(choice)
        }
      }
      return chosen
    }
  }

  /// Every occurrence must be one of `names`; the last one counts.
  private static func lastChoice<Choice>(
    _ occurrences: [String?], names: [String], make: (String) -> Choice?
  ) throws(InvalidFlagValue) -> Choice? {
    var value: Choice?
    for text in occurrences.compactMap({ $0 }) {
      guard names.contains(text), let choice = make(text) else {
        throw InvalidFlagValue(value: text, choices: names)
      }
      value = choice
    }
    return value
  }
}
