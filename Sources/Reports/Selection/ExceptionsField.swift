import Inventory
import RegistryCatalogue
import YAMLDocuments

/// A node of an exceptions file with the name of its place, for reading and for errors.
struct ExceptionsField {
  static let root = "(document)"

  let path: String
  /// `exceptions[2].expires`
  let name: String
  let node: YAMLNode

  var line: Int { (node.alias?.start ?? node.start).line }

  func fault(_ problem: String) -> ExceptionsError {
    .invalid(path: path, line: line, field: name, problem: problem)
  }

  /// The members of a mapping; one that is not allowed is a slip of the pen.
  func members(_ allowed: [String]) throws(ExceptionsError) -> [String: ExceptionsField] {
    guard let pairs = node.mapping else {
      throw fault("expected a mapping, found \(node.kindInWords)")
    }
    var members: [String: ExceptionsField] = [:]
    for pair in pairs {
      guard let key = pair.key.scalar?.text, allowed.contains(key) else {
        let key = pair.key.scalar.map { Self.quote($0.text) } ?? pair.key.kindInWords
        throw ExceptionsField(path: path, name: name, node: pair.key).fault(
          "unknown field \(key); expected one of \(allowed.joined(separator: ", "))")
      }
      members[key] = ExceptionsField(
        path: path, name: name == Self.root ? key : "\(name).\(key)", node: pair.value)
    }
    return members
  }

  func items() throws(ExceptionsError) -> [ExceptionsField] {
    guard let nodes = node.sequence else {
      throw fault("expected a list, found \(node.kindInWords)")
    }
    return nodes.enumerated().map { index, node in
      ExceptionsField(path: path, name: "\(name)[\(index)]", node: node)
    }
  }

  /// The text of a scalar as it was written; never blank.
  func text() throws(ExceptionsError) -> String {
    guard let scalar = node.scalar, !node.isNull else {
      throw fault("expected a string, found \(node.kindInWords)")
    }
    guard scalar.text.utf8.contains(where: { $0 > 0x20 }) else {
      throw fault("expected a string, found an empty one")
    }
    return scalar.text
  }

  func expect(_ expected: String) throws(ExceptionsError) {
    let text = try text()
    guard text == expected else {
      throw fault("unknown \(Self.quote(text)); expected \(expected)")
    }
  }

  /// One pattern, or a list of them.
  func globs() throws(ExceptionsError) -> [Glob] {
    guard node.sequence != nil else { return [Glob(try text())] }
    let items = try items()
    guard !items.isEmpty else { throw fault("expected a pattern, found an empty list") }
    var globs: [Glob] = []
    for item in items { globs.append(Glob(try item.text())) }
    return globs
  }

  func day() throws(ExceptionsError) -> CalendarDate {
    let text = try text()
    guard let day = CalendarDate(text) else {
      throw fault("\(Self.quote(text)) is no day; expected YYYY-MM-DD")
    }
    return day
  }

  func kind() throws(ExceptionsError) -> Waiver.Kind {
    let text = try text()
    guard let kind = Waiver.Kind(rawValue: text) else {
      throw fault("unknown \(Self.quote(text)); expected mitigated or accepted")
    }
    return kind
  }

  /// Quoted so that it stays on one line, and cut where it is long.
  static func quote(_ text: String) -> String {
    YAMLWriter.doubleQuoted(text.count > 60 ? text.prefix(60) + "…" : text)
  }
}
