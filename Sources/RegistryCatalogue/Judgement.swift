package import ImageReferences

/// What the catalogue says about one reference on one day.
package struct Judgement: Hashable, Sendable {
  /// Nil when no rule matches.
  package let rule: Rule?
  package internal(set) var fate: Fate
  /// Nil when no rule matches.
  package let certainty: Certainty?
  /// Since when the fate holds, where known.
  package internal(set) var since: CalendarDate?
  /// A clause about the fate, where the rule has one.
  package internal(set) var fateNote: String?
  /// What the rule is about here: `gcr.io/istio-release`; of unverified projects the project; the
  /// host when no rule matches.
  package let place: String
  /// The first event that is not over.
  package internal(set) var nextEvent: CatalogueEvent?
  package internal(set) var nextBrownout: CatalogueEvent?
  /// The removal that is not over, if one is dated.
  package internal(set) var removal: CatalogueEvent?
  /// The first day on which pulls may end for good; nil when it is past or not known.
  package internal(set) var removalDate: CalendarDate?
  /// The newest day that the judgement rests on: only evidence from after it can contradict.
  package internal(set) var evidenceDate: CalendarDate?
  /// The tag used to move and cannot any more: `latest` and the like on a frozen place.
  package internal(set) var hasStaleTag: Bool
  package let replacement: Replacement?
  package let successor: KnownSuccessor?
  /// What the registry itself answered; nil when nobody asked it.
  package internal(set) var proof: RegistryProof?

  /// The project is one of which nothing is known.
  package var isUnverifiedProject: Bool { rule?.isUnverified == true && fate == .probe }

  package static func notInCatalogue(place: String) -> Judgement {
    Judgement(
      rule: nil, fate: .ok, certainty: nil, since: nil, fateNote: nil, place: place,
      nextEvent: nil, nextBrownout: nil, removal: nil, removalDate: nil, evidenceDate: nil,
      hasStaleTag: false, replacement: nil, successor: nil)
  }
}

extension Judgement {
  init(
    rule: Rule, reference: ImageReference, place: String, day: CalendarDate,
    replacement: Replacement?, successor: KnownSuccessor?, catalogueDate: CalendarDate
  ) {
    let dated = rule.fate(on: day)
    let ahead = rule.events.filter { $0.lastDay >= day }.sorted { $0.start < $1.start }
    let removal = ahead.first { $0.kind == .removal }
    let gone = rule.fates.first { fate in
      fate.fate == .gone && (fate.from.map { $0 > day } ?? false)
    }
    let past =
      rule.fates.compactMap(\.from).filter { $0 <= day }
      + rule.events.map(\.lastDay).filter { $0 <= day }
    self.init(
      rule: rule, fate: dated.fate, certainty: rule.certainty, since: dated.from,
      fateNote: dated.note,
      place: rule.isUnverified ? "\(reference.matchingHost)/\(reference.projectPath)" : place,
      nextEvent: ahead.first,
      nextBrownout: ahead.first { $0.kind == .brownout },
      removal: removal,
      removalDate: dated.fate == .gone ? nil : (removal?.start.day ?? gone?.from),
      evidenceDate: past.max() ?? min(catalogueDate, day),
      hasStaleTag: Self.isStale(reference, dated.fate),
      replacement: replacement, successor: successor)
  }

  /// Tags that publishers move by convention.
  private static let movingTags: Set<String> = [
    "latest", "stable", "main", "master", "edge", "nightly", "canary", "dev", "develop",
  ]

  static func isStale(_ reference: ImageReference, _ fate: Fate) -> Bool {
    guard fate == .frozen || fate == .moved, reference.digest == nil else { return false }
    return reference.tag.map(movingTags.contains) ?? false
  }
}

extension ImageReference {
  /// The project of an image on gcr.io, as paths spell it: `acme-prod`; a domain-scoped one
  /// (`example.com:tools`) has two segments, `example.com/tools`.
  package var projectPath: String {
    let segments = repository.split(separator: "/")
    let isScoped = segments.count > 2 && segments[0].contains(".")
    return segments.prefix(isScoped ? 2 : 1).joined(separator: "/")
  }
}

/// Where an image's software is maintained today, if that is elsewhere than the replacement.
package struct KnownSuccessor: Hashable, Sendable {
  /// Without a tag: a person chooses one.
  package let image: String
  package let certainty: Certainty
  package let note: String?

  /// A successor of this very path goes before one by pattern.
  init?(_ successors: [Successor], path: String, replacement: Replacement?) {
    let exact = successors.first { $0.repository == path }
    guard let successor = exact ?? successors.first(where: { $0.image(for: path) != nil }),
      let image = successor.image(for: path), let reference = ImageText.parse(image).reference,
      reference.name != replacement?.reference.name
    else { return nil }
    self.image = image
    certainty = successor.certainty
    note = successor.note
  }
}
