import YAMLDocuments

/// A node of a rules file with the name of its place, for reading and for errors.
struct CatalogueField {
  let file: String
  /// `rules[2].fates[0].from`; the root is `(document)`.
  let name: String
  let node: YAMLNode

  func fault(_ problem: String) -> CatalogueError {
    let mark = node.alias?.start ?? node.start
    return .invalid(
      path: file, line: mark.line, column: mark.column, field: name, problem: problem)
  }

  /// The fields of a mapping; a key that is not allowed is an error, for it is a slip of the pen.
  func fields(_ allowed: [String]) throws(CatalogueError) -> [String: CatalogueField] {
    guard let pairs = node.mapping else {
      throw fault("expected a mapping, found \(node.kindInWords)")
    }
    var fields: [String: CatalogueField] = [:]
    for pair in pairs {
      guard let key = pair.key.scalar?.text, allowed.contains(key) else {
        let field = CatalogueField(file: file, name: name, node: pair.key)
        let key = pair.key.scalar.map { Self.quote($0.text) } ?? pair.key.kindInWords
        throw field.fault(
          "unknown field \(key); expected one of \(allowed.joined(separator: ", "))")
      }
      let path = name == Self.root ? key : "\(name).\(key)"
      fields[key] = CatalogueField(file: file, name: path, node: pair.value)
    }
    return fields
  }

  func items() throws(CatalogueError) -> [CatalogueField] {
    guard let nodes = node.sequence else {
      throw fault("expected a list, found \(node.kindInWords)")
    }
    return nodes.enumerated().map { index, node in
      CatalogueField(file: file, name: "\(name)[\(index)]", node: node)
    }
  }

  /// The text of a scalar as it was written, numbers and dates included; never empty.
  func text() throws(CatalogueError) -> String {
    guard let scalar = node.scalar, !node.isNull else {
      throw fault("expected a string, found \(node.kindInWords)")
    }
    guard scalar.text.utf8.contains(where: { $0 > 0x20 }) else {
      throw fault("expected a string, found an empty one")
    }
    return scalar.text
  }

  func texts() throws(CatalogueError) -> [String] {
    var texts: [String] = []
    for item in try items() { texts.append(try item.text()) }
    return texts
  }

  func flag() throws(CatalogueError) -> Bool {
    guard let flag = node.bool else {
      throw fault("expected true or false, found \(node.kindInWords)")
    }
    return flag
  }

  func day() throws(CatalogueError) -> CalendarDate {
    let text = try text()
    guard let day = CalendarDate(text) else {
      throw fault("\(Self.quote(text)) is no day; expected YYYY-MM-DD")
    }
    return day
  }

  func choice<Choice>(_ type: Choice.Type) throws(CatalogueError) -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let text = try text()
    guard let choice = Choice(rawValue: text) else {
      let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault("unknown \(Self.quote(text)); expected one of \(allowed)")
    }
    return choice
  }

  static let root = "(document)"

  /// Quoted so that it stays on one line, and cut where it is long.
  static func quote(_ text: String) -> String {
    YAMLWriter.doubleQuoted(text.count > 60 ? text.prefix(60) + "…" : text)
  }
}
