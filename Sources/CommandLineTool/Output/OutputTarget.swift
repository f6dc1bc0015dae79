import Reports

/// One `-o FORMAT[=FILE]`, as typed.
struct OutputTarget: Hashable, Sendable {
  let format: OutputFormat
  /// With its placeholders; nil: standard output.
  var file: String?

  init(_ format: OutputFormat, file: String? = nil) {
    self.format = format
    self.file = file
  }

  /// kubectl's formats that pick fields (`kubectl get --help`); their values hold an expression.
  private static let pickers = ["jsonpath", "custom-columns", "go-template", "template"]

  static func read(_ text: String) throws(InvalidFlagValue) -> OutputTarget {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts.first ?? "")
    if let picker = pickers.first(where: { name == $0 || name.hasPrefix("\($0)-") }) {
      throw InvalidFlagValue(
        value: text, expected: "a whole report; instead of \(picker) use -o json and jq")
    }
    guard let format = OutputFormat(rawValue: name) else {
      throw InvalidFlagValue(
        value: text, choices: OutputFormat.allCases.map(\.rawValue), nearTo: name)
    }
    guard parts.count == 2 else { return OutputTarget(format) }
    guard !parts[1].isEmpty else {
      throw InvalidFlagValue(value: text, expected: "a file after \"\(name)=\"")
    }
    return OutputTarget(format, file: String(parts[1]))
  }
}
