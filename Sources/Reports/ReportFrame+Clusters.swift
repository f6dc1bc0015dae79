import Inventory

/// The frame around a table that sums up several clusters. Around one it is the same as always.
extension ReportFrame {
  func header(of clusters: [ClusterReport]) -> [String] {
    guard clusters.count != 1 else { return clusters.flatMap(header) }
    let read = clusters.filter { $0.failure == nil }
    var items = [
      CountWords.text(clusters.count, "cluster"),
      CountWords.text(
        read.reduce(0) { $0 + $1.namespaces.count { !$0.name.isEmpty } }, "namespace"),
      CountWords.text(read.reduce(0) { $0 + $1.workloadCount }, "workload"),
      CountWords.text(read.reduce(0) { $0 + $1.useCount }, "image use"),
    ]
    items += closingHeaderItems
    return LabelledLines.wrapped(items: items, start: "CLUSTERS ", hanging: 2, options: options)
  }

  /// As of one cluster; what only one of several lacks is said with its name.
  func footer(of clusters: [ClusterReport]) -> [String] {
    guard clusters.count != 1 else {
      return clusters.flatMap { $0.failure == nil ? footer($0) : [] }
    }
    func named(_ cluster: ClusterReport, _ items: [String]) -> [String] {
      items.map { "\(cluster.title): \($0)" }
    }
    var lines = clusters.flatMap { cluster in
      section("FILTERED", named(cluster, filtered(cluster)))
    }
    for project in UnverifiedProject.all(in: clusters) {
      lines += section("UNVERIFIED", [project.text(saysClusters: true)])
    }
    lines += section("WAIVED", clusters.flatMap { named($0, $0.waiversInWords) })
    lines += section("HISTORY", history(clusters))
    lines += section("NOT READ", clusters.flatMap { named($0, $0.gapsInWords) })
    return lines + section("NOT ASKED FOR", clusters.skippedInWords)
  }

  func page(of blocks: [[String]]) -> String {
    let blocks = [opening] + blocks + [closing]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }
}
