/// What is wrong with the arguments; the exit status is 2.
enum UsageError: Error, Hashable {
  case unknownCommand(String, suggestion: String?, known: [String])
  /// `flag` with its dashes, never with its value.
  case unknownFlag(String, suggestion: String?)
  case malformedFlag(String)
  case missingValue(flag: String, placeholder: String)
  /// `value` is nil for a secret.
  case invalidValue(flag: String, value: String?, expected: String)
  case flagOfOtherCommand(String, command: CommandName, owners: [String])
  /// Two flags, with their dashes, that cannot both be meant.
  case contradiction(String, String)
  case unexpectedArgument(String, command: CommandName)
  /// A flag that does something only beside one of others.
  case needsOther(String, [String])
  /// `flag` with its placeholder.
  case missingFlag(String, command: CommandName, example: String)
  case missingArgument(command: CommandName, expected: String)
  case invalidArgument(String, command: CommandName, suggestion: String?, expected: String)
}
