import Inventory

/// What was not read, before anything that was.
enum HTMLCoverage {
  static func html(_ page: HTMLPage) -> HTML {
    guard page.hasGaps else { return "" }
    let clusters = page.report.clusters.filter { !$0.gapsInWords.isEmpty }
    let lists = clusters.map { cluster -> HTML in
      let title: HTML =
        page.hasSeveralClusters ? "<h3>\(cluster.title)</h3>" : ""
      let items = cluster.gapsInWords.map { "<li>\($0)</li>" as HTML }
      return "\(title)<ul>\(items.joined())</ul>\(ledger(cluster))"
    }
    return """
      <section id="not-read" class="gaps" aria-labelledby="not-read-title">
      <h2 id="not-read-title">Not read</h2>
      <p>What was not read is unknown, never clean: numbers here are lower bounds.</p>
      \(lists.joined("\n"))
      </section>

      """
  }

  /// Every gap with the server's own words, for whoever is to close it.
  private static func ledger(_ cluster: ClusterReport) -> HTML {
    let gaps = cluster.coverage.filter(\.isGap)
    guard cluster.failure == nil, gaps.contains(where: { !$0.reason.isEmpty }) else { return "" }
    let items = gaps.map { "<li>\(FindingWords.gap($0))</li>" as HTML }
    return """
      <details class="quiet"><summary>Every gap in the server's words</summary>\
      <ul>\(items.joined())</ul></details>
      """
  }
}
