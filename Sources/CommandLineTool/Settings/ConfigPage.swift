import Foundation
import Reports
import YAMLDocuments

/// The settings as a table or as a config file; credentials stay out of both.
struct ConfigPage {
  let settings: Settings
  let table: FlagTable
  /// Nil in a pipe: nothing is cut there.
  let width: Int?

  /// One line a setting: `-` is no value.
  func text() -> String {
    let header = ["SETTING", "VALUE", "FROM"]
    let rows = [header] + definitions.map(row)
    let widths = (0..<2).map { column in rows.map { TerminalText.width($0[column]) }.max() ?? 0 }
    let origins = 2 + widths[0] + 2
    let lines: [String]
    if let width, width < origins + 40 {
      // Too narrow for three columns: the origin below, and only where it tells something.
      lines = rows.dropFirst().flatMap { row in
        ["\(row[0]): \(row[1])"]
          + (row[2] == Self.unset
            ? [] : ["    " + TerminalText.leadingTruncated(row[2], to: width - 4)])
      }.map { TerminalText.truncated($0, to: width) }
    } else {
      // A long value shall not push its origin off the screen.
      let limit = width.map { ($0 - origins) / 2 } ?? Int.max
      let valueWidth = min(widths[1], limit)
      lines = rows.map { row in
        let origin = width.map {
          TerminalText.leadingTruncated(row[2], to: $0 - origins - valueWidth)
        }
        return TerminalText.padded(row[0], to: widths[0]) + "  "
          + TerminalText.padded(TerminalText.truncated(row[1], to: limit), to: valueWidth)
          + "  " + (origin ?? row[2])
      }
    }
    return lines.joined(separator: "\n") + "\n\n" + footer + "\n"
  }

  /// Only what is set, each with a comment that tells where.
  func yaml() -> String {
    var text = comment("Defaults for the flags of kubectl gcr-report.")
    for definition in definitions {
      guard let setting = settings.values[definition.name] else { continue }
      text += comment("from \(words(for: setting.origin))")
      guard definition.settingScope == .everywhere else {
        text += comment("\(definition.name) is set, but has no place in this file")
        continue
      }
      let values = setting.texts.map { tree($0, kind: definition.kind) }
      text += YAMLWriter.text(
        .mapping([
          YAMLTreePair(
            key: definition.name, value: values.count == 1 ? values[0] : .sequence(values))
        ]))
    }
    return text
  }

  private func comment(_ line: String) -> String {
    var writer = YAMLWriter()
    writer.comment(line)
    return writer.text
  }

  private static let unset = "default"

  /// Each name once, in the order of help.
  private var definitions: [FlagDefinition] {
    var names: Set<String> = []
    return table.entries.map(\.definition).filter {
      $0.settingScope != .nowhere && names.insert($0.name).inserted
    }
  }

  private func row(_ definition: FlagDefinition) -> [String] {
    guard let setting = settings.values[definition.name] else {
      let fallback = definition.defaultText ?? (definition.kind == .bool ? "false" : "-")
      return [definition.name, fallback, Self.unset]
    }
    let value =
      definition.isSecret
      ? "(set, not shown)" : setting.texts.map(Self.withoutPassword).joined(separator: ", ")
    return [
      definition.name, TerminalText.sanitized(value),
      TerminalText.sanitized(words(for: setting.origin)),
    ]
  }

  private func words(for origin: SettingOrigin) -> String {
    switch origin {
    case .environment(let variable): variable
    case .file(let path, let line): "\(path):\(line)"
    }
  }

  private var footer: String {
    guard let path = settings.path else { return "config file: none" }
    return "config file: \(TerminalText.sanitized(path))"
      + (settings.isFileThere ? "" : " (absent)")
  }

  private func tree(_ text: String, kind: ValueKind) -> YAMLTree {
    switch kind {
    case .bool: text.lowercased().hasPrefix("t") || text == "1" ? true : false
    case .integer, .level: Int(text).map { .int($0) } ?? .string(text)
    default: .string(Self.withoutPassword(text))
    }
  }

  /// `https://user:…@host`: a URL may carry a password (RFC 3986 section 3.2.1).
  private static func withoutPassword(_ text: String) -> String {
    guard let scheme = text.range(of: "://"),
      let at = text[scheme.upperBound...].lastIndex(of: "@"),
      let colon = text[scheme.upperBound..<at].firstIndex(of: ":")
    else { return text }
    return text[...colon] + "…" + text[at...]
  }
}
