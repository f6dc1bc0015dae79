import ImageReferences
import Inventory
import RegistryCatalogue

/// The table of a report of files: one line per finding, worst first, its place in front.
struct FilesTable {
  let frame: ReportFrame
  let isWide: Bool

  func blocks(_ cluster: ClusterReport) -> [[String]] {
    let findings = cluster.findings.filter { frame.report.shows($0) }
    let body: [String]
    if findings.isEmpty {
      body = LabelledLines.wrapped(
        items: [answer(cluster)], start: "", hanging: 0, options: frame.options)
    } else {
      body =
        TableLayout(
          columns: columns, rows: findings.map(cells), options: frame.options
        ).lines()
    }
    let rule = findings.first.flatMap(frame.next.rule)
    let next = frame.section("NEXT", rule.map { [$0] } ?? [])
    return [
      frame.header(cluster), body, (findings.isEmpty ? [] : summary(findings)),
      frame.footer(cluster) + next,
    ].filter { !$0.isEmpty }
  }

  private func answer(_ cluster: ClusterReport) -> String {
    if cluster.coverage.contains(where: \.isGap) { return "Nothing found in what was read." }
    if cluster.useCount == 0 { return "No image is named here." }
    return "Nothing here names a dying registry."
  }

  private func summary(_ findings: [Finding]) -> [String] {
    let counts = [Risk.critical, .high, .medium, .low, .info].compactMap { risk in
      let count = findings.count { $0.risk == risk && $0.counts }
      return count == 0 ? nil : "\(CountWords.grouped(count)) \(risk.rawValue)"
    }
    let files = Set(findings.compactMap(\.use.place?.file)).count
    return LabelledLines.wrapped(
      items: counts + ["in \(CountWords.text(files, "file"))"], start: "", hanging: 0,
      options: frame.options)
  }

  private var columns: [TableColumn] {
    let start = [
      TableColumn(title: "PLACE", room: .always),
      TableColumn(title: "RISK", room: .always),
    ]
    let object = TableColumn(title: "OBJECT", room: .flexible(minimum: 16, order: 3))
    let image = TableColumn(title: "IMAGE", room: .flexible(minimum: 24, order: nil))
    let replacement = TableColumn(
      title: "REPLACEMENT", room: .flexible(minimum: 24, order: isWide ? 5 : 4))
    guard isWide else { return start + [object, image, replacement] }
    return start + [
      object, TableColumn(title: "PATH", room: .flexible(minimum: 16, order: 2)), image,
      TableColumn(title: "FATE", room: .optional(order: 6)),
      TableColumn(title: "EXPOSURE", room: .optional(order: 4)), replacement,
      TableColumn(title: "RULE", room: .optional(order: 3)),
      TableColumn(title: "CONFIDENCE", room: .optional(order: 1)),
    ]
  }

  private func cells(_ finding: Finding) -> [TableCell] {
    let use = finding.use
    let start = [
      TableCell.text(use.place.map { TerminalText.sanitized($0.words) } ?? "-"),
      TableCell(.text(finding.risk.rawValue), style: .risk(finding.risk)),
      object(use),
    ]
    let image = TableCell(.image(ImageLabel(use.image)))
    guard isWide else { return start + [image, replacement(finding)] }
    return start + [
      TableCell(.name(TerminalText.sanitized(use.path))), image,
      .text(finding.fate.rawValue), .text(finding.exposure.rawValue), replacement(finding),
      .text(TerminalText.sanitized(finding.rule ?? finding.kind.rawValue)),
      .text(use.place?.confidence.rawValue ?? "-"),
    ]
  }

  /// What is known by its file alone is named by its kind.
  private func object(_ use: ImageUse) -> TableCell {
    guard use.workload.name != use.place?.file else {
      return .text(TerminalText.sanitized(use.workload.kind))
    }
    return TableCell(.workload(WorkloadLabel(use.workload)))
  }

  private func replacement(_ finding: Finding) -> TableCell {
    guard let text = finding.replacement else { return .text("-") }
    guard case .reference(let reference) = finding.use.image else {
      return TableCell(.name(TerminalText.sanitized(text)))
    }
    return TableCell(
      .image(ImageLabel(raw: text, tag: reference.tag, digest: reference.digest)))
  }
}
