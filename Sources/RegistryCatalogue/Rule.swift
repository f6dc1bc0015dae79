/// An entry of the catalogue: what it matches, what became of it, what to do, who says so.
package struct Rule: Hashable, Sendable {
  /// Stable, kebab-case.
  package let id: String
  package let title: String
  package let matches: [ReferencePattern]
  /// What these match is left to the next rule.
  package let exceptions: [ReferencePattern]
  /// Nil when a rules file of the user's does not say: then nobody but that file does.
  package let certainty: Certainty?
  /// Nothing is known about the single project: one "unverified project" line each.
  package let isUnverified: Bool
  /// In the order of time; only the first may lack a date.
  package let fates: [DatedFate]
  package let events: [CatalogueEvent]
  package let replacement: ReplacementTemplate?
  package let successors: [Successor]
  /// The id of the rule whose successors hold here too.
  package let successorsOf: String?
  /// What happened.
  package let what: String
  /// What to do.
  package let advice: String
  /// URLs.
  package let sources: [String]
  /// References that this rule, and no other, judges.
  package let examples: [String]
  /// From a rules file of the user's.
  package let isUserDefined: Bool

  /// The fate that holds on this day; `ok` before the first dated one.
  package func fate(on day: CalendarDate) -> DatedFate {
    let begun = fates.last { fate in
      guard let from = fate.from else { return true }
      return from <= day
    }
    return begun ?? DatedFate(from: nil, fate: .ok, note: nil)
  }
}

/// What a place does from a day on.
package struct DatedFate: Hashable, Sendable {
  /// Nil: before any other.
  package let from: CalendarDate?
  package let fate: Fate
  /// A clause for a report: "it only redirects to registry.k8s.io".
  package let note: String?

  package init(from: CalendarDate?, fate: Fate, note: String? = nil) {
    self.from = from
    self.fate = fate
    self.note = note
  }
}

/// Where software is maintained today.
package struct Successor: Hashable, Sendable {
  /// What `{path}` must be; one `*` matches any text.
  package let repository: String
  /// The image, without a tag; `{stem}` is what `*` matched.
  package let image: String
  package let certainty: Certainty
  package let note: String?

  /// The image for this path, or nil when it is another path's successor.
  func image(for path: String) -> String? {
    guard let star = repository.firstIndex(of: "*") else {
      return path == repository ? image : nil
    }
    let before = repository[..<star]
    let after = repository[repository.index(after: star)...]
    guard path.hasPrefix(before), path.hasSuffix(after),
      path.utf8.count > before.utf8.count + after.utf8.count
    else { return nil }
    let stem = String(path.dropFirst(before.count).dropLast(after.count))
    return TemplateText.fill(image, ["stem": stem])
  }
}
