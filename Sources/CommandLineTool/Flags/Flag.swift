/// A flag together with the Swift type of its value: `arguments[Flags.scanning.chunkSize]` is an
/// Int.
struct Flag<Value: Sendable>: Sendable {
  let definition: FlagDefinition
  /// The value when the flag is not given.
  let fallback: Value
  /// Reads all occurrences in the order given; nil stands for an occurrence without a value.
  let read: @Sendable ([String?]) throws(InvalidFlagValue) -> Value

  init(
    _ definition: FlagDefinition,
    fallback: Value,
    read: @escaping @Sendable ([String?]) throws(InvalidFlagValue) -> Value
  ) {
    self.definition = definition
    self.fallback = fallback
    self.read = read
  }
}

extension Flag {
  /// The same flag, completed in another way than its kind tells.
  func completing(_ completion: ValueCompletion) -> Self {
    var definition = definition
    definition.completion = completion
    return Flag(definition, fallback: fallback, read: read)
  }

  /// The same flag, with less room for defaults from outside the arguments.
  func settable(_ scope: SettingScope) -> Self {
    var definition = definition
    definition.settingScope = scope
    return Flag(definition, fallback: fallback, read: read)
  }
}

extension Flag {
  /// Every occurrence must be readable; the last one counts. Nil where there is none.
  static func last<Read>(
    of occurrences: [String?], expected: String, _ read: (String) -> Read?
  ) throws(InvalidFlagValue) -> Read? {
    var value: Read?
    for text in occurrences.compactMap({ $0 }) {
      guard let readable = read(text) else {
        throw InvalidFlagValue(value: text, expected: expected)
      }
      value = readable
    }
    return value
  }
}

/// A value that its flag cannot hold; the parser adds which flag it was.
struct InvalidFlagValue: Error, Hashable {
  let value: String
  /// What would have been right: `a whole number, 1 or more`.
  let expected: String
}

extension InvalidFlagValue {
  /// - Parameter typed: what to hold against the choices, where it is not the whole value.
  init(value: String, choices: [String], nearTo typed: String? = nil) {
    let nearest = Suggestion.nearest(to: typed ?? value, among: choices)
    self.init(
      value: value,
      expected: WordList.either(choices) + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""))
  }
}

/// A flag whose value type the table need not know.
protocol ReadableFlag: Sendable {
  var definition: FlagDefinition { get }
  func value(of occurrences: [String?]) throws(InvalidFlagValue) -> any Sendable
}

extension Flag: ReadableFlag {
  func value(of occurrences: [String?]) throws(InvalidFlagValue) -> any Sendable {
    try read(occurrences)
  }
}

/// The flags of one category; the table stamps category and commands on them.
protocol FlagGroup: Sendable {
  static var category: FlagCategory { get }
  /// The commands of every flag in the group that does not name its own.
  static var commands: Set<CommandName> { get }
  /// Each stored property of the group, in the order that help shows them (a test sees to it that
  /// none is missing).
  var flags: [any ReadableFlag] { get }
}
