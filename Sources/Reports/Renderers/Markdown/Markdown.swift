/// Text made fit for GitHub-flavoured Markdown (https://github.github.com/gfm/), in a table or not.
///
/// What a cluster says must become neither markup nor a link, a mention, an issue number or an
/// emoji; GitHub makes these of rendered text too, save within code. So names are code, always, and
/// sentences are code unless they hold nothing that anybody interprets.
package enum Markdown {
  /// A code span. A backtick and a pipe have no escape that holds both in and outside of tables
  /// (GFM 6.3 and 4.10): they become visible escapes, as controls do.
  package static func code(_ text: String) -> String {
    var result = ""
    for scalar in TerminalText.sanitized(text).unicodeScalars {
      switch scalar {
      case "`", "|": result += TerminalText.escape(scalar)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result.isEmpty ? "–" : "`\(result)`"
  }

  /// A sentence as plain text where that is safe, else as code.
  package static func prose(_ text: String) -> String {
    let text = TerminalText.sanitized(text)
    guard isPlain(text) else { return code(text) }
    var result = ""
    for scalar in text.unicodeScalars {
      // GFM 6.1: an escaped character is only itself.
      if "*_[]<>~&".unicodeScalars.contains(scalar) { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// Cells of one row, each finished Markdown.
  package static func row(_ cells: [String]) -> String {
    "| \(cells.joined(separator: " | ")) |\n"
  }

  package static func table(_ titles: [String], isNumber: [Bool]) -> String {
    row(titles) + row(isNumber.map { $0 ? "--:" : "---" })
  }

  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic || isNumber(text),
      // Backslash, code, table; mentions, issues and commits; mathematics.
      !text.unicodeScalars.contains(where: { "\\`|@#$".unicodeScalars.contains($0) })
    else { return false }
    let lower = text.lowercased()
    // GFM 6.9, autolinks; GitHub's issue and emoji forms.
    guard !lower.contains("://"), !lower.contains("www."), !lower.contains("gh-") else {
      return false
    }
    return text.split(separator: " ").allSatisfy { word in
      word.count { $0 == ":" } < 2 && !isCommit(word)
    }
  }

  /// Digits at the beginning, and no marker of an ordered list (GFM 5.2).
  private static func isNumber(_ text: String) -> Bool {
    let rest = text.drop { $0.isASCII && $0.isNumber }
    guard rest.count < text.count, let next = rest.first else { return false }
    // A marker is one before a space alone.
    let after = rest.dropFirst().first
    return next != "." && next != ")" || after != nil && after != " "
  }

  /// What GitHub would take for a commit.
  private static func isCommit(_ word: Substring) -> Bool {
    (7...40).contains(word.utf8.count)
      && word.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
  }
}
