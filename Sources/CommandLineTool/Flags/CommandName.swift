/// The commands that flags and the registry speak of; the raw value is what people type.
enum CommandName: String, Hashable, Sendable, CaseIterable {
  case scan
  case access
  case files
  case rules
  case schema
  case demo
  case version
  case help
}
