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
  /// What the place does from a day on, in the order of time; only the first may lack a date.
  package var fates: [DatedFate]
  /// In the order of time.
  package var events: [RuleEvent]

  package init(
    id: String, title: String, what: String, advice: String, sources: [String],
    fates: [DatedFate] = [], events: [RuleEvent] = []
  ) {
    self.id = id
    self.title = title
    self.what = what
    self.advice = advice
    self.sources = sources
    self.fates = fates
    self.events = events
  }

  /// Those that the findings of `clusters` name, in the catalogue's order.
  package static func used(in clusters: [ClusterReport], of catalogue: Catalogue) -> [RuleSummary] {
    let used = Set(clusters.flatMap { $0.findings.compactMap(\.rule) })
    return catalogue.rules.filter { used.contains($0.id) }.map { rule in
      RuleSummary(
        id: rule.id, title: rule.title, what: rule.what, advice: rule.advice,
        sources: rule.sources, fates: rule.fates, events: rule.events.map(RuleEvent.init))
    }
  }
}

/// A dated event of a registry.
package struct RuleEvent: Hashable, Sendable {
  package var kind: CatalogueEvent.Kind
  package var first: CalendarDate
  /// The last day that it touches.
  package var last: CalendarDate
  /// The days, or minutes, in words: `2026-12-01 to 2026-12-31`.
  package var window: String
  package var note: String

  package init(
    kind: CatalogueEvent.Kind, first: CalendarDate, last: CalendarDate, window: String,
    note: String = ""
  ) {
    self.kind = kind
    self.first = first
    self.last = last
    self.window = window
    self.note = note
  }

  package init(_ event: CatalogueEvent) {
    self.init(
      kind: event.kind, first: event.start.day, last: event.lastDay, window: event.window,
      note: event.note)
  }
}
