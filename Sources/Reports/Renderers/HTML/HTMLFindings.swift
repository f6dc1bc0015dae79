import Inventory
import RegistryCatalogue

/// Every finding: a row in columns, and its whole story in a `<details>` below it, which opens by
/// keyboard and without a script.
enum HTMLFindings {
  /// Browsers lay a table out as a whole, and a long one slowly: more findings than this are in
  /// several tables, of which the style sheet has only those in view laid out. The script's first
  /// page is one of them.
  static let partSize = 500

  static func html(_ page: HTMLPage) -> HTML {
    guard !page.entries.isEmpty else { return "" }
    var parts = HTML.empty
    for first in stride(from: 0, to: page.entries.count, by: partSize) {
      parts += part(first..<min(first + partSize, page.entries.count), page)
    }
    let history =
      page.report.clusters.reduce(0) { $0 + $1.historyTotals.uses }
    let introduction =
      "Worst first. Open a row for the reasons, the place in the manifest and what to use instead."
      + (page.report.includesHistory || history == 0
        ? ""
        : " \(CountWords.text(history, "image use")) of old revisions and finished work"
          + " \(history == 1 ? "is" : "are") left out; --include history shows them.")
      + (page.report.clusters.contains(where: \.isHistoryUncounted)
        ? " Note: \(HistoryTotals.uncounted)." : "")
    return HTMLPage.section(
      "findings", "Findings", introduction,
      """
      <form id="filters" class="filters" role="search" aria-label="Filter the findings" hidden>
      <label class="search">Search<input type="search" name="search" autocomplete="off" \
      placeholder="workload, image, reason …"></label>
      <button type="reset" id="clear">Clear</button></form>
      <p class="status" id="status" role="status">\
      \(CountWords.text(page.entries.count, "finding"))</p>
      <div id="findings-table">\(parts)</div>
      <p class="nothing" id="nothing" hidden>No finding matches these filters.</p>
      <p class="more" id="more" hidden><button type="button" id="more-some">Show more</button> \
      <button type="button" id="more-all">Show all</button></p>
      """)
  }

  private static func part(_ range: Range<Int>, _ page: HTMLPage) -> HTML {
    var rows = HTML.empty
    for number in range { rows += body(page.entries[number], number, page) }
    let place =
      range.count == page.entries.count
      ? ""
      : " \(CountWords.grouped(range.lowerBound + 1)) to \(CountWords.grouped(range.upperBound))"
    return """
      <div class="part"><table class="table findings">
      <caption class="visually-hidden">Findings\(place), worst first</caption>
      \(columns(page))
      \(rows)</table></div>
      """
  }

  private static func columns(_ page: HTMLPage) -> HTML {
    var columns: [(style: String, title: String, sort: String, isFilter: Bool)] = [
      ("risk", "Risk", "risk", true)
    ]
    if page.hasSeveralClusters { columns.append(("cluster", "Cluster", "text", true)) }
    columns += [
      ("namespace", "Namespace", "text", true), ("workload", "Workload", "text", false),
      ("image", "Image", "text", false), ("registry", "Registry", "text", true),
      ("start", "Next start", "text", true),
    ]
    if page.hasTeams { columns.append(("team", "Team", "text", true)) }
    let sizes = columns.map { "<col class=\"c-\($0.style)\">" as HTML }
    let heads = columns.map { column -> HTML in
      let filter: HTML = column.isFilter ? " data-filter=\"\(column.style)\"" : ""
      return "<th scope=\"col\" data-sort=\"\(column.sort)\"\(filter)>\(column.title)</th>"
    }
    return """
      <colgroup>\(sizes.joined())</colgroup><thead><tr>\(heads.joined())</tr></thead>
      """
  }

  private static func body(_ entry: HTMLPage.Entry, _ number: Int, _ page: HTMLPage) -> HTML {
    let finding = entry.finding
    let use = finding.use
    var attributes = HTML.empty
    if let rule = finding.rule.flatMap({ page.ruleNumbers[$0] }) {
      attributes += " data-rule=\"\(rule)\""
    }
    if finding.waivedUntil != nil { attributes += " data-waived=\"yes\"" }
    let cluster: HTML =
      page.hasSeveralClusters
      ? "<td class=\"cluster\">\(page.report.clusters[entry.cluster].title)</td>" : ""
    let team: HTML = page.hasTeams ? "<td class=\"team\">\(finding.team ?? "")</td>" : ""
    let width = 6 + (page.hasSeveralClusters ? 1 : 0) + (page.hasTeams ? 1 : 0)
    let label = WorkloadLabel(use.workload).whole
    return """
      <tbody id="f\(number)"\(attributes)><tr>\
      <td class="risk-cell" data-key="\(finding.risk.rawValue)">\(HTMLPage.risk(finding.risk))\
      \(waived(finding))</td>\(cluster)\
      <td class="namespace">\(PlaceWords.namespace(use.workload.namespace))</td>\
      <th scope="row" class="workload"><bdi>\(label)</bdi>\(container(use))</th>\
      <td class="image"><code>\(ImageLabel(use.image).whole)</code></td>\
      <td class="registry" data-key="\(fate(finding))">\(fate(finding))\
      \(finding.outlook.map { "<small>\($0)</small>" as HTML } ?? "")</td>\
      <td class="start">\(finding.exposure.rawValue)</td>\(team)</tr>
      <tr><td colspan="\(width)" class="story"><details><summary><span class="visually-hidden">\
      Details of \(label)</span></summary>\(HTMLStory.html(finding, page))</details></td></tr></tbody>

      """
  }

  /// What is wrong with the image, in a word.
  private static func fate(_ finding: Finding) -> String {
    switch finding.kind {
    case .registry, .clean: finding.fate.rawValue
    case .invalidReference, .placeholder, .imageNeverPull, .pullFailing:
      finding.kind.rawValue.replacing("-", with: " ")
    }
  }

  private static func container(_ use: ImageUse) -> HTML {
    let role = use.role == .container ? "" : "\(use.role.rawValue) "
    if role.isEmpty && use.container.isEmpty { return "" }
    return "<small>\(role)\(use.container)</small>"
  }

  private static func waived(_ finding: Finding) -> HTML {
    finding.waiver.map { waiver in
      "<small>\(waiver.kind.rawValue) until \(waiver.until.description)</small>"
    } ?? ""
  }
}
