import Inventory
import RegistryCatalogue

/// Findings with an exception that holds: they keep their risk and stay in sight.
enum HTMLWaived {
  static func html(_ page: HTMLPage) -> HTML {
    let waived = page.waived.enumerated().sorted { left, right in
      let days = [left, right].map { $0.element.finding.waivedUntil }
      guard let first = days[0], let second = days[1], first != second else {
        return left.offset < right.offset
      }
      return first < second
    }
    guard !waived.isEmpty else { return "" }
    let rows = waived.map { _, entry -> HTML in
      let finding = entry.finding
      let cluster: HTML =
        page.hasSeveralClusters ? "\(page.report.clusters[entry.cluster].title) / " : ""
      return """
        <tr><td>\(finding.waivedUntil?.description ?? "") \
        <small>\(finding.waiver?.kind.rawValue ?? "")</small></td>\
        <td>\(HTMLPage.risk(finding.risk))</td>\
        <th scope="row">\(cluster)\(PlaceWords.namespace(finding.use.workload.namespace)) / \
        \(WorkloadLabel(finding.use.workload).whole)</th>\
        <td><code>\(ImageLabel(finding.use.image).whole)</code></td>\
        <td>\(finding.waiver?.reason ?? "")</td></tr>
        """
    }
    return HTMLPage.section(
      "waived", "Waived",
      "An exceptions file says of these that somebody has dealt with them (mitigated: not at risk) or"
        + " lives with them (accepted). They stand among the findings with their risk, and fail no"
        + " pipeline until the day named. First to expire first.",
      """
      <table class="table waived"><caption class="visually-hidden">Waived findings</caption>
      <thead><tr><th scope="col">Until</th><th scope="col">Risk</th><th scope="col">Workload</th>\
      <th scope="col">Image</th><th scope="col">Because</th></tr></thead>
      <tbody>
      \(rows.joined("\n"))
      </tbody></table>
      """)
  }
}
