import Inventory
import RegistryCatalogue

/// A column of a grouped table: where it stands, and what it says of a group.
struct GroupColumn {
  let column: TableColumn
  let cell: (ReportGroup) -> TableCell

  init(_ title: String, _ room: TableColumn.Room, _ cell: @escaping (ReportGroup) -> TableCell) {
    column = TableColumn(title: title, room: room)
    self.cell = cell
  }
}

/// The columns of `--by`, for each dimension.
///
/// On a narrow terminal room is found in this order: names and images are shortened to a minimum;
/// the columns that `-o wide` adds go, the last one first; then DORMANT, CACHED, UNKNOWN, PULLS,
/// FAILING; OUTLOOK, RUNTIME, HELD, CLUSTERS, NAMESPACES, IMAGES; WORST (and the name of a workload
/// or image) moves below its row; WORKLOADS or AT-RISK goes; keys break over lines. The key, the
/// risk and the tag are never cut.
struct GroupColumns {
  let report: Report
  let dimension: GroupDimension
  let isWide: Bool

  var all: [GroupColumn] {
    key + [risk] + (counts + (isWide ? extras : [])).map(orUnread)
  }

  /// Of a cluster that was not read nothing is known: a zero would say that nothing is there.
  private func orUnread(_ column: GroupColumn) -> GroupColumn {
    guard dimension == .cluster, column.column.title != "WORST" else { return column }
    return GroupColumn(column.column.title, column.column.room) { [report] group in
      group.isUnread(in: report) ? .text("?") : column.cell(group)
    }
  }

  private var key: [GroupColumn] {
    switch dimension {
    case .workload:
      [
        GroupColumn("NAMESPACE", .always) { .text(Self.namespace(of: $0)) },
        GroupColumn("WORKLOAD", .flexible(minimum: 16, order: nil)) { group in
          guard case .workload(let workload) = group.subject else { return .text("") }
          return TableCell(.workload(WorkloadLabel(workload)))
        },
      ]
    case .image:
      [
        GroupColumn("IMAGE", .flexible(minimum: 24, order: nil)) { group in
          guard case .image(let text, let tag, let digest) = group.subject else { return .text("") }
          return TableCell(.image(ImageLabel(raw: text, tag: tag, digest: digest)))
        }
      ]
    case .namespace, .registry, .rule, .team, .node, .cluster:
      [
        GroupColumn(dimension.rawValue.uppercased(), .always) { [report] in
          .text($0.title(in: report))
        }
      ]
    }
  }

  private var risk: GroupColumn {
    GroupColumn("RISK", .always) { TableCell(.text($0.riskWord), style: RiskStyle($0)) }
  }

  private var counts: [GroupColumn] {
    switch dimension {
    case .namespace: [atRisk] + exposures + [worst]
    case .workload: [exposure, images, worstImage, outlook]
    case .image:
      [
        number("WORKLOADS", .last, \.workloads), namespaces, clusters,
      ] + exposures + [outlook]
    case .registry, .rule, .team: [atRisk, images, namespaces, clusters] + exposures + [worst]
    case .node: [atRisk, held, runtime] + exposures + [worst]
    case .cluster:
      [
        risks("CRITICAL", .critical, order: 15), risks("HIGH", .high, order: 14),
        risks("MEDIUM", .medium, order: 13), risks("LOW", .low, order: 12),
        risks("INFO", .info, order: 10),
        GroupColumn("CLEAN", .optional(order: 11)) { group in
          .text(CountWords.grouped(group.workloads - group.byRisk.values.reduce(0, +)))
        },
        worst,
      ]
    }
  }

  /// What `-o wide` adds; the last one goes first.
  private var extras: [GroupColumn] {
    let columns: [(String, (ReportGroup) -> TableCell)] =
      switch dimension {
      case .namespace: [("IMAGES", { Self.count($0.images) }), ("RULE", Self.rule)]
      case .workload:
        [
          ("REPLACEMENT", Self.replacement), ("RULE", Self.rule),
          ("ACTIVITY", { Self.word($0.worst?.finding.workload.activity.word) }),
          ("TEAM", { Self.word($0.worst?.finding.team) }),
          ("MANAGED-BY", { Self.word($0.worst?.finding.workload.managedBy) }),
        ]
      case .image:
        [
          ("REPLACEMENT", Self.replacement), ("FATE", Self.fate), ("RULE", Self.rule),
          ("NODES", { Self.count(Set($0.findings.flatMap(\.finding.use.nodes)).count) }),
        ]
      case .registry: [("FATE", Self.fate), ("RULE", Self.rule)]
      case .rule:
        [
          ("FATE", Self.fate), ("CERTAINTY", { Self.word($0.worst?.finding.certainty?.rawValue) }),
          ("TITLE", title),
        ]
      case .team: [("RULE", Self.rule)]
      case .node:
        [
          ("KUBELET", { Self.word($0.node?.kubeletVersion) }),
          ("PLATFORM", { Self.word($0.node?.platform) }),
          (
            "IMAGE-LIST",
            { Self.word($0.node.map { $0.isListComplete ? "complete" : "incomplete" }) }
          ),
        ]
      case .cluster:
        [
          ("AT-RISK", { Self.share($0) }), ("IMAGES", { Self.count($0.images) }),
          ("NAMESPACES", { Self.count($0.namespaces) }), ("VERSION", version),
          ("FAILING", { Self.count($0.byExposure[.failing] ?? 0) }),
          ("PULLS", { Self.count($0.byExposure[.pulls] ?? 0) }),
        ]
      }
    return columns.enumerated().map { index, column in
      GroupColumn(column.0, .optional(order: columns.count - index), column.1)
    }
  }

  // MARK: Columns that several dimensions have

  private var atRisk: GroupColumn { GroupColumn("AT-RISK", .last, Self.share) }
  private var images: GroupColumn { number("IMAGES", .optional(order: 29), \.images) }
  private var namespaces: GroupColumn { number("NAMESPACES", .optional(order: 28), \.namespaces) }
  private var clusters: GroupColumn { number("CLUSTERS", .optional(order: 27), \.clusters) }

  private var exposures: [GroupColumn] {
    let orders: [(Exposure, Int)] = [
      (.failing, 19), (.pulls, 18), (.cached, 16), (.dormant, 15), (.unknown, 17),
    ]
    return orders.map { exposure, order in
      GroupColumn(exposure.rawValue.uppercased(), .optional(order: order)) {
        Self.count($0.byExposure[exposure] ?? 0)
      }
    }
  }

  /// The exposure of the worst finding.
  private var exposure: GroupColumn {
    GroupColumn("EXPOSURE", .optional(order: 19)) {
      Self.word($0.worst?.finding.exposure.rawValue)
    }
  }

  private var worst: GroupColumn {
    GroupColumn("WORST", .flexible(minimum: 34, order: nil)) { [dimension] group in
      guard let finding = group.worst?.finding else { return .text("") }
      return TableCell(.place(WorstPlace(finding, showsNamespace: dimension != .namespace)))
    }
  }

  private var worstImage: GroupColumn {
    GroupColumn("WORST", .flexible(minimum: 24, order: nil)) { group in
      group.worst.map { TableCell(.image(ImageLabel($0.finding.use.image))) } ?? .text("")
    }
  }

  private var outlook: GroupColumn {
    GroupColumn("OUTLOOK", .flexible(minimum: 24, order: 24)) { group in
      TableCell(.outlook(group.worst?.finding.outlook.map(TerminalText.sanitized) ?? ""))
    }
  }

  /// Images at risk that a node's list names; the list of a busy node is cut.
  private var held: GroupColumn {
    GroupColumn("HELD", .optional(order: 26)) { group in
      guard case .node(.some) = group.subject else { return .text("-") }
      guard let node = group.node else { return .text("?") }
      return .text(CountWords.grouped(node.cachedAtRisk) + (node.isListComplete ? "" : "+"))
    }
  }

  private var runtime: GroupColumn {
    GroupColumn("RUNTIME", .optional(order: 25)) { Self.word($0.node?.runtime) }
  }

  private func risks(_ title: String, _ risk: Risk, order: Int) -> GroupColumn {
    GroupColumn(title, .optional(order: order)) { Self.count($0.byRisk[risk] ?? 0) }
  }

  private func number(
    _ title: String, _ room: TableColumn.Room, _ value: @escaping (ReportGroup) -> Int
  ) -> GroupColumn {
    GroupColumn(title, room) { Self.count(value($0)) }
  }

  // MARK: Cells

  private static func namespace(of group: ReportGroup) -> String {
    guard case .workload(let workload) = group.subject else { return "" }
    return PlaceWords.namespace(workload.namespace)
  }

  private static func share(_ group: ReportGroup) -> TableCell {
    .text("\(CountWords.grouped(group.atRisk))/\(CountWords.grouped(group.workloads))")
  }

  private static func count(_ number: Int) -> TableCell {
    .text(CountWords.grouped(number))
  }

  private static func word(_ text: String?) -> TableCell {
    guard let text, !text.isEmpty else { return .text("-") }
    return .text(TerminalText.sanitized(text))
  }

  private static func fate(_ group: ReportGroup) -> TableCell {
    word(group.worst?.finding.fate.rawValue)
  }

  private static func rule(_ group: ReportGroup) -> TableCell {
    word(group.worst.map { $0.finding.rule ?? $0.finding.kind.rawValue })
  }

  private static func replacement(_ group: ReportGroup) -> TableCell {
    word(group.worst?.finding.replacement)
  }

  private func title(_ group: ReportGroup) -> TableCell {
    guard case .rule(let id) = group.subject else { return .text("-") }
    return Self.word(report.rules.first { $0.id == id }?.title)
  }

  private func version(_ group: ReportGroup) -> TableCell {
    Self.word(group.cluster.flatMap { report.clusters[$0].serverVersion })
  }
}
