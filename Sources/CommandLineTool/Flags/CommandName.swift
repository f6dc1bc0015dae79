/// The commands that flags and the registry speak of; the raw value is what people type.
enum CommandName: String, Hashable, Sendable, CaseIterable {
  case scan
  case explain
  case access
  case files
  case trace
  case fix
  case mirror
  case policy
  case check
  case merge
  case history
  case schedule
  case rules
  case schema
  case config
  case demo
  case completion
  case version
  case help

  /// The commands that work on findings: those of a scan of now, or of a report (`--from`).
  static let onFindings: Set<CommandName> = [.trace, .fix, .mirror, .policy, .check]

  /// The commands for which the environment and the config file are read; the others have no flag
  /// that they could set, and answer even where a setting is wrong.
  static let withSettings = Set(allCases).subtracting([.schema, .completion, .version, .help])
}
