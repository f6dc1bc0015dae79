import Inventory
import RegistryCatalogue

/// One section for each group that has findings, worst first, until the room is used up; then what
/// was asked for beside them.
enum MarkdownSections {
  /// What the sentence about what did not fit needs, at most.
  private static let reserve = 400

  static func text(_ report: Report, by dimension: GroupDimension, room: Int) -> String {
    let groups = ReportGrouping.groups(of: report, by: dimension)
    let withFindings = groups.filter { !$0.findings.isEmpty }
    var sections = withFindings.map { group in
      Section(
        head: head(group, report, dimension),
        rows: group.findings.map { row($0.finding, cluster: $0.cluster, report, dimension) })
    }
    sections += extras(report)
    var text = ""
    var left = room - reserve
    for (index, section) in sections.enumerated() {
      let titles = section.head + titleRow
      guard titles.utf8.count + (section.rows.first?.utf8.count ?? 0) <= left else {
        let findings = sections[index...].reduce(0) { $0 + $1.rows.count }
        text +=
          "**\(CountWords.text(sections.count - index, "more section")) with"
          + " \(CountWords.text(findings, "finding"))** did not fit; `-o csv` and `-o html` hold"
          + " all.\n\n"
        break
      }
      text += titles
      left -= titles.utf8.count
      var written = 0
      for row in section.rows {
        if row.utf8.count > left { break }
        text += row
        left -= row.utf8.count
        written += 1
      }
      let more = section.rows.count - written
      if more > 0 {
        let note =
          "\n**\(CountWords.text(more, "more finding"))** did not fit; `-o csv` holds all.\n"
        text += note
        left -= note.utf8.count
      }
      text += "\n"
      left -= 1
    }
    return text + quiet(groups, dimension)
  }

  private struct Section {
    let head: String
    let rows: [String]
  }

  private static let titleRow = Markdown.table(
    ["Risk", "Workload", "Image", "Why", "Use instead"],
    isNumber: [false, false, false, false, false])

  private static func head(
    _ group: ReportGroup, _ report: Report, _ dimension: GroupDimension
  ) -> String {
    var title = name(group, report)
    if dimension.isWithinCluster, dimension != .cluster, report.clusters.count > 1,
      let cluster = group.cluster
    {
      title += " in \(Markdown.code(report.clusters[cluster].title))"
    }
    var text = "## \(dimension.rawValue.capitalizedWord) \(title): \(group.riskWord)\n\n"
    text += "\(CountWords.grouped(group.atRisk)) of \(CountWords.text(group.workloads, "workload"))"
    text += " at risk"
    let exposures = [Exposure.failing, .pulls, .cached, .dormant, .unknown].compactMap { exposure in
      group.byExposure[exposure].map { "\(CountWords.grouped($0)) \(exposure.rawValue)" }
    }
    text += exposures.isEmpty ? "." : " (\(exposures.joined(separator: ", "))) at the next start."
    if group.isPartlyUnknown {
      text += " Not everything that may belong here was read: these are lower bounds."
    }
    return text + "\n\n"
  }

  /// A name is code; what stands in for a missing one is ours.
  private static func name(_ group: ReportGroup, _ report: Report) -> String {
    switch group.subject {
    case .namespace(""): "(cluster)"
    case .team(nil): "(no team)"
    case .registry(nil): "(no image)"
    case .node(nil): "(no node)"
    default: Markdown.code(group.title(in: report))
    }
  }

  private static func row(
    _ finding: Finding, cluster: Int, _ report: Report, _ dimension: GroupDimension
  ) -> String {
    let use = finding.use
    var place = Markdown.code(WorkloadLabel(use.workload).whole)
    if dimension != .namespace && !use.workload.namespace.isEmpty {
      place = "\(Markdown.code(use.workload.namespace)) \(place)"
    }
    if report.clusters.count > 1 && !dimension.isWithinCluster {
      place = "\(Markdown.code(report.clusters[cluster].title)) \(place)"
    }
    if !use.container.isEmpty { place += ", \(use.role.rawValue) \(Markdown.code(use.container))" }
    let risk = finding.risk.rawValue
    let waiver = finding.waiver.map { " (\($0.kind.rawValue) until \($0.until))" } ?? ""
    return Markdown.row([
      finding.risk >= .high ? "**\(risk)**\(waiver)" : "\(risk)\(waiver)",
      place, Markdown.code(ImageLabel(use.image).whole), why(finding),
      finding.replacement.map(Markdown.code) ?? "–",
    ])
  }

  private static let namedReasons = 3

  private static func why(_ finding: Finding) -> String {
    var parts = Array(finding.reasons.prefix(namedReasons))
    if parts.isEmpty, let outlook = finding.outlook { parts = [outlook] }
    if let waiver = finding.waiver { parts.append("exception: \(waiver.reason)") }
    if parts.isEmpty { parts = ["\(finding.fate.rawValue), \(finding.exposure.rawValue)"] }
    return parts.map(Markdown.prose).joined(separator: "; ")
  }

  /// What is mitigated; history and clean images, when they were asked for.
  private static func extras(_ report: Report) -> [Section] {
    var history: [String] = []
    var mitigated: [String] = []
    var clean: [String] = []
    for (number, cluster) in report.clusters.enumerated() {
      for finding in cluster.findings where report.shows(finding) {
        let text = row(finding, cluster: number, report, .cluster)
        if finding.isHistory {
          history.append(text)
        } else if finding.isMitigated {
          mitigated.append(text)
        } else if finding.risk == .clean {
          clean.append(text)
        }
      }
    }
    return [
      Section(
        head: "## Mitigated\n\nSomebody vouches that these do no harm; none of it counts.\n\n",
        rows: mitigated),
      Section(
        head: "## History\n\nOld revisions and finished work; none of it counts.\n\n",
        rows: history),
      Section(head: "## Clean\n\nImages that no rule finds fault with.\n\n", rows: clean),
    ].filter { !$0.rows.isEmpty }
  }

  /// Groups without findings, as numbers.
  private static func quiet(_ groups: [ReportGroup], _ dimension: GroupDimension) -> String {
    let unknown = groups.count(where: \.isUnknown)
    let clean = groups.count(where: \.isClean)
    var parts: [String] = []
    if clean > 0 { parts.append("\(CountWords.grouped(clean)) clean") }
    if unknown > 0 {
      parts.append("\(CountWords.grouped(unknown)) unknown, because not everything was read")
    }
    guard !parts.isEmpty else { return "" }
    return "Without findings, by \(dimension.rawValue): \(parts.joined(separator: "; ")).\n\n"
  }
}

extension String {
  /// With its first letter in upper case.
  fileprivate var capitalizedWord: String {
    prefix(1).uppercased() + dropFirst()
  }
}
