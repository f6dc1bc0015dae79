import RegistryCatalogue

/// `history trend -o json`: `kind` `Trend`, with every scan.
enum TrendJSON {
  static func document(_ trend: Trend) -> JSONValue {
    .members([
      "apiVersion": .string("gcr-report/v1"),
      "kind": .string("Trend"),
      "scansOfOtherDays": .count(trend.ofOtherDays),
      "series": .array(trend.series.map(series)),
    ])
  }

  /// Of each of `Trend.risks`.
  static func counts(_ counts: [Int]) -> JSONValue {
    .object(
      zip(Trend.risks, counts).map { JSONValue.Member(key: $0.rawValue, value: .count($1)) })
  }

  private static func series(_ series: Trend.Series) -> JSONValue {
    .members([
      "cluster": .string(series.cluster),
      "team": .text(series.team),
      "filter": .string(series.filter),
      "regressions": .count(series.regressions),
      "points": .array(series.points.map(point)),
    ])
  }

  private static func point(_ point: Trend.Point) -> JSONValue {
    .members([
      "scan": .count(point.scan),
      "scannedAt": .string(Timestamp.text(secondsSince1970: point.scannedAt)),
      "isRead": .bool(point.counts != nil),
      "isPartial": .bool(point.isPartial),
      "findings": point.counts.map(counts) ?? .null,
      "noLongerReadable": .count(point.carried),
      "change": .count(point.change),
      "readsMore": .bool(point.readsMore),
      "isRegression": .bool(point.isRegression),
    ])
  }
}
