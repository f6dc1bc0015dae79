package import RegistryCatalogue

/// What a report says of a rule that its findings name.
package struct RuleSummary: Hashable, Sendable {
  package var id: String
  package var title: String
  /// What happened.
  package var what: String
  /// What to do.
  package var advice: String
  /// URLs.
  package var sources: [String]

  package init(id: String, title: String, what: String, advice: String, sources: [String]) {
    self.id = id
    self.title = title
    self.what = what
    self.advice = advice
    self.sources = sources
  }

  /// Those that the findings of `clusters` name, in the catalogue's order.
  package static func used(in clusters: [ClusterReport], of catalogue: Catalogue) -> [RuleSummary] {
    let used = Set(clusters.flatMap { $0.findings.compactMap(\.rule) })
    return catalogue.rules.filter { used.contains($0.id) }.map { rule in
      RuleSummary(
        id: rule.id, title: rule.title, what: rule.what, advice: rule.advice,
        sources: rule.sources)
    }
  }
}
