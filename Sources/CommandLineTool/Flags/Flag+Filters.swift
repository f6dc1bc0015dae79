import Inventory
import RegistryCatalogue

extension Flag where Value == [Glob] {
  /// Patterns, repeatable or comma-separated.
  static func globs(
    _ name: String, _ placeholder: String, commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let list = Flag<[String]>.list(
      name, placeholder, commaSeparated: true, commands: commands, help)
    return Flag(list.definition, fallback: []) { occurrences throws(InvalidFlagValue) in
      try list.read(occurrences).map { Glob($0) }
    }
  }
}

extension Flag where Value == Risk? {
  /// A risk that a finding can have, the worst first.
  static func risk(_ name: String, commands: Set<CommandName> = [], _ help: String) -> Self {
    optionalChoice(
      name, "LEVEL", of: Risk.allCases.filter { $0 != .clean }.sorted(by: >), commands: commands,
      help)
  }
}

extension Flag where Value == LabelSelector? {
  /// The last one counts, and an empty one selects everything, as in kubectl.
  static func selector(
    _ name: String, short: Character, commands: Set<CommandName> = [], _ help: String
  ) -> Self {
    let text = Flag<String?>.text(name, short: short, "SELECTOR", commands: commands, help)
    return Flag(text.definition, fallback: nil) { occurrences throws(InvalidFlagValue) in
      guard let text = try text.read(occurrences) else { return nil }
      let selector: LabelSelector
      do {
        selector = try LabelSelector(text)
      } catch {
        throw InvalidFlagValue(value: text, expected: "a label selector: \(error)")
      }
      return selector.selectsEverything ? nil : selector
    }
  }
}
