/// What the plot and the page say of a trend alike.
enum TrendWords {
  /// Not sanitised.
  static func title(_ series: Trend.Series) -> String {
    let team = series.team.map { ", team \($0)" } ?? ""
    return series.cluster + team + (series.filter.isEmpty ? "" : ", filtered by \(series.filter)")
  }

  /// `from 14 to 9, 1 regression`
  static func story(_ series: Trend.Series) -> String {
    var parts: [String] = []
    if let first = series.points.first(where: { $0.counts != nil })?.total,
      let last = series.points.last(where: { $0.counts != nil })
    {
      let least = last.carried > 0 ? "at least " : ""
      let now = "\(least)\(CountWords.grouped(last.total ?? 0))"
      parts.append(
        series.points.count == 1 ? now : "from \(CountWords.grouped(first)) to \(now)")
    }
    if series.points.last?.counts == nil { parts.append("not read now") }
    if series.regressions > 0 {
      parts.append(CountWords.text(series.regressions, "regression"))
    }
    return parts.joined(separator: ", ")
  }

  /// `12`; `?` where nothing was read.
  static func digits(_ point: Trend.Point) -> String {
    point.total.map(CountWords.grouped) ?? "?"
  }

  static let more = "+?"

  /// With `+?` where more may be there.
  static func number(_ point: Trend.Point) -> String {
    digits(point) + (point.total != nil && point.carried > 0 ? more : "")
  }

  /// `+2, worse`; empty when there is nothing to say.
  static func remark(_ point: Trend.Point) -> String {
    guard point.counts != nil else {
      return point.carried > 0
        ? "not read; \(CountWords.grouped(point.carried)) before" : "not read"
    }
    var parts: [String] = []
    if let change = point.change, change != 0 {
      parts.append(change > 0 ? "+\(CountWords.grouped(change))" : CountWords.grouped(change))
    }
    if point.isRegression { parts.append("worse") }
    if point.carried > 0 {
      parts.append("\(CountWords.grouped(point.carried)) no longer readable")
    } else if point.readsMore {
      parts.append("more was read")
    } else if point.isPartial {
      parts.append("partly read")
    }
    return parts.joined(separator: ", ")
  }
}
