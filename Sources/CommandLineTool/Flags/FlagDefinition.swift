/// All that parsing, help and the reference in the README know about one flag.
struct FlagDefinition: Hashable, Sendable {
  /// Without dashes: `chunk-size`.
  let name: String
  /// Without its dash: `n`.
  let short: Character?
  let kind: ValueKind
  let repetition: Repetition
  /// How help names the value: `FILE`; empty for switches.
  let placeholder: String
  /// What help prints as the default; nil prints nothing.
  let defaultText: String?
  /// Sentence fragments without a trailing period, as kubectl words them.
  let help: String
  /// The value is a credential: no message may repeat it.
  let isSecret: Bool
  /// Stamped by the table from the group that declares the flag.
  var category: FlagCategory
  /// Where it acts; an empty set in a declaration means "as its group says".
  var commands: Set<CommandName>
  /// What completion offers as values.
  var completion = ValueCompletion.byKind
  /// Where a value may come from when none is typed; a credential never stands in a file.
  var settingScope = SettingScope.everywhere

  /// `--chunk-size`
  var spelling: String { "--\(name)" }
}

/// What a flag's value looks like.
enum ValueKind: Hashable, Sendable {
  /// `--flag`, `--flag=false`; never takes the next argument.
  case bool
  /// `-v`, `-v=6`, `-v 6`: the next argument is taken only when it is a number.
  case level
  case text
  /// A file or folder; completion offers paths.
  case path
  /// `--flag`, `--flag=FILE`; never takes the next argument.
  case optionalPath
  case integer
  /// As kubectl reads time limits: `5s`, `1m30s`, a bare number of seconds, 0 for none.
  case duration
  /// `YYYY-MM-DD`
  case date
  case choice([String])
}

/// Where a flag's value may come from besides the arguments.
enum SettingScope: Hashable, Sendable {
  /// The environment and the config file.
  case everywhere
  case environment
  case nowhere
}

/// What a second occurrence of a flag means.
enum Repetition: Hashable, Sendable {
  /// The last one counts, as in pflag.
  case lastWins
  /// Each one adds a value; a comma is part of the value (pflag's StringArray).
  case collects
  /// Each one adds values, which commas part (pflag's StringSlice).
  case collectsCommaSeparated
}

/// The heading that help prints a flag under, in this order.
enum FlagCategory: String, Hashable, Sendable, CaseIterable {
  case schedule = "Schedule"
  case selection = "Selection"
  case files = "Files"
  case source = "Input and output"
  case check = "Registries"
  case policy = "Policy"
  case mirror = "Mirror"
  case output = "Output"
  case report = "Report"
  case status = "Exit status"
  case scanning = "Scanning"
  case sweep = "Sweep"
  case history = "History"
  case connection = "Connection"
  case general = "General"
}
