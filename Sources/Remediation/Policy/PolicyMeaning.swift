package import ImageReferences
package import RegistryCatalogue

/// What a policy decides of an image: the one model that CEL, Rego and the rehearsal derive from.
///
/// It is the catalogue's own order of judgement, in which only some of the rules count: a reference
/// is judged when the first pattern that matches it belongs to one of them.
package struct PolicyMeaning: Hashable, Sendable {
  /// One host and path of a rule, with the tags that it is about.
  package struct Clause: Hashable, Sendable {
    package let rule: Rule
    package let pattern: ReferencePattern
    /// Empty: every tag, and digests without one.
    package fileprivate(set) var tags: [TagPattern]
    /// False: what matches here is left alone, whatever later clauses say.
    package let isJudged: Bool
    /// Nil when a machine may not rewrite what matches here.
    package fileprivate(set) var rewrite: ReplacementTemplate?

    /// What this clause finds in a reference; nil when it is about others.
    func find(_ reference: ImageReference) -> ReferencePattern.Found? {
      let host = reference.matchingHost
      guard tags.cover(reference.tag), let found = pattern.find(reference, host: host),
        !exceptions.contains(where: { $0.matches(reference, host: host) })
      else { return nil }
      return found
    }

    /// Those of the rule's that can matter here.
    var exceptions: [ReferencePattern] {
      rule.exceptions.filter { $0.mayMeet(pattern) }
    }
  }

  package enum Decision: Hashable, Sendable {
    /// No rule of the policy is about it, or it is no reference: no container starts from it.
    case admitted
    /// - Parameter use: what a machine may write in its stead.
    case judged(rule: Rule, use: String?)
  }

  package private(set) var clauses: [Clause]
  /// Of the day that the fates are those of.
  package let day: CalendarDate
  package let catalogueVersion: String

  /// Longer names are left to a person: 255 characters are all that registries take.
  static let longestRewrittenName = 240

  /// - Parameter counts: which rules the policy enforces.
  package init(_ catalogue: Catalogue, asOf day: CalendarDate, counts: (Rule) -> Bool) {
    self.day = day
    catalogueVersion = catalogue.version
    let all = catalogue.orderedPatterns.map { entry in
      Clause(
        rule: entry.rule, pattern: entry.pattern, tags: entry.tag.map { [$0] } ?? [],
        isJudged: counts(entry.rule))
    }
    // What is left alone matters only where it stands before something that is judged.
    var clauses: [Clause] = []
    for (index, clause) in all.enumerated() {
      let isNeeded =
        clause.isJudged
        || all[(index + 1)...].contains { $0.isJudged && $0.pattern.mayMeet(clause.pattern) }
      guard isNeeded else { continue }
      if let last = clauses.last, last.rule.id == clause.rule.id, last.pattern == clause.pattern {
        clauses[clauses.count - 1].tags += clause.tags
      } else {
        clauses.append(clause)
      }
    }
    self.clauses = clauses
    for index in clauses.indices {
      self.clauses[index].rewrite = rewrite(of: clauses[index])
    }
  }

  /// The rules that are enforced, sorted by id.
  package var rules: [Rule] {
    Set(clauses.filter(\.isJudged).map(\.rule)).sorted { $0.id < $1.id }
  }

  /// What becomes of the text of an image field.
  package func decide(_ text: String) -> Decision {
    ImageText.parse(text).reference.map(decide) ?? .admitted
  }

  package func decide(_ reference: ImageReference) -> Decision {
    for clause in clauses {
      guard let found = clause.find(reference) else { continue }
      guard clause.isJudged else { return .admitted }
      return .judged(rule: clause.rule, use: use(of: reference, clause, found))
    }
    return .admitted
  }

  private func use(
    of reference: ImageReference, _ clause: Clause, _ found: ReferencePattern.Found
  ) -> String? {
    guard let replacement = clause.rewrite?.replace(reference, found), replacement.isMechanical,
      replacement.reference.writtenNameLength <= Self.longestRewrittenName
    else { return nil }
    return replacement.text
  }

  /// The template, if a machine may follow it: it says so, it names a host, and what comes out is
  /// not judged by this very policy.
  private func rewrite(of clause: Clause) -> ReplacementTemplate? {
    guard clause.isJudged, let template = clause.rule.replacement, template.isMechanical,
      template.name.contains("/"), !template.name.contains("{wildcard}"),
      let sample = ImageText.parse(clause.sample).reference,
      let found = clause.pattern.find(sample, host: sample.matchingHost),
      let target = template.replace(sample, found)?.reference,
      decide(target) == .admitted
    else { return nil }
    return template
  }
}

extension PolicyMeaning.Clause {
  /// A reference that the clause is about, its exceptions apart.
  fileprivate var sample: String {
    let host = pattern.host.hasPrefix("*") ? "x" + pattern.host.dropFirst() : pattern.host
    let repository =
      switch pattern.path {
      case .any: "x/x"
      case .repository(let repository): repository
      case .prefix(let prefix):
        prefix.split(separator: "*", omittingEmptySubsequences: false)
          .joined(separator: "x") + "/x"
      }
    return "\(host)/\(repository)"
  }
}

extension ImageReference {
  /// Of the text as written, without tag and digest.
  fileprivate var writtenNameLength: Int {
    let suffix =
      (writtenTag.map { $0.utf8.count + 1 } ?? 0) + (digest.map { $0.utf8.count + 1 } ?? 0)
    return raw.utf8.count - suffix
  }
}

extension ReferencePattern {
  /// Whether one reference may match both; true where that is not plain.
  fileprivate func mayMeet(_ other: ReferencePattern) -> Bool {
    mayShareHost(with: other) && mayMeet(path, other.path)
  }

  private func mayShareHost(with other: ReferencePattern) -> Bool {
    switch (host.hasPrefix("*"), other.host.hasPrefix("*")) {
    case (false, false): host == other.host
    case (true, false): matchesHost(other.host)
    case (false, true): other.matchesHost(host)
    case (true, true): true
    }
  }

  private func mayMeet(_ left: Path, _ right: Path) -> Bool {
    switch (left, right) {
    case (.any, _), (_, .any): true
    case (.repository(let left), .repository(let right)): left == right
    case (.prefix(let prefix), .repository(let repository)),
      (.repository(let repository), .prefix(let prefix)):
      Self.mayBegin(repository, prefix)
    case (.prefix(let left), .prefix(let right)):
      Self.mayBegin(left, right) || Self.mayBegin(right, left)
    }
  }

  /// Whether `path` may begin with the whole segments of `prefix`; `*` is any text.
  private static func mayBegin(_ path: String, _ prefix: String) -> Bool {
    let segments = path.split(separator: "/")
    let wanted = prefix.split(separator: "/")
    guard segments.count >= wanted.count else { return false }
    return zip(segments, wanted).allSatisfy(mayBeOne)
  }

  private static func mayBeOne(_ left: Substring, _ right: Substring) -> Bool {
    guard let star = right.firstIndex(of: "*") else {
      return left.contains("*") ? mayBeOne(right, left) : left == right
    }
    // Of two with a star each nothing plain can be said.
    return left.contains("*")
      || left.hasPrefix(right[..<star]) && left.hasSuffix(right[right.index(after: star)...])
  }
}
