import Inventory
import RegistryCatalogue
import Reports

extension ReportFilter {
  /// What the flags leave of a report.
  ///
  /// - Throws: `UsageError` for flags that contradict each other and for rules that do not exist.
  init(_ arguments: ParsedArguments, catalogue: () throws -> Catalogue) throws {
    self.init()
    let flags = Flags.filter
    if !arguments[Flags.selection.allNamespaces] {
      namespaces = Set(arguments[Flags.selection.namespaces]).sorted().map { Glob($0) }
    }
    excludedNamespaces = arguments[flags.excludedNamespaces]
    selector = arguments[flags.selector]
    teams = arguments[flags.teams]
    risk = arguments[flags.risk]
    rules = arguments[flags.rules]
    images = arguments[flags.images]
    onlyLegacy = arguments[flags.onlyLegacy]
    if let team = teams.first, arguments.command != .merge,
      arguments[Flags.report.teamLabel] == nil
    {
      throw UsageError.invalidValue(
        flag: flags.teams.definition.spelling, value: team.text,
        expected: "\"--team-label KEY\" beside it, the label that names teams")
    }
    if onlyLegacy && arguments[Flags.report.allImages] {
      throw UsageError.contradiction(
        flags.onlyLegacy.definition.spelling, Flags.report.allImages.definition.spelling)
    }
    guard !rules.isEmpty else { return }
    let known = try catalogue().rules.map(\.id) + Finding.Kind.wordsWithoutRule
    for rule in rules where !known.contains(where: rule.matches) {
      let nearest = Suggestion.nearest(to: rule.text, among: known)
      throw UsageError.invalidValue(
        flag: flags.rules.definition.spelling, value: rule.text,
        expected: "the id of a rule; "
          + (nearest.map { "did you mean \"\($0)\"?" } ?? "see \"kubectl gcr-report rules\""))
    }
  }
}
