import YAMLDocuments

/// Reads a catalogue or a rules file: the same fields, some of them optional for a user.
struct CatalogueReader {
  /// What a file holds.
  struct Document {
    var version: String?
    var date: CalendarDate?
    /// Sorted by id.
    var rules: [Rule]
  }

  static let apiVersion = "gcr-report/v1"
  static let kind = "RegistryCatalogue"
  /// A rules file is small; this bounds what aliases can blow up.
  private static let limits = YAMLLimits(
    maximumBytes: 8 << 20, maximumDepth: 20, maximumNodes: 500_000)

  /// For messages.
  let path: String
  /// A user may leave out title, certainty, texts and sources.
  let isUserFile: Bool
  var checksOverlaps = true

  func read(_ bytes: [UInt8]) throws(CatalogueError) -> Document {
    let nodes: [YAMLNode]
    do throws(YAMLError) {
      nodes = try YAMLDocuments.load(bytes, limits: Self.limits)
    } catch {
      throw .notYAML(path: path, error: error)
    }
    do throws(YAMLFieldError) {
      return try document(YAMLField(only: nodes, with: "rules"))
    } catch {
      throw .invalid(
        path: path, line: error.line, column: error.column, field: error.field,
        problem: error.problem)
    }
  }

  private func document(_ root: YAMLField) throws(YAMLFieldError) -> Document {
    let fields = try root.members(["apiVersion", "kind", "version", "date", "rules"])
    try expect(Self.apiVersion, in: fields["apiVersion"], of: root)
    try expect(Self.kind, in: fields["kind"], of: root)
    guard let list = fields["rules"] else { throw root.fault("\"rules\" is missing") }
    var rules: [Rule] = []
    var lines: [String: Int] = [:]
    for item in try list.items() {
      let rule = try RuleReader(isUserFile: isUserFile).read(item)
      if let line = lines.updateValue(item.node.start.line, forKey: rule.id) {
        throw item.fault("the id \"\(rule.id)\" stands in line \(line) already")
      }
      rules.append(rule)
    }
    rules.sort { $0.id < $1.id }
    // Of the embedded catalogue a test says that no two rules do.
    if checksOverlaps, let overlap = RuleIndex(rules).overlaps().first {
      let second = rules[overlap.second].id
      throw YAMLFieldError(
        line: lines[second] ?? 1, column: 1, field: list.name,
        problem: "the rules \"\(rules[overlap.first].id)\" and \"\(second)\" match the same"
          + " references (\(overlap.pattern)); make one of them more specific")
    }
    return Document(
      version: try fields["version"]?.text(), date: try fields["date"]?.day(), rules: rules)
  }

  private func expect(
    _ expected: String, in field: YAMLField?, of root: YAMLField
  ) throws(YAMLFieldError) {
    if let field { return try field.expect(expected) }
    if !isUserFile { throw root.fault("\"\(expected)\" is missing") }
  }
}
