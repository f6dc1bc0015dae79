import ImageReferences
import Inventory
import RegistryCatalogue

/// `-o wide`: one line per finding, in the report's order.
///
/// On a narrow terminal the columns ACTIVITY, RULE, CONTAINER, REPLACEMENT, EXPOSURE, FATE,
/// WAIVED-UNTIL go in this order, after WORKLOAD, IMAGE, CONTAINER and REPLACEMENT were shortened
/// to a minimum; then WORKLOAD and IMAGE move below their row. Namespace, risk and tag are never
/// cut.
enum WideRenderer {
  static func render(_ report: Report, options: RenderOptions) -> String {
    let frame = ReportFrame(report: report, options: options, listsFindings: true)
    return frame.page { blocks($0, frame) }
  }

  private static func blocks(_ cluster: ClusterReport, _ frame: ReportFrame) -> [[String]] {
    if cluster.files != nil {
      return FilesTable(frame: frame, isWide: true).blocks(cluster)
    }
    let header = frame.header(cluster)
    if cluster.failure != nil { return [header] }
    let findings = cluster.findings.filter { frame.report.shows($0) }
    let body: [String]
    if findings.isEmpty {
      let answer = CleanAnswer.text(cluster) ?? "Nothing found in what was read."
      body = LabelledLines.wrapped(
        items: [answer], start: "", hanging: 0, options: frame.options)
    } else {
      let hasWaivers = findings.contains { $0.waiver != nil }
      body =
        TableLayout(
          columns: columns + (hasWaivers ? [waivedColumn] : []),
          rows: findings.map { cells($0) + (hasWaivers ? [waived($0)] : []) },
          options: frame.options
        ).lines()
    }
    let end =
      frame.footer(cluster)
      + frame.section("NEXT", next(findings, cluster, frame))
    return [header, body, end].filter { !$0.isEmpty }
  }

  private static let columns = [
    TableColumn(title: "NAMESPACE", room: .always),
    TableColumn(title: "WORKLOAD", room: .flexible(minimum: 16, order: nil)),
    TableColumn(title: "CONTAINER", room: .flexible(minimum: 9, order: 3)),
    TableColumn(title: "IMAGE", room: .flexible(minimum: 24, order: nil)),
    TableColumn(title: "FATE", room: .optional(order: 6)),
    TableColumn(title: "EXPOSURE", room: .optional(order: 5)),
    TableColumn(title: "RISK", room: .always),
    TableColumn(title: "REPLACEMENT", room: .flexible(minimum: 24, order: 4)),
    TableColumn(title: "RULE", room: .optional(order: 2)),
    TableColumn(title: "ACTIVITY", room: .optional(order: 1)),
  ]

  /// Only there when something is waived.
  private static let waivedColumn = TableColumn(title: "WAIVED-UNTIL", room: .optional(order: 7))

  private static func waived(_ finding: Finding) -> TableCell {
    .text(finding.waiver.map { "\($0.until) (\($0.kind.rawValue))" } ?? "-")
  }

  private static func cells(_ finding: Finding) -> [TableCell] {
    let use = finding.use
    return [
      .text(PlaceWords.namespace(use.workload.namespace)),
      TableCell(.workload(WorkloadLabel(use.workload))),
      TableCell(.name(container(use))),
      TableCell(.image(ImageLabel(use.image))),
      .text(finding.fate.rawValue),
      .text(finding.exposure.rawValue),
      TableCell(.text(finding.risk.rawValue), style: .risk(finding.risk)),
      replacement(finding),
      .text(TerminalText.sanitized(finding.rule ?? finding.kind.rawValue)),
      .text(use.activity.word),
    ]
  }

  /// The role stands beside the name unless it is the ordinary one.
  private static func container(_ use: ImageUse) -> String {
    let name = TerminalText.sanitized(use.container)
    if use.role == .container { return name }
    return name.isEmpty ? "(\(use.role.rawValue))" : "\(name) (\(use.role.rawValue))"
  }

  private static func replacement(_ finding: Finding) -> TableCell {
    guard let text = finding.replacement else { return .text("-") }
    guard case .reference(let reference) = finding.use.image else {
      return TableCell(.name(TerminalText.sanitized(text)))
    }
    let label = ImageLabel(raw: text, tag: reference.tag, digest: reference.digest)
    return TableCell(.image(label))
  }

  private static func next(
    _ findings: [Finding], _ cluster: ClusterReport, _ frame: ReportFrame
  ) -> [String] {
    let steps = frame.next
    var commands: [String?] = []
    if let worst = findings.first {
      commands = [
        worst.risk > .clean ? steps.explain(worst, of: cluster) : nil, steps.rule(of: worst),
      ]
    }
    return (commands + [steps.access(cluster)]).compactMap(\.self)
  }
}
