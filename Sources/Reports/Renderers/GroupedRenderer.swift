import Inventory
import RegistryCatalogue

/// `-o table` and `-o wide` with `--by`: one line per group, worst first; `GroupColumns` says what
/// gives way on a narrow terminal.
///
/// Workloads, nodes and namespaces stand below their cluster; the rest sums up all clusters.
enum GroupedRenderer {
  static func render(
    _ report: Report, by dimension: GroupDimension, isWide: Bool, options: RenderOptions
  ) -> String {
    let frame = ReportFrame(report: report, options: options, listsFindings: false)
    let columns = GroupColumns(report: report, dimension: dimension, isWide: isWide).all
    let groups = ReportGrouping.groups(of: report, by: dimension)
    let isJoint = !dimension.isWithinCluster || dimension == .cluster
    let parts = isJoint ? [Array(report.clusters.indices)] : report.clusters.indices.map { [$0] }
    let blocks = parts.flatMap { numbers -> [[String]] in
      let part = Part(frame: frame, dimension: dimension, clusters: numbers)
      return part.blocks(
        groups.filter { group in group.cluster.map(numbers.contains) ?? true }, columns)
    }
    return frame.page(of: blocks)
  }
}

/// Some clusters whose groups stand in one table.
private struct Part {
  let frame: ReportFrame
  let dimension: GroupDimension
  /// Positions in the report.
  let clusters: [Int]

  func blocks(_ groups: [ReportGroup], _ columns: [GroupColumn]) -> [[String]] {
    let reports = clusters.map { frame.report.clusters[$0] }
    let header = frame.header(of: reports)
    let rows = groups.filter(isShown)
    let isUnread = reports.allSatisfy { $0.failure != nil }
    if isUnread && dimension != .cluster { return [header, frame.footer(of: reports)] }
    let body: [String]
    if rows.isEmpty {
      body = LabelledLines.wrapped(
        items: [CleanAnswer.text(reports)], start: "", hanging: 0, options: frame.options)
    } else {
      body =
        TableLayout(
          columns: columns.map(\.column), rows: rows.map { row in columns.map { $0.cell(row) } },
          options: frame.options
        ).lines()
    }
    let end =
      summary(groups, rows) + frame.footer(of: reports)
      + frame.section("NEXT", next(rows) + reports.compactMap(frame.next.access).prefix(1))
    return [header, body, end].filter { !$0.isEmpty }
  }

  /// Where a gap makes everything a lower bound, what nothing was found of is no row.
  private func isShown(_ group: ReportGroup) -> Bool {
    if frame.report.includesCleanImages || group.risk > .clean || group.isMitigated {
      return true
    }
    switch dimension {
    case .cluster: return true
    case .namespace: return group.isUnknown
    case .node: return (group.node?.cachedAtRisk ?? 0) > 0
    case .workload, .image, .registry, .rule, .team: return false
    }
  }

  /// `12 images: 1 critical · 0 high · …`. What is clean is counted where all of it is known.
  private func summary(_ groups: [ReportGroup], _ rows: [ReportGroup]) -> [String] {
    if rows.isEmpty { return [] }
    let isCounted = [.namespace, .node, .cluster].contains(dimension)
    let counted = isCounted ? groups.filter { $0.subject != .node(nil) } : rows
    func item(_ risk: Risk) -> String {
      let count = counted.count { risk == .clean ? $0.isClean : $0.risk == risk }
      return "\(CountWords.grouped(count)) \(risk.rawValue)"
    }
    var items = [item(.critical), item(.high), item(.medium), item(.low)]
    if counted.contains(where: { $0.risk == .info }) { items.append(item(.info)) }
    for (word, isSo) in [("filtered", \ReportGroup.isFiltered), ("mitigated", \.isMitigated)]
    where counted.contains(where: { $0[keyPath: isSo] }) {
      items.append("\(CountWords.grouped(counted.count { $0[keyPath: isSo] })) \(word)")
    }
    if isCounted {
      items.append("\(CountWords.grouped(counted.count(where: \.isUnknown))) unknown")
      items.append(item(.clean))
    } else if clusters.contains(where: { frame.report.clusters[$0].hasUnreadImages }) {
      items.append("what was not read is unknown")
    }
    return LabelledLines.wrapped(
      items: items, start: "\(dimension.counted(counted.count)): ", hanging: 2,
      options: frame.options)
  }

  /// Commands to type next, in the order of their use.
  private func next(_ rows: [ReportGroup]) -> [String] {
    guard let worst = rows.lazy.compactMap(\.worst).first else { return [] }
    let (steps, cluster) = (frame.next, frame.report.clusters[worst.cluster])
    let rule = steps.rule(of: worst.finding)
    guard frame.report.isSample else {
      return [steps.explain(worst.finding, of: cluster), rule].compactMap(\.self)
    }
    let list = steps.list(worst.finding.use.workload.namespace, of: cluster)
    return [list, rule, "kubectl gcr-report"].compactMap(\.self)
  }
}
