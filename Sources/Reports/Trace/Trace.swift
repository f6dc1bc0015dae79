import ImageReferences
package import Inventory

/// A report of clusters joined with the references of files.
package struct Trace: Hashable, Sendable {
  /// A place in a file that may have made a live use.
  package struct Candidate: Hashable, Sendable {
    package let use: ImageUse
    package let confidence: TraceConfidence
    package let why: String
  }

  /// A finding of a cluster that counts, and where it may come from.
  package struct Live: Hashable, Sendable {
    package let cluster: String
    package let finding: Finding
    /// The closest ones first, at most `mostCandidates`.
    package let candidates: [Candidate]
    package let candidateCount: Int
    /// `none` or `unknown` where there is no candidate.
    package let word: String
  }

  /// A finding of a file whose image nothing live has, as far as that is known.
  package struct FileOnly: Hashable, Sendable {
    package let finding: Finding
    /// What of the clusters was not read that may have it; nil: it is nowhere live.
    package let unknown: String?
  }

  package static let mostCandidates = 3

  package let report: Report
  package let tally: FileTally
  /// Of the files.
  package let gaps: [CoverageEntry]
  package let live: [Live]
  package let filesOnly: [FileOnly]

  /// - Parameters:
  ///   - sources: all references of the files, clean ones included.
  ///   - catalogue: what judged the files.
  package init(
    report: Report, sources: [TraceSource], tally: FileTally, coverage: [CoverageEntry],
    catalogue: CatalogueStamp
  ) {
    self.report = report
    self.tally = tally
    let gaps = coverage.filter(\.isGap).sorted()
    self.gaps = gaps
    let index = SourceIndex(sources)
    live = report.clusters.flatMap { cluster in
      cluster.findings.filter { $0.counts && $0.kind != .clean }.map { finding in
        Self.live(
          finding, of: cluster, index, missing: gaps.isEmpty ? TraceWords.none : TraceWords.unknown)
      }
    }
    filesOnly = Self.filesOnly(sources, report, catalogue)
  }

  package func count(_ word: String) -> Int { live.count { $0.word == word } }

  // MARK: Live

  private static func live(
    _ finding: Finding, of cluster: ClusterReport, _ index: SourceIndex, missing: String
  ) -> Live {
    let matcher = TraceMatcher(finding)
    let found = index.near(finding.use).compactMap { source in
      matcher.verdict(on: source).map { (source: source, verdict: $0) }
    }.sorted { precedes($0, $1) }
    return Live(
      cluster: cluster.contexts.first ?? "", finding: finding,
      candidates: found.prefix(mostCandidates).map {
        Candidate(use: $0.source.use, confidence: $0.verdict.confidence, why: $0.verdict.why)
      },
      candidateCount: found.count, word: found.first?.verdict.confidence.rawValue ?? missing)
  }

  private typealias Found = (source: TraceSource, verdict: TraceMatcher.Verdict)

  private static func precedes(_ left: Found, _ right: Found) -> Bool {
    let (one, other) = (left.verdict, right.verdict)
    if one.confidence != other.confidence { return one.confidence > other.confidence }
    if one.distance != other.distance { return one.distance < other.distance }
    let (here, there) = (key(left.source.use), key(right.source.use))
    return here == there ? left.source.use.path < right.source.use.path : here < there
  }

  private static func key(_ use: ImageUse) -> (Int, String, Int, Int) {
    guard let place = use.place else { return (0, "", 0, 0) }
    let rank = SourceConfidence.allCases.firstIndex(of: place.confidence) ?? 0
    return (rank, place.file, place.line, place.column)
  }

  // MARK: In files only

  private static func filesOnly(
    _ sources: [TraceSource], _ report: Report, _ catalogue: CatalogueStamp
  ) -> [FileOnly] {
    // Old revisions and what has ended are not live; what is mitigated is.
    var seen: Set<LiveImage> = []
    let images = report.clusters.flatMap(\.findings).filter { finding in
      !finding.isHistory && seen.insert(LiveImage(finding.use)).inserted
    }
    let live = Dictionary(grouping: images, by: { SourceIndex.key($0.use) })
    var shown = ReportFilter()
    shown.rules = report.filter.rules
    shown.images = report.filter.images
    shown.onlyLegacy = report.filter.onlyLegacy
    let blindness = TraceBlindness(report: report, catalogue: catalogue)
    return sources.filter { source in
      let finding = source.finding
      guard finding.kind != .clean, finding.counts, finding.ignoreReason == nil,
        shown.includes(finding)
      else { return false }
      let near = source.isBeginning ? images : live[SourceIndex.key(source.use)] ?? []
      return !near.contains { ImageMatch($0.use, source) != nil }
    }
    .map { FileOnly(finding: $0.finding, unknown: blindness.reason(for: $0)) }
    .sorted { FindingOrder.precedes($0.finding, $1.finding) }
  }

  private struct LiveImage: Hashable {
    let text: String
    let representative: String?

    init(_ use: ImageUse) {
      text = use.image.text
      representative = use.representative
    }
  }
}

/// References of files by what they name.
struct SourceIndex {
  private let byName: [String: [TraceSource]]
  private let beginnings: [TraceSource]

  init(_ sources: [TraceSource]) {
    byName = Dictionary(grouping: sources.filter { !$0.isBeginning }, by: { Self.key($0.use) })
    beginnings = sources.filter(\.isBeginning)
  }

  /// All that a live use may have to do with.
  func near(_ use: ImageUse) -> [TraceSource] {
    (byName[Self.key(use)] ?? []) + beginnings
  }

  static func key(_ use: ImageUse) -> String {
    guard use.representative == nil, let reference = use.image.reference else {
      return use.image.text
    }
    return reference.name
  }
}
