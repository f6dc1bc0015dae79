import RegistryCatalogue

/// The bars of one series: a bar for each scan, the worst risk at its foot, what is not known on
/// top of it.
struct TrendChart {
  /// In pixels; below the top there is room for the mark of a regression.
  private static let height = 100
  private static let top = 10
  /// A few scans make no wall.
  private static let fewest = 14

  private let series: Trend.Series
  private let most: Int
  private let slots: Int

  init(_ series: Trend.Series) {
    self.series = series
    most = max(1, series.points.map { ($0.total ?? 0) + $0.carried }.max() ?? 1)
    slots = max(Self.fewest, series.points.count)
  }

  var html: HTML {
    let bars = series.points.enumerated().map { bar($1, $0) }
    return """
      <line x1="0" x2="100%" y1="\(Self.top)" y2="\(Self.top)"/>\
      <text x="100%" y="\(Self.top - 3)" text-anchor="end">\(CountWords.grouped(most))</text>\
      \(bars.joined())\
      <line x1="0" x2="100%" y1="\(Self.top + Self.height)" y2="\(Self.top + Self.height)"/>\
      \(dates)
      """
  }

  /// Under the first bar and the last one, where these are so far apart that both have room.
  private var dates: HTML {
    let last = series.points.count - 1
    let first = date(at: 0, anchor: "start")
    return last * 2 >= slots ? "\(first)\(date(at: last, anchor: "end"))" : first
  }

  private func date(at number: Int, anchor: String) -> HTML {
    let x = Percent(number * 10 + (anchor == "end" ? 9 : 1), of: slots * 10).text
    let time = Timestamp.minutes(secondsSince1970: series.points[number].scannedAt)
    return """
      <text x="\(x)" y="\(Self.top + Self.height + 15)" text-anchor="\(anchor)">\(time)</text>
      """
  }

  private func bar(_ point: Trend.Point, _ number: Int) -> HTML {
    let x = Percent(number * 10 + 1, of: slots * 10).text
    let width = Percent(8, of: slots * 10).text
    let names = Trend.risks.map(\.rawValue) + ["unknown"]
    let counts = (point.counts ?? Trend.risks.map { _ in 0 }) + [point.carried]
    var rects = HTML.empty
    var below = 0
    for (name, count) in zip(names, counts) where count > 0 {
      let foot = below * Self.height / most
      below += count
      let head = max(foot + 2, below * Self.height / most)
      rects += """
        <rect class="fill-\(name)" x="\(x)" width="\(width)" \
        y="\(Self.top + Self.height - head)" height="\(head - foot)"/>
        """
    }
    let remark = TrendWords.remark(point)
    let words =
      "\(Timestamp.minutes(secondsSince1970: point.scannedAt)): \(TrendWords.number(point))"
      + (remark.isEmpty ? "" : " (\(remark))")
    let middle = Percent(number * 10 + 5, of: slots * 10).text
    let top = Self.top + Self.height - below * Self.height / most
    let mark: HTML =
      point.isRegression
      ? """
      <svg x="\(middle)" y="\(top - 2)" overflow="visible"><path class="worse" \
      d="M-4 0 0-8 4 0Z"/></svg>
      """ : ""
    let question: HTML =
      point.counts == nil
      ? "<text x=\"\(middle)\" y=\"\(Self.top + Self.height - 3)\" text-anchor=\"middle\">?</text>"
      : ""
    return "<g><title>\(words)</title>\(rects)\(question)\(mark)</g>"
  }
}
