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
  case unexpectedArgument(String, command: CommandName)
  /// Two flags, with their dashes, that cannot both be meant.
  case contradiction(String, String)
  /// A flag that does something only beside one of others.
  case needsOther(String, [String])
  /// A command without the argument that it is about.
  case missingArgument(String, command: CommandName)
}
