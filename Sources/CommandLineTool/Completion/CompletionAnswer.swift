import Reports

/// What may stand where the cursor is, and what the shell is to do with it.
struct CompletionAnswer: Hashable, Sendable {
  /// The bits of cobra's ShellCompDirective (`completions.go`), which kubectl understands.
  struct Directive: OptionSet, Hashable, Sendable {
    let rawValue: Int
    /// No blank after the candidate: more may follow.
    static let noSpace = Directive(rawValue: 2)
    /// Without candidates, do not offer files instead.
    static let noFiles = Directive(rawValue: 4)
    static let foldersOnly = Directive(rawValue: 16)
    static let keepOrder = Directive(rawValue: 32)
  }

  struct Candidate: Hashable, Sendable {
    let value: String
    var help = ""
  }

  var candidates: [Candidate] = []
  var directive: Directive = .noFiles

  static let nothing = CompletionAnswer()
  static let files = CompletionAnswer(directive: [])

  /// `value\tdescription` lines and a last `:directive`.
  func text() -> String {
    candidates.filter { Self.isOneWord($0.value) }.map { candidate in
      candidate.help.isEmpty
        ? "\(candidate.value)\n"
        : "\(candidate.value)\t\(TerminalText.sanitized(candidate.help))\n"
    }.joined() + ":\(directive.rawValue)\n"
  }

  /// Names come from clusters and files, and a shell puts a candidate on the command line as it is:
  /// one that it would not read back as one plain word is left out.
  static func isOneWord(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first != "~", first != "#" else { return false }
    return text.unicodeScalars.allSatisfy {
      !TerminalText.acts($0) && !$0.properties.isWhitespace
        && !"$`\"'\\;&|<>(){}[]*?!".unicodeScalars.contains($0)
    }
  }
}
