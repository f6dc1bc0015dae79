/// The form of the lines on standard error: the values of `--log-format`.
enum LogForm: String, Hashable, Sendable, CaseIterable {
  case text
  case json

  /// What the arguments and the environment ask for as far as can be told before they are read:
  /// for what is wrong with them.
  static func guess(_ arguments: [String], variables: [String: String]) -> LogForm {
    let spelling = Flags.general.logForm.definition.spelling
    var form = variables["GCR_REPORT_LOG_FORMAT"].flatMap(LogForm.init) ?? .text
    for (index, argument) in arguments.enumerated() {
      if argument == "--" { break }
      if argument == spelling, index + 1 < arguments.count {
        form = LogForm(rawValue: arguments[index + 1]) ?? form
      } else if argument.hasPrefix(spelling + "=") {
        form = LogForm(rawValue: String(argument.dropFirst(spelling.count + 1))) ?? form
      }
    }
    return form
  }
}
