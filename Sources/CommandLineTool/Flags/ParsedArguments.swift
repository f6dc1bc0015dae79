/// What was typed, read and checked, before anything is planned: no disk, no network, no clock.
struct ParsedArguments: Sendable {
  let command: CommandName
  /// False when the command was left out and the default one stands in.
  let isCommandNamed: Bool
  let positionals: [String]
  /// By flag name; only the flags that were given.
  let values: [String: any Sendable]

  subscript<Value>(_ flag: Flag<Value>) -> Value {
    guard let value = values[flag.definition.name] else { return flag.fallback }
    return value as? Value ?? flag.fallback
  }

  /// Tells `--flag=false` from a flag that was left out.
  func isGiven<Value>(_ flag: Flag<Value>) -> Bool {
    values[flag.definition.name] != nil
  }
}
