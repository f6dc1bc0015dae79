/// One call of the program, as a command sees it.
struct Invocation: Sendable {
  let arguments: ParsedArguments
  let environment: Environment
  let registry: CommandRegistry
  /// Where reading is shown while it goes on; nil where that is not wanted, as in a pipe.
  var progress: Progress?

  /// Notes, warnings and the request log on standard error.
  var diagnostics: Diagnostics {
    Diagnostics(
      writer: environment.standardError, isQuiet: arguments[Flags.general.quiet],
      verbosity: arguments[Flags.general.verbosity],
      form: arguments[Flags.general.logForm], now: environment.now)
  }

  /// Whether the report on standard output is coloured.
  var usesColor: Bool {
    environment.terminal.usesColor(
      arguments[Flags.output.color], variables: environment.variables)
  }
}
