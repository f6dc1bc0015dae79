/// Flags of the program itself.
struct GeneralFlags: FlagGroup {
  static let category = FlagCategory.general
  static let commands = CommandName.onFindings.union([.scan, .explain, .access, .files, .demo])

  let verbosity = Flag.level(
    "v", short: "v",
    "Say on stderr what is asked of the server: 1 a line for each request and retry, and their"
      + " totals; 6 the headers too, with tokens and other secrets left out")
  let quiet = Flag.toggle(
    "quiet", short: "q", commands: commands.union([.merge]),
    "No notes, warnings and progress on stderr, errors only")
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
}
