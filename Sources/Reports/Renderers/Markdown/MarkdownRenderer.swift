import Inventory
import RegistryCatalogue

/// `-o markdown`: what fits an issue or a wiki page, one section for each group of `--by`.
///
/// GitHub takes 65,536 characters for an issue: the worst findings come first, and what no longer
/// fits is counted, never dropped in silence.
enum MarkdownRenderer {
  /// In bytes of UTF-8, which are never fewer than characters.
  static let room = 65_000

  static func render(_ report: Report, by dimension: GroupDimension = .namespace) -> String {
    let head = head(report)
    let foot = foot(report)
    var text = head
    text += MarkdownSections.text(
      report, by: dimension, room: room - head.utf8.count - foot.utf8.count)
    return text + foot
  }

  private static func head(_ report: Report) -> String {
    let digest = ReportDigest(report)
    let figures = digest.figures
    var text = "# Image registries: \(digest.headline)\n\n"
    if report.isSample {
      text += "**Sample data: an embedded cluster, nothing here is yours.**\n\n"
    }
    text += facts(report).joined(separator: " · ") + "\n\n"
    if let next = digest.timeline?.next { text += "\(Markdown.prose("\(next.sentence)."))\n\n" }
    if let filtered = report.filterInWords {
      text += "**\(Markdown.prose(TerminalText.sanitized("\(filtered).")))**\n\n"
    }
    text += gaps(report)
    guard !digest.readClusters.isEmpty else { return text }
    text += "## Summary\n\n"
    text += Markdown.table(["Worst risk", "Workloads"], isNumber: [false, true])
    for risk in [Risk.critical, .high, .medium, .low, .info] {
      text += Markdown.row([risk.rawValue, CountWords.grouped(figures.byRisk[risk] ?? 0)])
    }
    text += Markdown.row(["nothing found", CountWords.grouped(figures.untouched)])
    var sentences: [String] = []
    if !report.isAsOfAnotherDay {
      sentences.append("\(CountWords.text(figures.failing, "workload")) cannot start now.")
    }
    if figures.mitigated > 0 {
      text += Markdown.row(["mitigated", CountWords.grouped(figures.mitigated)])
    }
    if figures.filtered > 0 {
      text += Markdown.row(["left out by the filter", CountWords.grouped(figures.filtered)])
    }
    if figures.waived > 0 {
      sentences.append("\(CountWords.text(figures.waived, "finding")) waived.")
    }
    if !sentences.isEmpty { text += "\n\(sentences.joined(separator: " "))\n" }
    if report.clusters.count > 1 { text += "\n" + clusters(report) }
    return text + "\n"
  }

  private static func facts(_ report: Report) -> [String] {
    var facts: [String] = []
    if report.clusters.count == 1, let cluster = report.clusters.first {
      facts.append(Markdown.code(cluster.title))
      if let version = cluster.serverVersion { facts.append(Markdown.code(version)) }
    } else {
      facts.append(CountWords.text(report.clusters.count, "cluster"))
    }
    let specs = report.isAsOfAnotherDay ? ", judged by the specs alone" : ""
    facts.append("as of \(report.asOf)\(specs)")
    facts.append("scanned \(Timestamp.text(secondsSince1970: report.scannedAt))")
    let stamp = report.catalogue
    let rules = stamp.userRules.map { " with \(Markdown.code($0))" } ?? ""
    facts.append("catalogue \(Markdown.prose(stamp.version)) of \(stamp.date)\(rules)")
    return facts
  }

  private static func clusters(_ report: Report) -> String {
    var text = Markdown.table(
      ["Cluster", "Risk", "At risk", "Workloads"], isNumber: [false, false, true, true])
    for group in ReportGrouping.groups(of: report, by: .cluster) {
      let hasFailed = group.cluster.map { report.clusters[$0].failure != nil } ?? false
      text += Markdown.row([
        Markdown.code(group.title(in: report)), hasFailed ? "not read" : group.riskWord,
        hasFailed ? "?" : CountWords.grouped(group.atRisk),
        hasFailed ? "?" : CountWords.grouped(group.workloads),
      ])
    }
    return text
  }

  private static let listedGaps = 20

  /// A quotation, which stands out wherever Markdown is shown.
  private static func gaps(_ report: Report) -> String {
    var items: [String] = []
    for cluster in report.clusters {
      let name = report.clusters.count > 1 ? "\(Markdown.code(cluster.title)): " : ""
      items += cluster.gapsInWords.map { "> - \(name)\(Markdown.prose($0))\n" }
    }
    if items.isEmpty { return "" }
    let more = items.count - listedGaps
    let rest = more > 0 ? "> - and \(CountWords.text(more, "more gap"))\n" : ""
    return "> **Not read: unknown, never clean**\n>\n\(items.prefix(listedGaps).joined())\(rest)\n"
  }

  private static func foot(_ report: Report) -> String {
    var text = ""
    let rules = report.namedRules
    if !rules.isEmpty {
      text += "## Registries\n\n"
      for rule in rules.prefix(30) {
        text += "- **\(Markdown.prose(rule.title))** (\(Markdown.code(rule.id))): "
        text += "\(Markdown.prose(rule.what)) \(Markdown.prose(rule.advice))"
        if let source = rule.sources.first(where: SARIFText.isURL) { text += " <\(source)>" }
        text += "\n"
      }
      text += "\n"
    }
    let skipped = report.clusters.skippedInWords
    if !skipped.isEmpty {
      text += "Not asked for: \(skipped.map(Markdown.prose).joined(separator: ", ")).\n\n"
    }
    let commands = NextSteps(report: report).ofDocument()
    if !commands.isEmpty {
      text += "## Next\n\n```sh\n\(commands.joined(separator: "\n"))\n```\n\n"
    }
    return text + "Written by kubectl gcr-report \(Markdown.prose(report.toolVersion)).\n"
  }
}
