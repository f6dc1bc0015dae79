import RegistryCatalogue

/// `history trend -o html`: burn-down charts with a table for each, in one file that asks no
/// network and runs no script.
enum TrendHTML {
  static func render(_ trend: Trend) -> String {
    let groups = groups(trend)
    let parts = groups.enumerated().map { number, group in
      HTMLPage.Part(id: "cluster-\(number)", title: TrendWords.title(group[0]))
    }
    var main = head(trend, clusters: groups.count)
    for (number, group) in groups.enumerated() { main += section(group, number) }
    let last = trend.series.compactMap(\.points.last?.scannedAt).max() ?? 0
    return HTMLDocument(
      title: "Findings over time – \(CountWords.text(groups.count, "cluster"))",
      generator: "kubectl gcr-report", parts: parts, styles: [.style, .trendStyle], scripts: [],
      main: main,
      footer: """
        Written by kubectl gcr-report from its history; the newest scan is of \
        \(Timestamp.text(secondsSince1970: last)). This file holds everything it shows and asks \
        no network.
        """
    ).html.source
  }

  /// Each cluster with its teams.
  private static func groups(_ trend: Trend) -> [[Trend.Series]] {
    trend.series.reduce(into: []) { groups, series in
      if series.team == nil || groups.isEmpty {
        groups.append([series])
      } else {
        groups[groups.count - 1].append(series)
      }
    }
  }

  private static func head(_ trend: Trend, clusters: Int) -> HTML {
    let whole = trend.series.filter { $0.team == nil }
    let regressions = whole.reduce(0) { $0 + $1.regressions }
    var lead =
      "\(CountWords.text(whole.reduce(0) { $0 + $1.points.count }, "scan")) of"
      + " \(CountWords.text(clusters, "cluster")); \(CountWords.text(regressions, "regression"))."
    if whole.contains(where: \.hasUnknown) {
      lead +=
        " Not everything could be read each time: what was there before and could not be read"
        + " is unknown, never gone."
    }
    if trend.ofOtherDays > 0 {
      lead += " \(CountWords.text(trend.ofOtherDays, "scan")) as of another day left out."
    }
    let keys = Trend.risks.map { risk -> HTML in
      "<li><span class=\"swatch \(risk.rawValue)\"></span>\(risk.rawValue)</li>"
    }
    return """
      <section aria-labelledby="answer">
      <h1 id="answer">Findings over time</h1>
      <p class="lead">\(lead)</p>
      <ul class="legend">\(keys.joined())<li><span class="swatch unknown"></span>not read since\
      </li><li><svg width="12" height="12" aria-hidden="true"><path class="fill-critical" \
      d="M1 11 6 2 11 11Z"/></svg>regression</li></ul>
      </section>

      """
  }

  private static func section(_ group: [Trend.Series], _ number: Int) -> HTML {
    let teams = group.dropFirst().map { figure($0, name: "Team \($0.team ?? "")") }
    let list: HTML = teams.isEmpty ? "" : "<div class=\"teams\">\(teams.joined("\n"))</div>"
    return """
      <section id="cluster-\(number)" class="trend" aria-labelledby="cluster-\(number)-title">
      <div class="head"><h2 id="cluster-\(number)-title">\(TrendWords.title(group[0]))</h2></div>
      \(figure(group[0], name: "Whole cluster"))
      \(list)
      </section>

      """
  }

  private static func figure(_ series: Trend.Series, name: String) -> HTML {
    let story = TrendWords.story(series)
    return """
      <figure><figcaption><b>\(name)</b><span>\(story)</span></figcaption>
      <svg class="chart" role="img" aria-label="\(name): \(story)">\(TrendChart(series).html)</svg>
      \(table(series))</figure>
      """
  }

  private static func table(_ series: Trend.Series) -> HTML {
    let titles = Trend.risks.map { "<th scope=\"col\">\($0.rawValue)</th>" as HTML }
    // The newest first: that is what one looks for.
    let rows = series.points.reversed().map { point -> HTML in
      let counts = Trend.risks.indices.map { index -> HTML in
        "<td>\(point.counts.map { CountWords.grouped($0[index]) } ?? "?")</td>"
      }
      let style = point.isRegression ? "worse" : point.carried > 0 ? "doubt" : ""
      return """
        <tr><th scope="row">\(Timestamp.minutes(secondsSince1970: point.scannedAt))</th>\
        <td>\(point.scan)</td><td>\(TrendWords.number(point))</td>\(counts.joined())\
        <td class="\(style)">\(TrendWords.remark(point))</td></tr>
        """
    }
    return """
      <details class="fold"><summary>As a table</summary><div class="scroll">
      <table class="table"><thead><tr><th scope="col">Time (UTC)</th><th scope="col">Scan</th>\
      <th scope="col">Findings</th>\(titles.joined())<th scope="col">Remark</th></tr></thead>
      <tbody>\(rows.joined("\n"))</tbody></table></div></details>
      """
  }
}
