/// Lists of words as a sentence gives them.
enum WordList {
  /// `table, wide, csv or json`
  static func either(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}
