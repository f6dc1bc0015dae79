import RegistryCatalogue

/// The head of the page: the answer, what it was judged by, the figures, the distribution of risk.
enum HTMLSummary {
  static func html(_ page: HTMLPage) -> HTML {
    let sample: HTML =
      page.report.isSample
      ? "<p class=\"sample\">Sample data: an embedded cluster, nothing here is yours</p>" : ""
    let filter: HTML =
      page.report.filterInWords.map { "<p class=\"sample\">\($0)</p>" } ?? ""
    return """
      <section aria-labelledby="answer">
      \(sample)\(filter)
      <h1 id="answer">\(page.digest.headline)</h1>
      <p class="lead">\(lead(page))</p>
      \(meta(page))
      \(figures(page))
      \(distribution(page))
      </section>

      """
  }

  private static func lead(_ page: HTMLPage) -> String {
    var sentences: [String] = []
    let figures = page.figures
    if figures.failing > 0 {
      sentences.append("\(CountWords.text(figures.failing, "workload")) cannot start now.")
    } else if figures.atRisk > 0 {
      sentences.append("None of them fails to start now.")
    }
    if let next = page.timeline?.next {
      sentences.append("\(next.sentence).")
    }
    if page.readClusters.isEmpty {
      sentences.append("The reasons stand below; nothing is known about what runs there.")
    } else if page.hasGaps {
      sentences.append("Not everything could be read: what was not read is unknown, never clean.")
    } else {
      sentences.append("Everything that was asked for was read.")
    }
    return sentences.joined(separator: " ")
  }

  private static func meta(_ page: HTMLPage) -> HTML {
    let report = page.report
    let stamp = report.catalogue
    var items: [(String, String)] = []
    if report.clusters.count == 1, let cluster = report.clusters.first {
      items.append(("Cluster", cluster.title))
      if let version = cluster.serverVersion { items.append(("Version", version)) }
    } else {
      items.append(("Clusters", CountWords.grouped(report.clusters.count)))
    }
    items.append(
      (
        "As of",
        report.isAsOfAnotherDay ? "\(report.asOf), judged by the specs alone" : "\(report.asOf)"
      ))
    items.append(("Scanned", Timestamp.text(secondsSince1970: report.scannedAt)))
    let date = stamp.version == stamp.date.description ? "" : " of \(stamp.date)"
    let rules = stamp.userRules.map { ", with \($0)" } ?? ""
    items.append(("Catalogue", "\(stamp.version)\(date)\(rules)"))
    let list = items.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as HTML }
    return "<dl class=\"meta\">\(list.joined())</dl>"
  }

  private static func figures(_ page: HTMLPage) -> HTML {
    let figures = page.figures
    let report = page.report
    let read = page.readClusters.count
    let gaps = report.clusters.reduce(0) { $0 + $1.gapsInWords.count }
    if read == 0 {
      let total = "of \(CountWords.text(report.clusters.count, "cluster"))"
      let figures = [
        figure("At risk", "unknown", "nothing was read"),
        figure("Read", "0", of: total, CountWords.text(gaps, "gap"), isDoubtful: true),
      ]
      return "<dl class=\"figures\">\(figures.joined())</dl>"
    }
    var items: [HTML] = [
      figure(
        "Cannot start now", CountWords.grouped(figures.failing),
        report.isAsOfAnotherDay
          ? "not looked at for another day than today"
          : figures.failing == 0 ? "no pull fails" : "workloads whose pulls fail",
        isAlarming: figures.failing > 0),
      figure(
        "At risk", CountWords.grouped(figures.atRisk),
        of: "of \(CountWords.grouped(figures.workloads))",
        "workloads with a finding of low or worse"
          + (figures.waived > 0 ? "; \(CountWords.text(figures.waived, "finding")) waived" : "")),
    ]
    if let next = page.timeline?.next {
      items.append(figure("Next date", next.date, next.what))
    }
    let unknown = report.clusters.reduce(0) { $0 + $1.namespaces.count(where: \.isPartlyUnknown) }
    items.append(
      figure(
        "Read", "\(CountWords.grouped(read))",
        of: "of \(CountWords.text(report.clusters.count, "cluster"))",
        gaps == 0
          ? "no gap"
          : "\(CountWords.text(gaps, "gap"))"
            + (unknown > 0 ? "; \(CountWords.text(unknown, "namespace")) partly unknown" : ""),
        isDoubtful: gaps > 0))
    return "<dl class=\"figures\">\(items.joined())</dl>"
  }

  private static func figure(
    _ title: String, _ value: String, of total: String = "", _ note: String,
    isAlarming: Bool = false, isDoubtful: Bool = false
  ) -> HTML {
    let style = isAlarming ? " alarm" : isDoubtful ? " doubt" : ""
    let rest: HTML = total.isEmpty ? "" : " <small>\(total)</small>"
    return """
      <div><dt>\(title)</dt><dd class="value\(style)">\(value)\(rest)</dd>\
      <dd class="note">\(note)</dd></div>
      """
  }

  private static func distribution(_ page: HTMLPage) -> HTML {
    let figures = page.figures
    guard figures.workloads > 0 else { return "" }
    var parts = [Risk.critical, .high, .medium, .low, .info].map { risk in
      (risk: risk, name: risk.rawValue, count: figures.byRisk[risk] ?? 0)
    }
    parts.append((.clean, "nothing found", figures.untouched))
    let others = [("mitigated", figures.mitigated), ("left out by the filter", figures.filtered)]
      .filter { $0.1 > 0 }
    var bars = HTML.empty
    var before = 0
    for part in parts where part.count > 0 {
      let start = Percent(before, of: figures.workloads)
      let width = Percent(part.count, of: figures.workloads)
      bars += """
        <rect class="fill-\(part.risk.rawValue)" x="\(start.text)" width="\(width.text)" \
        height="16"><title>\(part.name): \(CountWords.grouped(part.count))</title></rect>
        """
      before += part.count
    }
    let items = parts.map { part -> HTML in
      let name: HTML =
        part.risk == .clean || part.count == 0
        ? "\(part.name)"
        : "<a href=\"#findings\" data-filters data-risk=\"\(part.risk.rawValue)\">\(part.name)</a>"
      return """
        <li><span class="swatch \(part.risk.rawValue)"></span>\(name) \
        <b>\(CountWords.grouped(part.count))</b></li>
        """
    }
    let more = others.map { "<li>\($0.0) <b>\(CountWords.grouped($0.1))</b></li>" as HTML }
    return """
      <figure class="distribution"><figcaption>Workloads by the worst risk of their images\
      </figcaption>
      <svg aria-hidden="true">\(bars)</svg>
      <ul class="legend">\(items.joined())\(more.joined())</ul></figure>
      """
  }
}
