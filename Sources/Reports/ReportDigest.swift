import Inventory
import RegistryCatalogue

/// What a document for people says first: counted once, in the same words in every format.
struct ReportDigest {
  let report: Report
  let figures: ReportFigures
  let timeline: Timeline?

  init(_ report: Report) {
    self.report = report
    figures = ReportFigures(report)
    timeline = Timeline(report)
  }

  var hasSeveralClusters: Bool { report.clusters.count > 1 }

  /// Clusters of which something was read.
  var readClusters: [Int] {
    report.clusters.indices.filter { report.clusters[$0].failure == nil }
  }

  var hasGaps: Bool {
    report.clusters.contains { $0.failure != nil || $0.coverage.contains(where: \.isGap) }
  }

  var isNarrowed: Bool { report.clusters.contains(where: \.isNarrowed) }

  /// The cluster's name, or how many there are.
  var subject: String {
    if report.clusters.count == 1, let cluster = report.clusters.first { return cluster.title }
    return CountWords.text(report.clusters.count, "cluster")
  }

  /// The answer in one line.
  var headline: String {
    if report.clusters.isEmpty || readClusters.isEmpty { return "No cluster could be read" }
    if figures.atRisk > 0 {
      let of = "of \(CountWords.text(figures.workloads, "workload"))"
      return "\(CountWords.grouped(figures.atRisk)) \(of) \(figures.atRisk == 1 ? "is" : "are")"
        + " at risk"
    }
    if isNarrowed { return "Nothing at risk passes the filter" }
    if hasGaps || report.clusters.contains(where: \.hasUnreadImages) {
      return "Nothing at risk in what was read"
    }
    return figures.byRisk.keys.contains(.info) || figures.mitigated > 0
      ? "Nothing is at risk" : "Nothing here names a dying registry"
  }
}
