import Kubeconfig
import YAMLDocuments

/// Defaults for flags from a YAML file: `fail-on: high` stands for `--fail-on high`.
struct SettingsFile {
  private static let limit = 1 << 20

  /// As typed, or absolute.
  let path: String
  let table: FlagTable
  /// Where `~` leads.
  let homeDirectory: String?

  /// In the order of the file. Nil when there is no such file.
  func read() throws(SettingError) -> [Setting]? {
    let bytes: [UInt8]
    do {
      bytes = try LocalFiles(limit: Self.limit).read(path)
    } catch .missing {
      return nil
    } catch {
      throw SettingError(
        place: .file(path, line: nil, column: nil), problem: .unreadable(error.inWords))
    }
    let documents: [YAMLNode]
    do {
      documents = try YAMLDocuments.load(bytes)
    } catch {
      throw SettingError(
        place: .file(path, line: error.position?.line, column: error.position?.column),
        problem: .notYAML(error.problem))
    }
    guard let root = documents.first else { return [] }
    if documents.count > 1 { throw failure(documents[1], .severalDocuments) }
    if root.isNull { return [] }
    guard let pairs = root.mapping else {
      throw failure(root, .noMapping(found: root.kindInWords))
    }
    var settings: [Setting] = []
    for pair in pairs { settings.append(try setting(pair)) }
    return settings
  }

  private func setting(_ pair: YAMLPair) throws(SettingError) -> Setting {
    guard let name = pair.key.scalar?.text else {
      throw failure(
        pair.key, .wrongShape(expected: "the name of a flag", found: pair.key.kindInWords))
    }
    guard !table.entries(named: name).isEmpty else {
      let names = Set(table.entries.map(\.definition).filter { $0.settingScope == .everywhere })
        .map(\.name).sorted()
      // `--output` and `fail_on` are near enough to be told.
      let bare = String(name.drop { $0 == "-" }).split(separator: "_").joined(separator: "-")
      throw failure(
        pair.key, field: name,
        .unknown(
          suggestion: names.contains(bare) ? bare : Suggestion.nearest(to: bare, among: names)))
    }
    guard let entry = table.settableEntry(named: name) else {
      throw failure(pair.key, field: name, .notASetting)
    }
    guard entry.definition.settingScope == .everywhere else {
      throw failure(
        pair.key, field: name, entry.definition.isSecret ? .secret : .notASetting)
    }
    let texts = try texts(of: pair.value, name: name, entry: entry)
    return Setting(
      name: name, texts: texts, origin: .file(path: path, line: pair.key.start.line))
  }

  private func texts(
    of node: YAMLNode, name: String, entry: FlagTable.Entry
  ) throws(SettingError) -> [String] {
    let collects = entry.definition.repetition != .lastWins
    var texts: [String] = []
    for item in (collects ? node.sequence : nil) ?? [node] {
      guard let scalar = item.scalar else {
        throw failure(
          item, field: name,
          .wrongShape(
            expected: collects ? "a text or a list of texts" : "a single value",
            found: item.kindInWords))
      }
      guard !item.isNull else { throw failure(item, field: name, .noValue) }
      var text = scalar.text
      if entry.definition.kind == .bool, let flag = item.bool { text = flag ? "true" : "false" }
      do {
        _ = try entry.flag.value(of: [text])
      } catch {
        throw failure(
          item, field: name, .invalid(value: error.value, expected: error.expected))
      }
      texts.append(isInput(entry.definition) ? resolved(text) : text)
    }
    return texts
  }

  /// A file that is read stands beside the config file, wherever the program is started; one that
  /// is written goes where it would without the config file.
  private func isInput(_ definition: FlagDefinition) -> Bool {
    definition.kind == .path && definition.category != .output
  }

  private func resolved(_ text: String) -> String {
    if text.hasPrefix("~/"), let homeDirectory { return homeDirectory + text.dropFirst() }
    guard !text.isEmpty, !text.hasPrefix("/"), let slash = path.lastIndex(of: "/") else {
      return text
    }
    return path[...slash] + text
  }

  private func failure(
    _ node: YAMLNode, field: String? = nil, _ problem: SettingError.Problem
  ) -> SettingError {
    SettingError(
      place: .file(path, line: node.start.line, column: node.start.column), field: field,
      problem: problem)
  }
}
