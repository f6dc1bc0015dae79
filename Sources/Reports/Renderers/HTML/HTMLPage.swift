import RegistryCatalogue

/// What several parts of the page need to know of the report, counted once.
struct HTMLPage {
  struct Part: Hashable {
    let id: String
    let title: String
  }

  /// One finding with its place.
  struct Entry {
    let cluster: Int
    let finding: Finding
  }

  let digest: ReportDigest
  /// What lists show, worst first, then what is mitigated, history last.
  let entries: [Entry]
  /// Position in `report.rules` by id.
  let ruleNumbers: [String: Int]
  /// Asked for with every finding, so told once.
  let hasTeams: Bool

  init(_ report: Report) {
    var report = report
    report.rules = report.namedRules
    digest = ReportDigest(report)
    let all = report.clusters.indices.flatMap { number in
      report.clusters[number].findings.filter { report.shows($0) }
        .map { Entry(cluster: number, finding: $0) }
    }
    // Stable: within one risk the clusters follow each other in their order.
    let ranked = Dictionary(grouping: all) { Self.rank($0.finding) }
    entries = ranked.keys.sorted(by: >).flatMap { ranked[$0] ?? [] }
    hasTeams = all.contains { $0.finding.team != nil }
    ruleNumbers = Dictionary(
      report.rules.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  var report: Report { digest.report }
  var figures: ReportFigures { digest.figures }
  var timeline: Timeline? { digest.timeline }
  var hasSeveralClusters: Bool { digest.hasSeveralClusters }
  var readClusters: [Int] { digest.readClusters }
  var hasGaps: Bool { digest.hasGaps }

  private static func rank(_ finding: Finding) -> Int {
    finding.risk.rank + (finding.isHistory ? 0 : finding.counts ? 20 : 10)
  }

  var waived: [Entry] { entries.filter { $0.finding.waivedUntil != nil } }

  /// The parts that this page has, for its navigation.
  var parts: [Part] {
    var parts: [Part] = []
    if hasGaps { parts.append(Part(id: "not-read", title: "Not read")) }
    if !readClusters.isEmpty { parts.append(Part(id: "map", title: "Map")) }
    if timeline != nil { parts.append(Part(id: "dates", title: "Dates")) }
    if !readClusters.isEmpty { parts.append(Part(id: "sums", title: "Sums")) }
    if !entries.isEmpty { parts.append(Part(id: "findings", title: "Findings")) }
    if !waived.isEmpty { parts.append(Part(id: "waived", title: "Waived")) }
    if !report.rules.isEmpty { parts.append(Part(id: "rules", title: "Registries")) }
    parts.append(Part(id: "notes", title: "Notes"))
    return parts
  }

  /// A section with its heading; `introduction` may be empty.
  static func section(_ id: String, _ title: String, _ introduction: String, _ body: HTML) -> HTML {
    let text: HTML = introduction.isEmpty ? "" : "<p>\(introduction)</p>"
    return """
      <section id="\(id)" aria-labelledby="\(id)-title">
      <div class="head"><h2 id="\(id)-title">\(title)</h2>\(text)</div>
      \(body)
      </section>

      """
  }

  /// The class of a word of the RISK column.
  static func style(ofWord word: String) -> String {
    if word.hasSuffix("+?") { return "\(word.dropLast(2)) partial" }
    return switch word {
    case "filtered": "unknown"
    case "mitigated": "info"
    default: word
    }
  }

  static func risk(_ risk: Risk) -> HTML {
    "<span class=\"risk \(risk.rawValue)\">\(risk.rawValue)</span>"
  }
}
