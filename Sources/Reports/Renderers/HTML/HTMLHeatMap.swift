import RegistryCatalogue

/// Clusters × namespaces, each place with its risk in a colour and in words. A single cluster's
/// namespaces stand as tiles.
enum HTMLHeatMap {
  static func html(_ page: HTMLPage) -> HTML {
    guard !page.readClusters.isEmpty else { return "" }
    let body = page.hasSeveralClusters ? map(page) : tiles(page)
    let axes = page.hasSeveralClusters ? "clusters × namespaces" : "namespaces"
    return HTMLPage.section(
      "map", "Where it burns",
      "The worst risk of \(axes), and how many of their workloads are at risk. A plus and a question"
        + " mark (+?) or stripes say that not everything was read there.",
      body)
  }

  // MARK: One cluster

  private static func tiles(_ page: HTMLPage) -> HTML {
    let namespaces = page.report.clusters[0].namespaces
    let shown = namespaces.filter { !$0.isClean }
    let tiles = shown.map { namespace -> HTML in
      let name = PlaceWords.namespace(namespace.name)
      let text: HTML = """
        <b>\(name)</b><span>\(namespace.riskWord) · \(share(namespace))</span>
        """
      guard namespace.worst != nil else {
        return "<li><div class=\"tile \(style(namespace))\">\(text)</div></li>"
      }
      return """
        <li><a class="tile \(style(namespace))" href="#findings" data-filters \
        data-namespace="\(name)">\(text)</a></li>
        """
    }
    let list: HTML = tiles.isEmpty ? "" : "<ul class=\"tiles\">\(tiles.joined("\n"))</ul>"
    return "\(list)\(clean(namespaces.filter(\.isClean).map(\.name), "clean"))"
  }

  // MARK: Several clusters

  private struct Row {
    let name: String
    /// By cluster; nil where the cluster has no such namespace.
    var cells: [NamespaceReport?]

    var isClean: Bool { cells.allSatisfy { $0?.isClean ?? true } }
    var worst: Risk { cells.compactMap { $0?.risk }.max() ?? .clean }
    var atRisk: Int { cells.reduce(0) { $0 + ($1?.atRisk ?? 0) } }
  }

  private static func map(_ page: HTMLPage) -> HTML {
    let clusters = page.report.clusters
    let rows = Self.rows(clusters)
    let heads = clusters.map { cluster -> HTML in
      "<th scope=\"col\" title=\"\(cluster.title)\"><span>\(cluster.title)</span></th>"
    }
    let body = rows.filter { !$0.isClean }.map { row -> HTML in
      let cells = clusters.indices.map { cell(row, $0, clusters) }
      return """
        <tr><th scope="row">\(PlaceWords.namespace(row.name))</th>\(cells.joined())</tr>
        """
    }
    let unread = clusters.contains { $0.failure != nil }
    let table: HTML =
      body.isEmpty && !unread
      ? ""
      : """
      <div class="scroll" tabindex="0" role="region" aria-labelledby="map-title">
      <table class="heat"><caption class="visually-hidden">Risk by namespace and cluster</caption>
      <thead><tr><td></td>\(heads.joined())</tr></thead>
      <tbody>\(body.isEmpty ? unreadRow(clusters) : body.joined("\n"))</tbody></table></div>
      """
    return "\(table)\(clean(rows.filter(\.isClean).map(\.name), "clean wherever they were read"))"
  }

  private static func rows(_ clusters: [ClusterReport]) -> [Row] {
    var rows: [String: Row] = [:]
    for (number, cluster) in clusters.enumerated() {
      for namespace in cluster.namespaces {
        rows[namespace.name, default: Row(name: namespace.name, cells: clusters.map { _ in nil })]
          .cells[number] = namespace
      }
    }
    return rows.values.sorted { left, right in
      if left.worst != right.worst { return left.worst > right.worst }
      if left.atRisk != right.atRisk { return left.atRisk > right.atRisk }
      return left.name < right.name
    }
  }

  private static func cell(_ row: Row, _ number: Int, _ clusters: [ClusterReport]) -> HTML {
    if clusters[number].failure != nil {
      return "<td><span class=\"unknown\">not read</span></td>"
    }
    guard let namespace = row.cells[number] else {
      return "<td><span class=\"none\" aria-label=\"no such namespace\">–</span></td>"
    }
    let text: HTML = "<b>\(namespace.riskWord)</b>\(share(namespace))"
    guard namespace.worst != nil else {
      return "<td><span class=\"\(style(namespace))\">\(text)</span></td>"
    }
    return """
      <td><a class="\(style(namespace))" href="#findings" data-filters \
      data-cluster="\(clusters[number].title)" \
      data-namespace="\(PlaceWords.namespace(row.name))">\(text)</a></td>
      """
  }

  private static func unreadRow(_ clusters: [ClusterReport]) -> HTML {
    let cells = clusters.map { cluster -> HTML in
      cluster.failure == nil
        ? "<td><span class=\"clean\">clean</span></td>"
        : "<td><span class=\"unknown\">not read</span></td>"
    }
    return "<tr><th scope=\"row\">all namespaces</th>\(cells.joined())</tr>"
  }

  // MARK: Words

  private static func share(_ namespace: NamespaceReport) -> String {
    "\(CountWords.grouped(namespace.atRisk)) of \(CountWords.grouped(namespace.workloads))"
  }

  private static func style(_ namespace: NamespaceReport) -> String {
    HTMLPage.style(ofWord: namespace.riskWord)
  }

  private static func clean(_ names: [String], _ word: String) -> HTML {
    let names = names.filter { !$0.isEmpty }
    guard !names.isEmpty else { return "" }
    let verb = names.count == 1 ? "is" : "are"
    return """
      <details class="fold"><summary>\(CountWords.text(names.count, "namespace")) \(verb) \
      \(word)</summary><p>\(names.sorted().map { "<bdi>\($0)</bdi>" as HTML }.joined(", "))</p>\
      </details>
      """
  }
}
