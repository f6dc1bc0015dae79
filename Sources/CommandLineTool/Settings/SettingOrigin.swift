/// Where a value that was not typed came from.
enum SettingOrigin: Hashable, Sendable {
  /// A line of the config file, 1-based.
  case file(path: String, line: Int)
  /// A variable, `GCR_REPORT_OUTPUT`.
  case environment(String)

  /// A value of greater strength wins; what is typed is stronger than both.
  var strength: Int {
    switch self {
    case .file: 0
    case .environment: 1
    }
  }

  static let strengthOfArguments = 2
}

/// A value for one flag from outside the arguments, already checked.
struct Setting: Hashable, Sendable {
  let name: String
  /// As if the flag had been typed once for each.
  let texts: [String]
  let origin: SettingOrigin
}
