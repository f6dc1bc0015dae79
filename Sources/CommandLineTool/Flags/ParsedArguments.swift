/// What was typed, read and checked, before anything is planned: no disk, no network, no clock.
struct ParsedArguments: Sendable {
  let command: CommandName
  /// False when the command was left out and the default one stands in.
  let isCommandNamed: Bool
  let positionals: [String]
  /// By flag name; only the flags that were given, or set outside the arguments.
  var values: [String: any Sendable]
  /// Of the values that were not typed.
  var origins: [String: SettingOrigin] = [:]

  subscript<Value>(_ flag: Flag<Value>) -> Value {
    guard let value = values[flag.definition.name] else { return flag.fallback }
    return value as? Value ?? flag.fallback
  }

  /// Whether the value stands among the arguments, rather than in the environment or a file.
  func isTyped<Value>(_ flag: Flag<Value>) -> Bool {
    isTyped(named: flag.definition.name)
  }

  func isTyped(named name: String) -> Bool {
    values[name] != nil && origins[name] == nil
  }

  /// Tells `--flag=false` from a flag that was left out.
  func isGiven<Value>(_ flag: Flag<Value>) -> Bool {
    values[flag.definition.name] != nil
  }
}
