/// Why a text could not be read. Lines and columns as in ``YAMLMark``.
package enum YAMLError: Error, Hashable, Sendable {
  /// `problem` is libyaml's words; they never quote the input.
  case syntax(line: Int, column: Int, problem: String)
  case invalidUTF8(line: Int, column: Int, byteOffset: Int)
  /// The text begins with the byte order mark of UTF-16 or UTF-32.
  case otherEncoding
  case tooLarge(bytes: Int, limit: Int)
  case tooDeep(line: Int, column: Int, limit: Int)
  case tooManyNodes(line: Int, column: Int, limit: Int)
  case unknownAlias(line: Int, column: Int, name: String)
  /// `*name` inside the node that `&name` marks.
  case recursiveAlias(line: Int, column: Int, name: String)
  case duplicateKey(line: Int, column: Int, key: String)
  /// The value of `<<` is neither a mapping nor a list of mappings.
  case invalidMerge(line: Int, column: Int)
  case outOfMemory

  /// Where, if the error has a place.
  package var position: (line: Int, column: Int)? {
    switch self {
    case .syntax(let line, let column, _), .invalidUTF8(let line, let column, _),
      .tooDeep(let line, let column, _), .tooManyNodes(let line, let column, _),
      .unknownAlias(let line, let column, _), .recursiveAlias(let line, let column, _),
      .duplicateKey(let line, let column, _), .invalidMerge(let line, let column):
      return (line, column)
    case .otherEncoding, .tooLarge, .outOfMemory:
      return nil
    }
  }

  /// What is wrong, without the place.
  package var problem: String {
    switch self {
    case .syntax(_, _, let problem): return "not YAML: \(problem)"
    case .invalidUTF8: return "not UTF-8 text"
    case .otherEncoding: return "text in UTF-16 or UTF-32; expected UTF-8"
    case .tooLarge(let bytes, let limit): return "\(bytes) bytes; expected at most \(limit)"
    case .tooDeep(_, _, let limit): return "nested deeper than \(limit) levels"
    case .tooManyNodes(_, _, let limit):
      return "more than \(limit) values once its aliases are expanded"
    case .unknownAlias(_, _, let name): return "no anchor \"&\(name)\" before \"*\(name)\""
    case .recursiveAlias(_, _, let name): return "\"*\(name)\" stands inside \"&\(name)\""
    case .duplicateKey(_, _, let key):
      return "key \(YAMLWriter.doubleQuoted(key)) stands twice in one mapping"
    case .invalidMerge: return "\"<<\" expects a mapping or a list of mappings"
    case .outOfMemory: return "out of memory while reading YAML"
    }
  }
}

extension YAMLError: CustomStringConvertible {
  package var description: String {
    guard let position else { return problem }
    return "line \(position.line), column \(position.column): \(problem)"
  }
}
