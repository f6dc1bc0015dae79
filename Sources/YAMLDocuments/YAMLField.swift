/// A node with the name of its place: for reading a document of known fields, and for errors that
/// name the place.
package struct YAMLField: Sendable {
  /// The name of the whole document's place.
  package static let root = "(document)"

  /// Put into words only when something is wrong.
  private indirect enum Place: Sendable {
    case document
    case member(String, of: Place)
    case item(Int, of: Place)

    var name: String {
      switch self {
      case .document: YAMLField.root
      case .member(let key, .document): key
      case .member(let key, let place): "\(place.name).\(key)"
      case .item(let index, let place): "\(place.name)[\(index)]"
      }
    }
  }

  private let place: Place
  package let node: YAMLNode

  private init(place: Place, node: YAMLNode) {
    self.place = place
    self.node = node
  }

  /// `rules[2].fates[0].from`
  package var name: String { place.name }

  /// The one document of a file.
  ///
  /// - Parameter member: what it is known by, for the error where there is none, or several.
  package init(only nodes: [YAMLNode], with member: String) throws(YAMLFieldError) {
    guard let node = nodes.first, nodes.count == 1 else {
      throw YAMLFieldError(
        line: nodes.count > 1 ? nodes[1].start.line : 1, column: 1, field: Self.root,
        problem: "expected one document with \"\(member)\", found "
          + (nodes.isEmpty ? "none" : "several"))
    }
    self.init(place: .document, node: node)
  }

  private var mark: YAMLMark { node.alias?.start ?? node.start }

  package var line: Int { mark.line }

  package func fault(_ problem: String) -> YAMLFieldError {
    YAMLFieldError(line: mark.line, column: mark.column, field: name, problem: problem)
  }

  /// The members of a mapping; one that is not allowed is an error, for it is a slip of the pen.
  package func members(_ allowed: [String]) throws(YAMLFieldError) -> [String: YAMLField] {
    guard let pairs = node.mapping else {
      throw fault("expected a mapping, found \(node.kindInWords)")
    }
    var members: [String: YAMLField] = [:]
    for pair in pairs {
      guard let key = pair.key.scalar?.text, allowed.contains(key) else {
        let key = pair.key.scalar.map { Self.quote($0.text) } ?? pair.key.kindInWords
        throw YAMLField(place: place, node: pair.key).fault(
          "unknown field \(key); expected one of \(allowed.joined(separator: ", "))")
      }
      members[key] = YAMLField(place: .member(key, of: place), node: pair.value)
    }
    return members
  }

  package func items() throws(YAMLFieldError) -> [YAMLField] {
    guard let nodes = node.sequence else {
      throw fault("expected a list, found \(node.kindInWords)")
    }
    return nodes.enumerated().map { index, node in
      YAMLField(place: .item(index, of: place), node: node)
    }
  }

  /// The text of a scalar as it was written, numbers and dates included; never blank.
  package func text() throws(YAMLFieldError) -> String {
    guard let scalar = node.scalar, !node.isNull else {
      throw fault("expected a string, found \(node.kindInWords)")
    }
    guard scalar.text.utf8.contains(where: { $0 > 0x20 }) else {
      throw fault("expected a string, found an empty one")
    }
    return scalar.text
  }

  package func texts() throws(YAMLFieldError) -> [String] {
    var texts: [String] = []
    for item in try items() { texts.append(try item.text()) }
    return texts
  }

  package func flag() throws(YAMLFieldError) -> Bool {
    guard let flag = node.bool else {
      throw fault("expected true or false, found \(node.kindInWords)")
    }
    return flag
  }

  package func expect(_ expected: String) throws(YAMLFieldError) {
    let text = try text()
    guard text == expected else {
      throw fault("unknown \(Self.quote(text)); expected \(expected)")
    }
  }

  package func choice<Choice>(_ type: Choice.Type) throws(YAMLFieldError) -> Choice
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    let text = try text()
    guard let choice = Choice(rawValue: text) else {
      let allowed = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault("unknown \(Self.quote(text)); expected one of \(allowed)")
    }
    return choice
  }

  /// Quoted so that it stays on one line, and cut where it is long.
  package static func quote(_ text: String) -> String {
    YAMLWriter.doubleQuoted(text.count > 60 ? text.prefix(60) + "…" : text)
  }
}

/// What is wrong at a place of a document; whoever reads it knows which file.
package struct YAMLFieldError: Error, Hashable, Sendable {
  /// 1-based, as the column is.
  package let line: Int
  package let column: Int
  package let field: String
  package let problem: String

  package init(line: Int, column: Int, field: String, problem: String) {
    self.line = line
    self.column = column
    self.field = field
    self.problem = problem
  }
}
