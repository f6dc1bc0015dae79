/// The commands that flags and the registry speak of; the raw value is what people type.
enum CommandName: String, Hashable, Sendable, CaseIterable {
  case scan
  case explain
  case access
  case files
  case merge
  case schedule
  case rules
  case schema
  case config
  case demo
  case completion
  case version
  case help

  /// The commands for which the environment and the config file are read; the others have no flag
  /// that they could set, and answer even where a setting is wrong.
  static let withSettings = Set(allCases).subtracting([.schema, .completion, .version, .help])
}
