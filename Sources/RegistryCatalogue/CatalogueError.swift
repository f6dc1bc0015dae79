package import YAMLDocuments

/// Why a catalogue or a rules file could not be used.
package enum CatalogueError: Error, Hashable, Sendable {
  case notYAML(path: String, error: YAMLError)
  /// Line and column are 1-based; `field` reads `rules[2].fates[0].from`.
  case invalid(path: String, line: Int, column: Int, field: String, problem: String)
}

extension CatalogueError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notYAML(let path, let error):
      guard let position = error.position else { return "rules file \"\(path)\": \(error.problem)" }
      return "rules file \"\(path)\", line \(position.line), column \(position.column):"
        + " \(error.problem)"
    case .invalid(let path, let line, _, let field, let problem):
      return "rules file \"\(path)\", line \(line), field \"\(field)\": \(problem)"
    }
  }
}
