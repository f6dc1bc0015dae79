import Inventory
import RegistryCatalogue

/// The sums of `--by`: one row for each group, worst first.
enum HTMLGroups {
  static func html(_ page: HTMLPage, by dimension: GroupDimension) -> HTML {
    guard !page.readClusters.isEmpty else { return "" }
    let groups = ReportGrouping.groups(of: page.report, by: dimension)
    let shown = groups.filter { !$0.isClean || page.report.includesCleanImages }
    let hidden = groups.count - shown.count
    let hasCluster = page.hasSeveralClusters && dimension.isWithinCluster && dimension != .cluster
    let rows = shown.map { row($0, page, dimension, hasCluster) }
    let body: HTML =
      shown.isEmpty
      ? "<p>Nothing to sum up: nothing was found.</p>"
      : """
      <div class="scroll-narrow"><table class="table summary">
      <caption class="visually-hidden">Sums by \(dimension.rawValue)</caption>
      <thead><tr>\(heads(dimension, hasCluster))</tr></thead>
      <tbody>
      \(rows.joined("\n"))
      </tbody></table></div>
      """
    let rest: HTML =
      hidden > 0
      ? "<p class=\"fold\">\(CountWords.grouped(hidden)) more: nothing was found there.</p>"
      : ""
    return HTMLPage.section(
      "sums", "By \(dimension.rawValue)",
      "Workloads at risk, and what the next start of their containers would do.", "\(body)\(rest)")
  }

  private static func heads(_ dimension: GroupDimension, _ hasCluster: Bool) -> HTML {
    var heads: [HTML] = [
      head("Risk", "risk"),
      head(dimension.rawValue.prefix(1).uppercased() + dimension.rawValue.dropFirst(), "text"),
    ]
    if hasCluster { heads.append(head("Cluster", "text")) }
    heads.append(head("At risk", "number", isNumber: true))
    heads.append(head("Failing", "number", isNumber: true))
    for title in ["Pulls", "Cached", "Dormant", "Unknown"] {
      heads.append(head(title, "number", isNumber: true, isOptional: true))
    }
    heads.append("<th scope=\"col\" class=\"optional\">Worst</th>")
    return heads.joined()
  }

  private static func head(
    _ title: String, _ sort: String, isNumber: Bool = false, isOptional: Bool = false
  ) -> HTML {
    let style = [isNumber ? "number" : "", isOptional ? "optional" : ""].filter { !$0.isEmpty }
      .joined(separator: " ")
    return "<th scope=\"col\" data-sort=\"\(sort)\" class=\"\(style)\">\(title)</th>"
  }

  private static func row(
    _ group: ReportGroup, _ page: HTMLPage, _ dimension: GroupDimension, _ hasCluster: Bool
  ) -> HTML {
    let style = HTMLPage.style(ofWord: group.riskWord)
    let title = group.title(in: page.report)
    let cluster = group.cluster.map { page.report.clusters[$0].title } ?? ""
    let name: HTML =
      group.findings.isEmpty || filters(group, page) == nil
      ? "\(title)" : "<a href=\"#findings\" data-filters\(filters(group, page) ?? "")>\(title)</a>"
    let clusterCell: HTML = hasCluster ? "<td>\(cluster)</td>" : ""
    let start: HTML = """
      <tr><td data-key="\(group.riskWord)"><span class="risk \(style)">\
      \(group.riskWord)</span></td><th scope="row">\(name)</th>
      """
    if group.isUnread(in: page.report) {
      let unknown: HTML = "<td class=\"number optional\" data-key=\"-1\">?</td>"
      return """
        \(start)<td class="number" data-key="-1">?</td><td class="number" data-key="-1">?</td>\
        \(unknown)\(unknown)\(unknown)\(unknown)<td class="worst optional"></td></tr>
        """
    }
    let counts = [Exposure.pulls, .cached, .dormant, .unknown].map {
      number(group.byExposure[$0] ?? 0, "optional")
    }
    return """
      \(start)\(clusterCell)\
      <td class="number" data-key="\(group.atRisk)">\(CountWords.grouped(group.atRisk)) <span \
      class="zero">of \(CountWords.grouped(group.workloads))</span></td>\
      \(number(group.byExposure[.failing] ?? 0))\(counts.joined())\
      <td class="worst optional">\(worst(group, dimension))</td></tr>
      """
  }

  private static func number(_ count: Int, _ more: String = "") -> HTML {
    let zero = count == 0 ? " zero" : ""
    return "<td class=\"number \(more)\(zero)\">\(CountWords.grouped(count))</td>"
  }

  private static func worst(_ group: ReportGroup, _ dimension: GroupDimension) -> HTML {
    guard let finding = group.worst?.finding else { return "" }
    let outlook: HTML = finding.outlook.map { "<small>\($0)</small>" } ?? ""
    let place: HTML =
      dimension == .workload ? "" : "\(WorkloadLabel(finding.use.workload).whole) "
    let image: HTML =
      dimension == .image ? "" : "<code>\(ImageLabel(finding.use.image).fitted(to: 60))</code>"
    return "\(place)\(image)\(outlook)"
  }

  /// The attributes by which a click filters the findings; nil where no filter says the same.
  private static func filters(_ group: ReportGroup, _ page: HTMLPage) -> HTML? {
    let cluster: HTML =
      page.hasSeveralClusters
      ? group.cluster.map { " data-cluster=\"\(page.report.clusters[$0].title)\"" } ?? "" : ""
    switch group.subject {
    case .namespace(let name):
      return "\(cluster) data-namespace=\"\(PlaceWords.namespace(name))\""
    case .workload(let workload):
      return """
        \(cluster) data-namespace="\(PlaceWords.namespace(workload.namespace))" \
        data-search="\(WorkloadLabel(workload).whole)"
        """
    case .image(let text, _, _): return " data-search=\"\(text)\""
    case .registry(let host): return host.map { " data-search=\"\($0)\"" }
    case .rule(let id): return page.ruleNumbers[id].map { " data-rule=\"\($0)\"" }
    case .team(let team): return " data-team=\"\(team ?? "")\""
    case .node(let name): return name.map { "\(cluster) data-search=\"\($0)\"" }
    case .cluster: return cluster
    }
  }
}
