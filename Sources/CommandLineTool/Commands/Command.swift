/// One command: what help says of it, and what it does.
struct Command: Sendable {
  let name: CommandName
  let group: CommandGroup
  /// Everyday commands stand in `help`; `help --all` shows the rest too.
  var isEveryday = false
  /// The one that a bare `kubectl gcr-report` means.
  var isDefault = false
  /// One line, at most 60 characters, no period.
  let summary: String
  /// Whole sentences.
  var details: [String] = []
  /// The one argument that may follow the command's name.
  var positional: Positional?
  let examples: [Example]
  let run: @Sendable (Invocation) async throws -> ExitStatus

  /// An argument, `NAME` in help.
  struct Positional: Sendable {
    let placeholder: String
    let help: String
    /// Whether the command cannot do without it, and says so.
    var isRequired = false
    /// Whether any number of them may follow.
    var isRepeatable = false
    var completion = ValueCompletion.words([])

    /// `[NAME]` where it may be left out.
    var usage: String {
      let text = isRepeatable ? "\(placeholder)..." : placeholder
      return isRequired ? text : "[\(text)]"
    }
  }

  struct Example: Sendable {
    let comment: String
    let line: String
  }
}

/// The heading that help prints a command under, in this order.
enum CommandGroup: String, Sendable, CaseIterable {
  case look = "Look"
  case act = "Act"
  case time = "Over time and space"
  case reference = "Reference"
}
