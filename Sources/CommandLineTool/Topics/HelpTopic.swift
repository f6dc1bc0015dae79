/// A page of help on something other than a command. What it lists comes from the tables that the
/// program itself works with.
struct HelpTopic: Sendable {
  enum Block: Sendable {
    case paragraph(String)
    case heading(String)
    /// A name and what it means, one below the other.
    case list([(name: String, text: String)])
    /// Cells of one width each; the first row is the heading.
    case grid([[String]])
    /// Lines to copy, as they are.
    case verbatim(String)
  }

  let name: String
  /// One line, no period.
  let summary: String
  let blocks: [Block]

  /// `help topics` lists them.
  static let listWord = "topics"

  static func all(_ registry: CommandRegistry) -> [HelpTopic] {
    [risk, rules, exitStatus, formats, filters(registry)]
  }
}
