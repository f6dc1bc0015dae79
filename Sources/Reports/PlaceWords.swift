/// How places are called in tables.
enum PlaceWords {
  /// Objects without a namespace stand together under a word that no namespace can have.
  static func namespace(_ name: String) -> String {
    name.isEmpty ? "(cluster)" : TerminalText.sanitized(name)
  }
}
