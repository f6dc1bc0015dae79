// The front of the program: arguments → invocation → one command → exit status.
//
// Here belong flags, commands, the wording of errors, the exit status and the console. What a
// command works with (clusters, catalogue, reports) lives in the modules below.

package enum CommandLineTool {
  /// Runs one call and says everything there is to say; the result is the process's exit status.
  package static func run(arguments: [String], environment: Environment) async -> Int32 {
    await run(arguments: arguments, environment: environment, registry: .standard).rawValue
  }

  /// `arguments` without the program's own name.
  static func run(
    arguments: [String], environment: Environment, registry: CommandRegistry
  ) async -> ExitStatus {
    if arguments.first == CompletionRequest.word {
      return await CompletionRequest.answer(
        Array(arguments.dropFirst()), environment: environment, registry: registry)
    }
    var progress: Progress?
    var form = LogForm.guess(arguments, variables: environment.variables)
    defer { progress?.end() }
    do {
      var parsed = try ArgumentParser(registry: registry).parse(arguments)
      if CommandName.withSettings.contains(parsed.command), !parsed[Flags.general.help] {
        let settings = try Settings.load(parsed, environment: environment, table: registry.flags)
        parsed = try settings.applied(to: parsed, table: registry.flags)
      }
      form = parsed[Flags.general.logForm]
      progress = Progress.wanted(by: parsed, in: environment)
      let invocation = Invocation(
        arguments: parsed, environment: environment.clearing(progress), registry: registry,
        progress: progress)
      if parsed[Flags.general.help] {
        return try HelpCommand.answer(invocation)
      }
      let command = registry.command(parsed.command) ?? registry.fallback
      return try await command.run(invocation)
    } catch {
      progress?.end()
      let status = ExitStatus.decide(facts(of: error))
      // Who pressed Ctrl-C knows.
      guard status != .interrupted else { return status }
      let diagnostics = Diagnostics(
        writer: environment.standardError, form: form, now: environment.now)
      diagnostics.error(describe(error))
      if status == .usage {
        let page = subject(of: arguments, registry).map { "help \($0.rawValue)" } ?? "help"
        diagnostics.hint("see \"kubectl gcr-report \(page)\" for usage")
      }
      return status
    }
  }

  /// The command whose help tells what was wrong, as far as can be told from arguments that may not
  /// be readable.
  private static func subject(of arguments: [String], _ registry: CommandRegistry) -> CommandName? {
    guard let first = arguments.first else { return nil }
    // Flags without a command are those of a scan, which the short help does not list.
    let name = first.hasPrefix("-") ? .scan : CommandName(rawValue: first)
    guard let name, name != .help, registry.command(name) != nil else { return nil }
    return name
  }
}
