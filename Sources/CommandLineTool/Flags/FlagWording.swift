/// How help and the reference spell a flag and what they say of it.
enum FlagWording {
  /// `-n, --namespace NAME`; without a short form, room is left for one.
  static func signature(_ flag: FlagDefinition) -> String {
    let margin = flag.short == nil ? "    " : ""
    return margin + spelling(flag)
  }

  /// `-n, --namespace NAME`
  static func spelling(_ flag: FlagDefinition) -> String {
    let short = flag.short.map { "-\($0), " } ?? ""
    switch flag.kind {
    case .bool: return short + flag.spelling
    case .level, .optionalPath: return "\(short)\(flag.spelling)[=\(flag.placeholder)]"
    default: return "\(short)\(flag.spelling) \(flag.placeholder)"
    }
  }

  /// The help text with its default, or that the flag may be repeated.
  static func sentence(_ flag: FlagDefinition) -> String {
    switch (flag.repetition, flag.defaultText) {
    case (.collects, let text?): "\(flag.help) (repeatable; default \(text))"
    case (.collects, nil): "\(flag.help) (repeatable)"
    case (.collectsCommaSeparated, _): "\(flag.help) (repeatable, or comma-separated)"
    case (.lastWins, let text?): "\(flag.help) (default \(text))"
    case (.lastWins, nil): flag.help
    }
  }
}
