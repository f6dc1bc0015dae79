import Inventory
import RegistryCatalogue

/// What stands above and below the rows of every rendering for people.
struct ReportFrame {
  let report: Report
  let options: RenderOptions
  /// Whether the rows are findings (history among them on request) rather than their sums.
  let listsFindings: Bool

  /// Said before anything else; empty for a real cluster.
  var opening: [String] {
    guard report.isSample else { return [] }
    return LabelledLines.wrapped(
      items: [Report.sampleNotice], start: "", hanging: 0,
      options: options)
  }

  func header(_ cluster: ClusterReport) -> [String] {
    LabelledLines.wrapped(
      items: headerItems(cluster), start: cluster.files == nil ? "CLUSTER " : "FILES ", hanging: 2,
      options: options)
  }

  /// Everything under the rows of one cluster: a heading per line, nothing that is empty.
  func footer(_ cluster: ClusterReport) -> [String] {
    var lines = filteredLines(cluster)
    for project in UnverifiedProject.all(in: [cluster]) {
      lines += section("UNVERIFIED", [project.text()])
    }
    lines += section("WAIVED", cluster.waiversInWords)
    lines += section("HISTORY", history([cluster]))
    if let files = cluster.files { return lines + self.files(files, cluster) }
    lines += section("DUPLICATE?", duplicates(cluster))
    lines += section("NOT READ", CoverageWording.gaps(cluster.coverage))
    lines += section("NOT ASKED FOR", [cluster].skippedInWords)
    return lines
  }

  private func files(_ tally: FileTally, _ cluster: ClusterReport) -> [String] {
    var lines: [String] = []
    if !cluster.ignored.isEmpty {
      let items = cluster.ignored.map { finding in
        let place = finding.use.place.map { "\($0.file):\($0.line)" } ?? ""
        return TerminalText.sanitized(
          "\(place) \(finding.rule ?? finding.kind.rawValue): \(finding.ignoreReason ?? "")")
      }
      lines += section("IGNORED", [CountWords.text(items.count, "finding")] + items)
    }
    if tally.mentionsInComments > 0 {
      lines += section(
        "IN COMMENTS", [CountWords.text(tally.mentionsInComments, "reference") + ", not reported"])
    }
    for entry in cluster.coverage.filter(\.isGap).sorted() {
      lines += section("NOT READ", [TerminalText.sanitized(entry.unreadable)])
    }
    return lines
  }

  /// Said once, at the end of the report.
  var closing: [String] {
    let scans = report.clusters.isEmpty ? [report.stamp] : report.clusters.map(report.stamp)
    let age = scans.map { $0.catalogue.age(on: $0.asOf) }.max() ?? 0
    guard age > Catalogue.oldAfterDays else { return [] }
    return section(
      "CATALOGUE",
      [
        "\(CountWords.text(age, "day")) old on \(report.asOf): newer events are missing from it",
        "upgrade the plugin, or add rules with --rules FILE",
      ])
  }

  func section(_ label: String, _ items: [String]) -> [String] {
    LabelledLines.lines(label: label, items: items, options: options)
  }

  /// The commands to type next.
  var next: NextSteps { NextSteps(report: report) }

  private func headerItems(_ cluster: ClusterReport) -> [String] {
    if let failure = cluster.failure {
      return [cluster.title, "NOT READ: \(TerminalText.sanitized(failure))"]
    }
    if let files = cluster.files {
      return [
        TerminalText.sanitized(files.paths.joined(separator: ", ")),
        CountWords.text(files.read, "file"),
        CountWords.text(cluster.useCount, "image use"),
      ] + scanItems(report.stamp(of: cluster), isOwn: cluster.stamp != nil)
    }
    var items = [cluster.title]
    if let version = cluster.serverVersion { items.append(TerminalText.sanitized(version)) }
    items.append(CountWords.text(cluster.namespaces.count { !$0.name.isEmpty }, "namespace"))
    items.append(CountWords.text(cluster.workloadCount, "workload"))
    items.append(CountWords.text(cluster.useCount, "image use"))
    return items + scanItems(report.stamp(of: cluster), isOwn: cluster.stamp != nil)
  }

  /// What every header ends with.
  var closingHeaderItems: [String] {
    scanItems(report.stamp, isOwn: false)
  }

  private func scanItems(_ scan: ScanStamp, isOwn: Bool) -> [String] {
    let time = isOwn ? ["scanned \(Timestamp.text(secondsSince1970: scan.scannedAt))"] : []
    return time + [asOf(scan), catalogue(scan.catalogue)]
  }

  private func duplicates(_ cluster: ClusterReport) -> [String] {
    cluster.possibleDuplicateOf.map { context in
      "\(TerminalText.sanitized(context)) has the same kube-system UID behind another certificate"
        + " authority: if it is the same cluster, it is counted twice"
    }
  }

  private func asOf(_ scan: ScanStamp) -> String {
    let text = "as of \(scan.asOf)"
    return scan.isAsOfAnotherDay ? "\(text): exposure from specs alone" : text
  }

  private func catalogue(_ stamp: CatalogueStamp) -> String {
    let version = TerminalText.sanitized(stamp.version)
    let date = version == stamp.date.description ? version : "\(version) of \(stamp.date)"
    let sum = TerminalText.sanitized(String(stamp.sha256.prefix(12)))
    let rules = stamp.userRules.map { " with \(TerminalText.sanitized($0))" } ?? ""
    return "catalogue \(date)\(rules) (sha256 \(sum))"
  }

  /// What a filter left out, in words.
  func filtered(_ cluster: ClusterReport) -> [String] {
    guard let words = report.filterInWords(cluster) else { return [] }
    return [TerminalText.sanitized(words)]
  }

  private func filteredLines(_ cluster: ClusterReport) -> [String] {
    let items = filtered(cluster)
    if items.isEmpty { return [] }
    return LabelledLines.wrapped(
      items: items, start: "", hanging: 2, options: options)
  }

  func history(_ clusters: [ClusterReport]) -> [String] {
    let totals = clusters.map(\.historyTotals).reduce(HistoryTotals(uses: 0, workloads: 0), +)
    let uncounted = clusters.contains(where: \.isHistoryUncounted) ? [HistoryTotals.uncounted] : []
    if totals.uses == 0 { return uncounted }
    let uses = CountWords.text(totals.uses, "image use")
    let workloads = CountWords.text(totals.workloads, "workload")
    let sum = "\(uses) in old revisions and finished work of \(workloads)"
    if report.includesHistory && listsFindings { return [sum] + uncounted }
    return ["\(sum); -o wide --include history lists them"] + uncounted
  }
}

extension ReportFrame {
  /// The whole text: the opening, each cluster's blocks of lines, the closing, a blank line
  /// between.
  func page(_ blocksOf: (ClusterReport) -> [[String]]) -> String {
    page(of: report.clusters.flatMap(blocksOf))
  }
}
