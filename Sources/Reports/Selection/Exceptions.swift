import ImageReferences
package import Inventory
package import RegistryCatalogue

/// The entries of an exceptions file, to be held against a report.
package struct Exceptions: Hashable, Sendable {
  /// What one entry matches, and what it says of it. Every condition that is given must hold; of
  /// several patterns one must match.
  package struct Entry: Hashable, Sendable {
    /// Where it stands in its file, from 1.
    package var line: Int
    package var contexts: [Glob] = []
    package var namespaces: [Glob] = []
    /// `Kind/name`
    package var workloads: [Glob] = []
    package var images: [Glob] = []
    package var rules: [Glob] = []
    package var waiver: Waiver

    package init(line: Int, waiver: Waiver) {
      self.line = line
      self.waiver = waiver
    }
  }

  /// For messages.
  package var path: String
  /// The first that matches counts.
  package var entries: [Entry]

  package init(path: String, entries: [Entry]) {
    self.path = path
    self.entries = entries
  }
}

extension Exceptions {
  /// What deserves a warning, in the order of the file.
  package enum Complaint: Hashable, Sendable {
    case expired(line: Int, on: CalendarDate)
    case unmatched(line: Int)
    /// Something that it calls mitigated cannot be pulled now: `shop/Deployment/web`.
    case failing(line: Int, workload: String)
  }

  /// Marks the findings that an entry in force on the report's day matches, and sums up anew.
  ///
  /// To be applied before any filter. An entry is in force until the end of its last day. One for
  /// another context, or for a namespace that was not looked at, is not called unmatched.
  ///
  /// - Parameter namespaces: of `-n`; empty: all were looked at.
  package func applied(
    to report: Report, within namespaces: [Glob] = []
  ) -> (report: Report, complaints: [Complaint]) {
    var marked = report
    var matched: Set<Int> = []
    var failing: [Int: String] = [:]
    for number in report.clusters.indices {
      let cluster = report.clusters[number]
      let candidates = entries.indices.filter { entries[$0].concerns(cluster) }
      guard !candidates.isEmpty else { continue }
      for place in cluster.findings.indices where cluster.findings[place].kind != .clean {
        let hits = candidates.filter { entries[$0].matches(cluster.findings[place]) }
        matched.formUnion(hits)
        let hit = hits.first { entries[$0].waiver.until >= report.asOf }
        marked.clusters[number].findings[place].waiver = hit.map { entries[$0].waiver }
        let finding = cluster.findings[place]
        if let hit, entries[hit].waiver.kind == .mitigated, finding.exposure == .failing {
          let place = finding.use.workload
          let parts = [place.namespace, place.kind, place.name].filter { !$0.isEmpty }
          failing[hit] = failing[hit] ?? parts.joined(separator: "/")
        }
      }
      marked.clusters[number].sumUp()
    }
    let complaints = entries.indices.compactMap { number -> Complaint? in
      let entry = entries[number]
      if entry.waiver.until < report.asOf {
        return .expired(line: entry.line, on: entry.waiver.until)
      }
      if let workload = failing[number] { return .failing(line: entry.line, workload: workload) }
      let wasLookedFor = report.clusters.contains {
        $0.failure == nil && entry.concerns($0) && entry.isWithin(namespaces, $0)
      }
      return wasLookedFor && !matched.contains(number) ? .unmatched(line: entry.line) : nil
    }
    return (marked, complaints)
  }
}

extension Exceptions.Entry {
  func concerns(_ cluster: ClusterReport) -> Bool {
    contexts.isEmpty || cluster.contexts.contains(where: contexts.match)
  }

  func matches(_ finding: Finding) -> Bool {
    let use = finding.use
    func holds(_ patterns: [Glob], _ texts: String...) -> Bool {
      patterns.isEmpty || texts.contains(where: patterns.match)
    }
    return holds(namespaces, use.workload.namespace)
      && holds(workloads, "\(use.workload.kind)/\(use.workload.name)")
      && holds(rules, finding.rule ?? finding.kind.rawValue)
      && (images.isEmpty || use.image.names.contains(where: images.match))
  }

  fileprivate func isWithin(_ limit: [Glob], _ cluster: ClusterReport) -> Bool {
    limit.isEmpty || namespaces.isEmpty
      || cluster.namespaces.contains { namespaces.match($0.name) }
  }
}

extension ImageText {
  /// What patterns of images are held against: the text as written, the normalised reference, and
  /// that without tag and digest.
  var names: [String] {
    guard let reference else { return [text] }
    return [
      reference.raw, reference.canonical, "\(reference.registry)/\(reference.repository)",
    ]
  }
}

extension ClusterReport {
  /// Puts findings into order and sums them up again after their verdicts changed.
  fileprivate mutating func sumUp() {
    findings.sort(by: FindingOrder.precedes)
    namespaces = NamespaceGrouping.make(
      findings: findings, namespaces: namespaces.map(\.name), coverage: coverage,
      workloads: Dictionary(
        namespaces.map { ($0.name, $0.workloads) }, uniquingKeysWith: max))
  }
}
