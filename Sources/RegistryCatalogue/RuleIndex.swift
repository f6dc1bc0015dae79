import ImageReferences

/// Finds the one rule that judges a reference: by host, then by the first path segment, then the
/// most specific pattern first.
struct RuleIndex: Sendable {
  /// One pattern of one rule, with at most one tag pattern.
  struct Entry: Sendable {
    let rule: Int
    let pattern: ReferencePattern
    let tag: TagPattern?
    let specificity: Specificity
  }

  /// Which of two matching entries wins; the words stand at the head of catalogue.yaml.
  struct Specificity: Hashable, Comparable, Sendable {
    let ranks: [Int]

    static func < (left: Specificity, right: Specificity) -> Bool {
      left.ranks.lexicographicallyPrecedes(right.ranks)
    }
  }

  /// The entries of one host, most specific first, by the first segment that they ask for.
  private struct Table: Sendable {
    var byFirstSegment: [String: [Entry]] = [:]
    /// Those that ask for no particular first segment.
    var others: [Entry] = []
  }

  private var hosts: [String: Table] = [:]
  private var wildcardHosts: [(pattern: ReferencePattern, table: Table)] = []
  private let exceptions: [[ReferencePattern]]
  let entries: [Entry]

  init(_ rules: [Rule]) {
    exceptions = rules.map(\.exceptions)
    var entries: [Entry] = []
    for (number, rule) in rules.enumerated() {
      for pattern in rule.matches {
        let tags = pattern.tags.isEmpty ? [nil] : pattern.tags.map(Optional.some)
        for tag in tags {
          entries.append(
            Entry(
              rule: number, pattern: pattern, tag: tag,
              specificity: Self.specificity(pattern, tag, isUser: rule.isUserDefined)))
        }
      }
    }
    entries.sort { $0.specificity > $1.specificity }
    self.entries = entries
    for (host, group) in Dictionary(grouping: entries, by: \.pattern.host) {
      guard let pattern = group.first?.pattern else { continue }
      let table = Self.table(group)
      if host.hasPrefix("*") {
        wildcardHosts.append((pattern, table))
      } else {
        hosts[host] = table
      }
    }
    // The longer host pattern first; then by text, so that the order never depends on hashing.
    wildcardHosts.sort {
      ($1.pattern.host.utf8.count, $0.pattern.host) < ($0.pattern.host.utf8.count, $1.pattern.host)
    }
  }

  /// The entries in the order in which `find` holds a reference against them; of two hosts without
  /// `*` at most one ever matches.
  var ordered: [Entry] {
    let exact = entries.filter { !$0.pattern.host.hasPrefix("*") }
    return exact
      + wildcardHosts.flatMap { host in
        entries.filter { $0.pattern.host == host.pattern.host }
      }
  }

  /// The number of the rule, and what its pattern found.
  func find(_ reference: ImageReference) -> (rule: Int, found: ReferencePattern.Found)? {
    let host = reference.matchingHost
    if let table = hosts[host], let hit = find(reference, host, table) { return hit }
    for (pattern, table) in wildcardHosts where pattern.matchesHost(host) {
      if let hit = find(reference, host, table) { return hit }
    }
    return nil
  }

  private func find(
    _ reference: ImageReference, _ host: String, _ table: Table
  ) -> (rule: Int, found: ReferencePattern.Found)? {
    let repository = reference.repository
    let slash = repository.firstIndex(of: "/") ?? repository.endIndex
    let entries = table.byFirstSegment[String(repository[..<slash])] ?? table.others
    for entry in entries {
      if let tag = entry.tag {
        guard let written = reference.tag, tag.matches(written) else { continue }
      }
      guard let found = entry.pattern.find(reference, host: host) else { continue }
      let isExcepted = exceptions[entry.rule].contains { $0.matches(reference, host: host) }
      if !isExcepted { return (entry.rule, found) }
    }
    return nil
  }

  private static func table(_ entries: [Entry]) -> Table {
    var table = Table()
    let segments = entries.map { firstSegment($0.pattern) }
    for segment in Set(segments) {
      // Sorted as the whole: entries without a segment of their own compete too.
      let competing = zip(entries, segments).filter { $0.1 == nil || $0.1 == segment }.map(\.0)
      if let segment {
        table.byFirstSegment[segment] = competing
      } else {
        table.others = competing
      }
    }
    return table
  }

  private static func firstSegment(_ pattern: ReferencePattern) -> String? {
    let path: String
    switch pattern.path {
    case .any: return nil
    case .prefix(let prefix): path = prefix
    case .repository(let repository): path = repository
    }
    let first = path.utf8.prefix { $0 != UInt8(ascii: "/") }
    return first.contains(UInt8(ascii: "*")) ? nil : String(first)
  }

  private static func specificity(
    _ pattern: ReferencePattern, _ tag: TagPattern?, isUser: Bool
  ) -> Specificity {
    let isExactHost = !pattern.host.hasPrefix("*")
    var ranks = [isExactHost ? 1 : 0, isExactHost ? 0 : pattern.host.utf8.count]
    switch pattern.path {
    case .any: ranks += [0, 0, 0, 0]
    case .repository: ranks += [1, 0, 0, 0]
    case .prefix(let prefix):
      let segments = prefix.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "/") ? 1 : 0) }
      let isLiteral = !prefix.contains("*")
      ranks += [0, segments, isLiteral ? 1 : 0, isLiteral ? 0 : prefix.utf8.count]
    }
    ranks += [tag == nil ? 0 : 1, tag?.literalCount ?? 0, isUser ? 1 : 0]
    return Specificity(ranks: ranks)
  }
}
