extension Progress {
  /// The progress of one call; nil unless standard error is a terminal that can erase lines.
  ///
  /// `--quiet` wants none, `-v` says more than it could, and a log in JSON has no place for it.
  static func wanted(by arguments: ParsedArguments, in environment: Environment) -> Progress? {
    let variables = environment.variables
    guard environment.terminal.isErrorTerminal,
      let terminal = variables["TERM"], !terminal.isEmpty, terminal != "dumb",
      !arguments[Flags.general.quiet], arguments[Flags.general.verbosity] == 0,
      arguments[Flags.general.logForm] == .text
    else { return nil }
    let writer = environment.standardError
    let started = ContinuousClock.now
    let progress = Progress(
      Surroundings(
        // Where standard error is gone, there is nobody to show anything to.
        write: { text in _ = try? writer.write(text) },
        columns: { TerminalFacts.errorColumns(variables: variables) },
        seconds: { (ContinuousClock.now - started) / .seconds(1) }))
    Interrupts.beforeExit { progress.endAtOnce() }
    return progress
  }
}
