import Reports

/// What `history` is asked to do: its first argument.
enum HistoryAction: Hashable {
  case list
  case show(Int)
  case prune
  case diff(former: String?, later: String?)
  case trend

  static let names = ["list", "show", "prune", "diff", "trend"]

  init(_ arguments: [String]) throws(UsageError) {
    let name = arguments.first ?? "list"
    let rest = Array(arguments.dropFirst())
    let limit: Int
    switch name {
    case "list":
      self = .list
      limit = 0
    case "prune":
      self = .prune
      limit = 0
    case "trend":
      self = .trend
      limit = 0
    case "show":
      guard let text = rest.first else {
        throw .missingArgument(command: .history, expected: "the number of a scan after \"show\"")
      }
      guard let number = Int(text), number > 0 else {
        throw .invalidArgument(
          text, command: .history, suggestion: nil,
          expected: "the number of a scan, as \"kubectl gcr-report history\" lists them")
      }
      self = .show(number)
      limit = 1
    case "diff":
      guard rest.count != 1 else {
        throw .missingArgument(
          command: .history, expected: "two scans or files after \"diff\", or none for the last two"
        )
      }
      self = .diff(former: rest.first, later: rest.dropFirst().first)
      limit = 2
    default:
      throw .invalidArgument(
        name, command: .history, suggestion: Suggestion.nearest(to: name, among: Self.names),
        expected: WordList.either(Self.names))
    }
    guard rest.count <= limit else {
      throw .unexpectedArgument(rest[limit], command: .history)
    }
  }

  /// Of what it prints; nil for a report, and for prune.
  var document: HistoryDocument.Kind? {
    switch self {
    case .list: .scans
    case .diff: .diff
    case .trend: .trend
    case .show, .prune: nil
    }
  }

  /// Refuses flags that do nothing here, and forms that are not there.
  func check(_ arguments: ParsedArguments) throws(UsageError) {
    let (flags, output) = (Flags.history, Flags.output)
    if arguments.isTyped(flags.keep) { try need("--keep", self == .prune, "prune") }
    if arguments.isTyped(flags.olderThan) { try need("--older-than", self == .prune, "prune") }
    if arguments.isTyped(Flags.status.failOnNew) {
      try need("--fail-on-new", document == .diff, "diff")
    }
    let prints = "list, show, diff or trend"
    if arguments.isTyped(output.targets) { try need("--output", self != .prune, prints) }
    if arguments.isTyped(output.file) { try need("--output-file", self != .prune, prints) }
    if arguments.isTyped(output.by) { try need("--by", isShow, "show") }
    if arguments.isTyped(output.columns) { try need("--columns", isShow, "show") }
    if arguments.isTyped(output.noHeaders) {
      try need("--no-headers", self != .trend && self != .prune, "list, show or diff")
    }
    if self == .prune, arguments[flags.keep] == nil, arguments[flags.olderThan] == nil {
      throw .missingArgument(
        command: .history, expected: "--keep N or --older-than DAYS beside \"prune\"")
    }
    guard let document, arguments.isTyped(output.targets) else { return }
    for target in arguments[output.targets] where !document.formats.contains(target.format) {
      throw .invalidValue(
        flag: "--output", value: target.format.rawValue,
        expected: WordList.either(document.formats.map(\.rawValue))
          + " after \"history \(name)\"")
    }
  }

  private var name: String {
    switch self {
    case .list: "list"
    case .show: "show"
    case .prune: "prune"
    case .diff: "diff"
    case .trend: "trend"
    }
  }

  private var isShow: Bool {
    if case .show = self { true } else { false }
  }

  private func need(_ flag: String, _ isHere: Bool, _ actions: String) throws(UsageError) {
    if !isHere { throw .needsOther(flag, ["history \(actions)"]) }
  }
}
