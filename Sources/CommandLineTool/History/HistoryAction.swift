/// What `history` is asked to do: its first argument.
enum HistoryAction: Hashable {
  case list
  case show(Int)
  case prune
  case diff(former: String?, later: String?)
  case trend

  private static let names = ["list", "show", "prune", "diff", "trend"]

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

  /// Refuses flags that do nothing here.
  func check(_ arguments: ParsedArguments) throws(UsageError) {
    let flags = Flags.history
    if arguments.isTyped(flags.keep) { try need("--keep", self == .prune, "prune") }
    if arguments.isTyped(flags.olderThan) { try need("--older-than", self == .prune, "prune") }
    if arguments.isTyped(Flags.status.failOnNew) {
      try need("--fail-on-new", isDiff, "diff")
    }
    if arguments.isTyped(Flags.output.targets) { try need("--output", isShow, "show") }
    if arguments.isTyped(Flags.output.by) { try need("--by", isShow, "show") }
    if arguments.isTyped(Flags.output.file) { try need("--output-file", isShow, "show") }
    if arguments.isTyped(Flags.output.columns) { try need("--columns", isShow, "show") }
    if arguments.isTyped(Flags.output.noHeaders) {
      try need("--no-headers", self != .trend && self != .prune, "list, show or diff")
    }
  }

  private var isDiff: Bool {
    if case .diff = self { true } else { false }
  }

  private var isShow: Bool {
    if case .show = self { true } else { false }
  }

  private func need(_ flag: String, _ isHere: Bool, _ action: String) throws(UsageError) {
    if !isHere { throw .needsOther(flag, ["history \(action)"]) }
  }
}
