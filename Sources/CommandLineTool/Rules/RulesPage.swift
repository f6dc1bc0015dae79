import RegistryCatalogue
import Reports

/// The catalogue as text for people.
struct RulesPage {
  let catalogue: Catalogue
  let today: CalendarDate
  /// Nil in a pipe: nothing is cut or wrapped there.
  let width: Int?

  /// One line a rule, worst fate first, then by id.
  func list() -> String {
    let rows = catalogue.rules.sorted {
      (Self.rank($0.fate(on: today).fate), $0.id) < (Self.rank($1.fate(on: today).fate), $1.id)
    }.map { rule in
      [
        rule.id, rule.fate(on: today).fate.rawValue, rule.certainty?.rawValue ?? "-",
        rule.matches.map(Self.text).joined(separator: ", "),
      ]
    }
    let header = ["RULE", "FATE", "CERTAINTY", "MATCHES"]
    let widths = (0..<header.count - 1).map { column in
      ([header] + rows).map { TerminalText.width($0[column]) }.max() ?? 0
    }
    let lines = ([header] + rows).map { row in
      let cells = zip(row, widths).map { TerminalText.padded($0, to: $1) } + [row.last ?? ""]
      let line = cells.joined(separator: "  ")
      return width.map { TerminalText.truncated(line, to: $0) } ?? line
    }
    return lines.joined(separator: "\n") + "\n\n" + stamp + "\n"
  }

  /// One rule's story.
  func explanation(of rule: Rule) -> String {
    let fate = rule.fate(on: today)
    var text = "\(rule.id): \(rule.title)\n\n"
    text += field("Matches", rule.matches.map(Self.text).joined(separator: ", "))
    if !rule.exceptions.isEmpty {
      text += field("Except", rule.exceptions.map(Self.text).joined(separator: ", "))
    }
    text += field(
      "Fate today",
      fate.fate.rawValue + (fate.from.map { " since \($0)" } ?? "")
        + (fate.note.map { ": \($0)" } ?? ""))
    text += field("Certainty", Self.words(for: rule.certainty))
    if rule.isUserDefined { text += field("From", "your rules file") }
    for event in rule.events.sorted(by: { $0.start < $1.start }) {
      text += field("Event", "\(event.window): \(event.kind.rawValue); \(event.note)")
    }
    if !rule.what.isEmpty { text += field("What", rule.what) }
    if !rule.advice.isEmpty { text += field("What to do", rule.advice) }
    if let replacement = rule.replacement {
      let kind =
        !replacement.isMechanical
        ? "a person must choose name or tag"
        : Self.keepsDigest(replacement)
          ? "same name, tag and digest"
          : "same name and tag; where a digest is pinned, a person must choose"
      text += field("Replacement", "\(replacement.text) (\(kind))")
    }
    for successor in rule.successors {
      text += field(
        "Successor",
        "\(successor.repository) is maintained as \(successor.image)"
          + (successor.note.map { "; \($0)" } ?? ""))
    }
    for source in rule.sources { text += field("Source", source) }
    for example in rule.examples { text += field("Example", example) }
    return text + "\n" + stamp + "\n"
  }

  private static func keepsDigest(_ replacement: ReplacementTemplate) -> Bool {
    if case .kept(_, digest: true) = replacement.suffix { return true }
    return false
  }

  private var stamp: String {
    var text =
      "catalogue \(catalogue.version) of \(catalogue.date), sha256 \(catalogue.sha256)"
    if catalogue.hasUserRules { text += ", with your rules" }
    if catalogue.isStale(asOf: today) {
      text +=
        "\nIt is more than \(Catalogue.oldAfterDays) days old: registries may have changed since."
    }
    return text
  }

  private static let labelWidth = 13

  private func field(_ label: String, _ value: String) -> String {
    let indent = String(repeating: " ", count: Self.labelWidth)
    let safe = TerminalText.sanitized(value)
    let lines = width.map { TextLayout.wrap(safe, to: max(20, $0 - Self.labelWidth)) } ?? [safe]
    let start = TerminalText.padded(label, to: Self.labelWidth)
    return start + lines.joined(separator: "\n" + indent) + "\n"
  }

  private static func text(_ pattern: ReferencePattern) -> String {
    let tags = pattern.tags.isEmpty ? "" : ":{\(pattern.tags.map(\.text).joined(separator: ","))}"
    switch pattern.path {
    case .any: return "\(pattern.host)/*\(tags)"
    case .prefix(let prefix): return "\(pattern.host)/\(prefix)/*\(tags)"
    case .repository(let repository): return "\(pattern.host)/\(repository)\(tags)"
    }
  }

  private static func words(for certainty: Certainty?) -> String {
    switch certainty {
    case .primary: "primary: the vendor or the project says so"
    case .reported: "reported by third parties; ask the registry before you rely on it"
    case .inferred: "inferred: concluded, nobody was found who says so"
    case nil: "your rules file says so"
    }
  }

  private static func rank(_ fate: Fate) -> Int {
    Fate.allCases.firstIndex(of: fate) ?? 0
  }
}
