import Inventory

/// The coverage ledger in a few words: one item per kind and outcome.
enum CoverageWording {
  /// And group versions; more are counted.
  private static let namedNamespaces = 3

  /// What may have been expected and was not read, in the ledger's order.
  static func gaps(_ coverage: [CoverageEntry]) -> [String] {
    groups(coverage.filter(\.isGap)).map(gap)
  }

  /// What was left out by a flag or for want of one.
  static func skipped(_ coverage: [CoverageEntry]) -> [String] {
    groups(coverage.filter { $0.state == .skipped }).map { entries in
      let reasons = distinct(entries.map(\.reason))
      return place(entries) + (reasons.isEmpty ? "" : " (\(reasons.joined(separator: "; ")))")
    }
  }

  private static func groups(_ entries: [CoverageEntry]) -> [[CoverageEntry]] {
    var order: [String] = []
    var groups: [String: [CoverageEntry]] = [:]
    for entry in entries.sorted() {
      let resource = entry.isOfSchemas ? CoverageEntry.schemasPrefix : entry.resource
      let key = "\(resource) \(entry.state.rawValue)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(entry)
    }
    return order.compactMap { groups[$0] }
  }

  /// `nodes (forbidden): cache state unknown`, `cronjobs.batch in 3 namespaces (forbidden)`,
  /// `pods (failed): connection reset`.
  private static func gap(_ entries: [CoverageEntry]) -> String {
    let state = entries.first.map(\.state) ?? .failed
    let text = "\(place(entries)) (\(state.rawValue))"
    // A refusal says all in its name; the server's long sentence is in csv and json. Of schemas it is
    // our own, which says what comes of it.
    let isNamed = state == .forbidden && entries.first?.isOfSchemas == false
    let reasons = isNamed ? [] : distinct(entries.map(\.reason))
    if let reason = reasons.first {
      let more = reasons.count - 1
      return text + ": \(reason)"
        + (more > 0 ? ", and \(CountWords.text(more, "other reason"))" : "")
    }
    return entries.first?.resource == "nodes" ? "\(text): cache state unknown" : text
  }

  private static func place(_ entries: [CoverageEntry]) -> String {
    if entries.count > 1, entries.allSatisfy(\.isOfSchemas) {
      let groups = distinct(
        entries.map { String($0.resource.dropFirst(CoverageEntry.schemasPrefix.count)) })
      return CoverageEntry.schemasPrefix
        + (groups.count <= namedNamespaces
          ? groups.joined(separator: ", ") : CountWords.text(groups.count, "group version"))
    }
    let resource = entries.first.map { TerminalText.sanitized($0.resource) } ?? ""
    let namespaces = distinct(entries.map(\.namespace))
    if namespaces.isEmpty || entries.contains(where: { $0.namespace.isEmpty }) { return resource }
    if namespaces.count <= namedNamespaces {
      return "\(resource) in \(namespaces.joined(separator: ", "))"
    }
    return "\(resource) in \(CountWords.text(namespaces.count, "namespace"))"
  }

  /// Sanitised, without empty ones and repetitions, in the order of their first appearance.
  private static func distinct(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { !$0.isEmpty && seen.insert($0).inserted }.map(TerminalText.sanitized)
  }
}

extension CoverageEntry {
  /// Whether it tells of the schemas of one group version.
  fileprivate var isOfSchemas: Bool { resource.hasPrefix(Self.schemasPrefix) }
}
