extension Flag where Value == RecordTarget? {
  /// `--record` or `--record=FILE`; the next argument is never its value.
  static func record(
    _ name: String, commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let definition = FlagDefinition(
      name, nil, .optionalPath, "FILE", help: help, commands: commands)
    return Flag(definition, fallback: nil) { occurrences in
      guard let last = occurrences.last else { return nil }
      guard let text = last, !text.isEmpty else { return .standard }
      return .file(text)
    }
  }
}

extension Flag where Value == Int? {
  /// Nil when it is not given.
  static func optionalInteger(
    _ name: String, atLeast minimum: Int, commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    number(
      FlagDefinition(name, nil, .integer, "N", help: help, commands: commands),
      expected: "a whole number, \(minimum) or more"
    ) { text in
      Int(text).flatMap { $0 >= minimum ? $0 : nil }
    }
  }

  /// A number of days: `90d`, `12w`, or the number alone.
  static func days(
    _ name: String, commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    number(
      FlagDefinition(name, nil, .text, "DAYS", help: help, commands: commands),
      expected: "a number of days or weeks such as 90d or 12w"
    ) { text in
      let unit = text.hasSuffix("w") ? 7 : 1
      let digits = text.hasSuffix("w") || text.hasSuffix("d") ? String(text.dropLast()) : text
      // A century and more: what is longer is a mistake, and would overflow in seconds.
      guard let count = Int(digits), (1...50_000).contains(count) else { return nil }
      return count * unit
    }
  }

  private static func number(
    _ definition: FlagDefinition, expected: String,
    _ number: @escaping @Sendable (String) -> Int?
  ) -> Self {
    Flag(definition, fallback: nil) { occurrences throws(InvalidFlagValue) in
      try last(of: occurrences, expected: expected, number)
    }
  }
}
