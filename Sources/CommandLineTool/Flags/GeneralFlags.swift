/// Flags of the program itself.
struct GeneralFlags: FlagGroup {
  static let category = FlagCategory.general
  static let commands = CommandName.onFindings.union([
    .scan, .explain, .access, .files, .schedule, .demo,
  ])

  let verbosity = Flag.level(
    "v", short: "v",
    "Say on stderr what is asked of the server: 1 a line for each request and retry, and their"
      + " totals; 6 the headers too, with tokens and other secrets left out")
  let quiet = Flag.toggle(
    "quiet", short: "q", commands: commands.union([.merge, .history]),
    "No notes, warnings and progress on stderr, errors only")
  let logForm = Flag.choice(
    "log-format", default: LogForm.text, commands: commands.union([.merge]),
    "The form of what stands on stderr: text, or json, a line with an object of time, level,"
      + " message and context each, and no progress")
  let configFile = Flag.path(
    "config", commands: CommandName.withSettings,
    "Read defaults for flags from this YAML file, which must exist, instead of"
      + " gcr-report/config.yaml in $XDG_CONFIG_HOME or ~/.config"
  ).settable(.environment)
  let noConfigFile = Flag.toggle(
    "no-config", commands: CommandName.withSettings, "Read no config file"
  ).settable(.environment)
  let allCommands = Flag.toggle(
    "all", commands: [.help], "Show every command and every flag"
  ).settable(.nowhere)
  let help = Flag.toggle(
    "help", short: "h", commands: Set(CommandName.allCases), "Show help and exit"
  ).settable(.nowhere)

  var flags: [any ReadableFlag] {
    [
      verbosity, quiet, logForm, configFile, noConfigFile, allCommands, help,
    ]
  }
}
