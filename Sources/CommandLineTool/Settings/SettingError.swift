/// A setting that cannot be used; the exit status is 2.
struct SettingError: Error, Hashable {
  enum Place: Hashable {
    /// Line and column are 1-based; nil for the file as a whole.
    case file(String, line: Int?, column: Int?)
    case variable(String)
  }

  enum Problem: Hashable {
    case unreadable(String)
    case notYAML(String)
    case severalDocuments
    /// `found` in words: "a list".
    case noMapping(found: String)
    case unknown(suggestion: String?)
    /// The flag exists, but only among the arguments.
    case notASetting
    case secret
    case noValue
    /// Neither a text nor, where the flag is repeatable, a list of texts.
    case wrongShape(expected: String, found: String)
    /// `value` is nil for a secret.
    case invalid(value: String?, expected: String)
  }

  let place: Place
  /// The key of the file.
  var field: String?
  let problem: Problem
}

func describe(_ error: SettingError) -> String {
  switch error.place {
  case .variable(let name): return describe(error.problem, ofVariable: name)
  case .file(let path, let line, let column):
    guard let line, let column else {
      return "config file \"\(path)\": \(describe(error.problem, field: error.field))"
    }
    let field = error.field.map { "\($0): " } ?? ""
    return "\(path):\(line):\(column): \(field)\(describe(error.problem, field: error.field))"
  }
}

private func describe(_ problem: SettingError.Problem, field: String?) -> String {
  switch problem {
  case .unreadable(let reason): return "cannot be read: \(reason)"
  case .notYAML(let problem): return problem
  case .severalDocuments: return "a second document; expected one"
  case .noMapping(let found): return "expected settings, as in \"output: wide\", found \(found)"
  case .unknown(let suggestion?): return "unknown setting; did you mean \"\(suggestion)\"?"
  case .unknown(nil):
    return
      "unknown setting; \"kubectl gcr-report config view --no-config\" lists those that there are"
  case .notASetting: return "only the command line can say this; it is no setting"
  case .secret:
    return "a credential in a file like this one is easily copied or committed; let the kubeconfig"
      + " hold it, or set \(EnvironmentSettings.variable(for: field ?? ""))"
  case .noValue: return "no value; give one or remove the line"
  case .wrongShape(let expected, let found): return "expected \(expected), found \(found)"
  case .invalid(let value?, let expected): return "invalid value \"\(value)\"; expected \(expected)"
  case .invalid(nil, let expected): return "invalid value; expected \(expected)"
  }
}

private func describe(_ problem: SettingError.Problem, ofVariable name: String) -> String {
  switch problem {
  case .unknown(let suggestion?):
    return "unknown environment variable \"\(name)\"; did you mean \"\(suggestion)\"?"
  case .unknown(nil):
    return "unknown environment variable \"\(name)\"; names that begin with"
      + " \(EnvironmentSettings.prefix) belong to flags, as"
      + " \(EnvironmentSettings.variable(for: Flags.output.targets.definition.name)) does to"
      + " \(Flags.output.targets.definition.spelling); unset it"
  case .notASetting:
    return "environment variable \"\(name)\": only the command line can say this; unset it"
  case .invalid(let value?, let expected):
    return "invalid value \"\(value)\" in environment variable \"\(name)\"; expected \(expected)"
  case .invalid(nil, let expected):
    return "invalid value in environment variable \"\(name)\"; expected \(expected)"
  default: return "environment variable \"\(name)\": \(describe(problem, field: nil))"
  }
}
