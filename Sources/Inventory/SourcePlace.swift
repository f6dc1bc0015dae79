/// Where a reference stands in a file.
package struct SourcePlace: Hashable, Sendable {
  /// As it was named or found: relative where the argument was.
  package var file: String
  /// 1-based.
  package var line: Int
  /// 1-based, in Unicode scalars.
  package var column: Int
  package var endLine: Int
  /// The column after the last character.
  package var endColumn: Int
  package var confidence: SourceConfidence
  /// Comments that ask to ignore a rule here.
  package var ignores: [IgnoreComment]

  package init(
    file: String, line: Int, column: Int, endLine: Int, endColumn: Int,
    confidence: SourceConfidence, ignores: [IgnoreComment] = []
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
    self.confidence = confidence
    self.ignores = ignores
  }
}

/// How a reference was told from other text of a file.
package enum SourceConfidence: String, Hashable, Sendable, CaseIterable {
  /// At a place that the file's format has for an image.
  case parsed
  /// By the habits of Helm values and their likes: keys named for an image.
  case values
  /// Text that begins with a registry which the catalogue knows, or a short name that the words
  /// around it take for an image.
  case text
}

/// `gcr-report: ignore RULE reason` in a comment.
package struct IgnoreComment: Hashable, Sendable {
  /// The id of a rule, or the word that stands in its place.
  package var rule: String
  package var reason: String

  package init(rule: String, reason: String) {
    self.rule = rule
    self.reason = reason
  }
}
