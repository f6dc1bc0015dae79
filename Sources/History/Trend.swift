package import RegistryCatalogue

/// How findings of low risk or worse came and went, per cluster and per team of a cluster.
package struct Trend: Hashable, Sendable {
  package struct Series: Hashable, Sendable {
    package let cluster: String
    /// Nil: the whole cluster.
    package let team: String?
    /// Oldest first.
    package let points: [Point]

    package var regressions: Int { points.count(where: \.isRegression) }
  }

  package struct Point: Hashable, Sendable {
    package let scan: Int
    /// Seconds since 1970-01-01T00:00:00Z.
    package let scannedAt: Int64
    /// Findings of each of `Trend.risks`; nil when the cluster was not read.
    package let counts: [Int]?
    /// Something was not read: there may be more, and a fall proves nothing.
    package let isPartial: Bool
    /// More findings, or worse ones, than in the last scan that read the cluster.
    package let isRegression: Bool
    /// Findings more than then; nil for the first one.
    package let change: Int?

    package var total: Int? { counts?.reduce(0, +) }
  }

  /// What is counted, worst first.
  package static let risks: [Risk] = [.critical, .high, .medium, .low]

  /// By cluster, the whole of it before its teams.
  package let series: [Series]
  /// Scans that had another filter than the newest one, and say nothing beside it.
  package let filteredOut: Int
  /// Older scans that were left out for length.
  package let leftOut: Int

  /// - Parameters:
  ///   - scans: oldest first.
  ///   - limit: above so many scans the last one of each day stands for it, and the newest days stay.
  package init(_ scans: [RecordedScan], limit: Int = 30) {
    let filter = scans.last?.filter
    let alike = scans.filter { $0.filter == filter }
    filteredOut = scans.count - alike.count
    var names: [String: String] = [:]
    for cluster in alike.flatMap(\.clusters) { names[cluster.identity] = cluster.name }
    var longest = 0
    var series: [Series] = []
    for (identity, name) in names.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
      let readings = alike.compactMap { scan in
        scan.clusters.first { $0.identity == identity }.map { (scan: scan, cluster: $0) }
      }
      let shown = Self.thinned(readings, limit: limit)
      longest = max(longest, readings.count - shown.count)
      series.append(
        Series(cluster: name, team: nil, points: Self.points(shown) { $0.counts }))
      let teams = Set(shown.flatMap { $0.cluster.counts }.map(\.team)).subtracting([""])
      for team in teams.sorted() {
        series.append(
          Series(
            cluster: name, team: team,
            points: Self.points(shown) { $0.counts.filter { $0.team == team } }))
      }
    }
    self.series = series
    leftOut = longest
  }

  private typealias Reading = (scan: RecordedScan, cluster: ScanCluster)

  private static func thinned(_ readings: [Reading], limit: Int) -> [Reading] {
    guard readings.count > limit else { return readings }
    let daily = readings.enumerated().filter { number, reading in
      number + 1 == readings.count
        || readings[number + 1].scan.scannedAt / 86_400 != reading.scan.scannedAt / 86_400
    }
    return daily.suffix(limit).map { $0.element }
  }

  private static func points(
    _ readings: [Reading], _ counts: (ScanCluster) -> [ScanCount]
  ) -> [Point] {
    var last: [Int]?
    return readings.map { scan, cluster in
      guard cluster.isRead else {
        return Point(
          scan: scan.id, scannedAt: scan.scannedAt, counts: nil, isPartial: true,
          isRegression: false, change: nil)
      }
      let own = counts(cluster)
      let now = risks.map { risk in
        own.filter { $0.risk == risk }.reduce(0) { $0 + $1.findings }
      }
      defer { last = now }
      let total = now.reduce(0, +)
      return Point(
        scan: scan.id, scannedAt: scan.scannedAt, counts: now, isPartial: cluster.gaps > 0,
        isRegression: last.map { $0.lexicographicallyPrecedes(now) || $0.reduce(0, +) < total }
          ?? false,
        change: last.map { total - $0.reduce(0, +) })
    }
  }
}
