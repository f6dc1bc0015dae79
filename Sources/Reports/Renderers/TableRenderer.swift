import RegistryCatalogue

/// `-o table`: one line per namespace, worst first.
///
/// On a narrow terminal room is found in this order: WORST gives up its outlook, the digest and the
/// path of its image; the columns DORMANT, CACHED, UNKNOWN, PULLS, FAILING go; kinds get
/// kubectl's short names and workload names lose their middle; WORST moves below its row (and
/// columns come back as far as they fit); AT-RISK goes; namespaces break over lines. Namespace,
/// risk and tag are never cut. A pipe gets every column whole.
enum TableRenderer {
  /// Namespaces where nothing was found but something was not read; on a terminal more of them
  /// are a number. Their reasons stand under NOT READ.
  static let unknownRows = 10
  /// Below this WORST says too little beside the other columns.
  private static let leastWorst = 34

  static func render(_ report: Report, options: RenderOptions) -> String {
    let frame = ReportFrame(report: report, options: options, listsFindings: false)
    return frame.page { blocks($0, frame) }
  }

  private static func blocks(_ cluster: ClusterReport, _ frame: ReportFrame) -> [[String]] {
    if cluster.files != nil {
      return FilesTable(frame: frame, isWide: false).blocks(cluster)
    }
    let header = frame.header(cluster)
    if cluster.failure != nil { return [header] }
    var rows = cluster.namespaces.filter {
      frame.report.includesCleanImages || !$0.isClean && !$0.isFiltered
    }
    var end =
      frame.footer(cluster)
      + frame.section("NEXT", next(cluster, frame))
    if !frame.report.includesCleanImages, let answer = CleanAnswer.text(cluster) {
      if cluster.namespaces.contains(where: { $0.isUnknown || $0.isFiltered }) {
        end = summaryLines(cluster, frame) + end
      }
      let answer = LabelledLines.wrapped(
        items: [answer], start: "", hanging: 0, options: frame.options)
      return [header, answer, end].filter { !$0.isEmpty }
    }
    var more: [String] = []
    let unknown = rows.count(where: \.isUnknown)
    if frame.options.isTerminal && unknown > unknownRows {
      rows.removeAll(where: \.isUnknown)
      more = LabelledLines.wrapped(
        items: [
          "… and \(CountWords.text(unknown, "namespace")) of unknown risk: "
            + "nothing found in what was read there"
        ], start: "", hanging: 2, options: frame.options)
    }
    let table = TableLayout(columns: columns, rows: rows.map(cells), options: frame.options)
    return [header, table.lines() + more, summaryLines(cluster, frame) + end]
  }

  private static let columns = [
    TableColumn(title: "NAMESPACE", room: .always),
    TableColumn(title: "RISK", room: .always),
    TableColumn(title: "AT-RISK", room: .last),
    TableColumn(title: "FAILING", room: .optional(order: 5)),
    TableColumn(title: "PULLS", room: .optional(order: 4)),
    TableColumn(title: "CACHED", room: .optional(order: 2)),
    TableColumn(title: "DORMANT", room: .optional(order: 1)),
    TableColumn(title: "UNKNOWN", room: .optional(order: 3)),
    TableColumn(title: "WORST", room: .flexible(minimum: leastWorst, order: nil)),
  ]

  private static func cells(_ namespace: NamespaceReport) -> [TableCell] {
    func count(_ exposure: Exposure) -> TableCell {
      .text(CountWords.grouped(namespace.byExposure[exposure] ?? 0))
    }
    return [
      .text(PlaceWords.namespace(namespace.name)),
      TableCell(.text(namespace.riskWord), style: RiskStyle(namespace)),
      .text("\(CountWords.grouped(namespace.atRisk))/\(CountWords.grouped(namespace.workloads))"),
      count(.failing), count(.pulls), count(.cached), count(.dormant), count(.unknown),
      namespace.worst.map { TableCell(.place(WorstPlace($0))) } ?? .text(""),
    ]
  }

  /// `1 critical · 0 high · …`: namespaces by their risk, `info`, `filtered` and `mitigated` only
  /// when there is one; then the findings that are waived, if any.
  static func summary(_ cluster: ClusterReport) -> String {
    let namespaces = cluster.namespaces.filter { !$0.name.isEmpty || !$0.isClean }
    func item(_ risk: Risk) -> String {
      let count = namespaces.count { risk == .clean ? $0.isClean : $0.risk == risk }
      return "\(CountWords.grouped(count)) \(risk.rawValue)"
    }
    func item(_ word: String, _ isSo: (NamespaceReport) -> Bool) -> String {
      "\(CountWords.grouped(namespaces.count(where: isSo))) \(word)"
    }
    var items = [item(.critical), item(.high), item(.medium), item(.low)]
    if namespaces.contains(where: { $0.risk == .info }) { items.append(item(.info)) }
    items.append(item("unknown", \.isUnknown))
    if namespaces.contains(where: \.isFiltered) { items.append(item("filtered", \.isFiltered)) }
    if namespaces.contains(where: \.isMitigated) {
      items.append(item("mitigated", \.isMitigated))
    }
    items.append(item(.clean))
    let waived = cluster.waivedFindings.count
    if waived > 0 { items.append("\(CountWords.grouped(waived)) waived") }
    return items.joined(separator: " · ")
  }

  private static func summaryLines(_ cluster: ClusterReport, _ frame: ReportFrame) -> [String] {
    LabelledLines.wrapped(
      items: summary(cluster).split(separator: " · ").map(String.init), start: "", hanging: 0,
      options: frame.options)
  }

  /// Commands to type next, in the order of their use.
  private static func next(_ cluster: ClusterReport, _ frame: ReportFrame) -> [String] {
    let steps = frame.next
    var commands: [String?] = []
    if let worst = cluster.namespaces.first(where: { $0.worst != nil }) {
      commands = [steps.list(worst.name, of: cluster), worst.worst.flatMap(steps.rule)]
      if frame.report.isSample { commands.append("kubectl gcr-report") }
    }
    return (commands + [steps.access(cluster)]).compactMap(\.self)
  }
}
