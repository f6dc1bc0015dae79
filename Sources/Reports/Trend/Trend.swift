package import RegistryCatalogue

/// How findings of low risk or worse came and went, per cluster and per team of a cluster.
///
/// A scan that read less than the one before never looks better than that: what is missing is
/// carried on as unknown until a scan has looked there again.
package struct Trend: Hashable, Sendable {
  package struct Series: Hashable, Sendable {
    package let cluster: String
    /// Nil: the whole cluster.
    package let team: String?
    /// The flags of the filter of all its scans; empty without one.
    package let filter: String
    /// Oldest first; at least one.
    package let points: [Point]

    package var regressions: Int { points.count(where: \.isRegression) }
    package var hasUnknown: Bool { points.contains { $0.isPartial || $0.counts == nil } }
  }

  package struct Point: Hashable, Sendable {
    package let scan: Int
    /// Seconds since 1970-01-01T00:00:00Z.
    package let scannedAt: Int64
    /// Findings of each of `Trend.risks`; nil when the cluster was not read.
    package let counts: [Int]?
    /// So many more there were when it was last read: unknown, not gone.
    package let carried: Int
    /// Something was not read.
    package let isPartial: Bool
    /// More findings, or worse ones, than before, where as much was read.
    package let isRegression: Bool
    /// Findings more than before; nil for the first one, and where a fall proves nothing.
    package let change: Int?
    /// Something could be read that could not before: a rise proves nothing.
    package let readsMore: Bool

    package var total: Int? { counts?.reduce(0, +) }
  }

  /// What is counted, worst first.
  package static let risks: [Risk] = [.critical, .high, .medium, .low]

  /// By cluster, the whole of it before its teams; scans with another filter apart.
  package let series: [Series]
  /// Scans that were judged for another day than their own (`--as-of`).
  package let ofOtherDays: Int
  /// Older scans of one series that were left out for length.
  package let leftOut: Int

  /// - Parameters:
  ///   - scans: in any order.
  ///   - limit: above so many scans the last one of each day stands for it, and the newest days
  ///     stay; nil for all.
  package init(_ scans: [RecordedScan], limit: Int? = nil) {
    let ofTheirDay = scans.identified().filter(\.isOfItsDay)
      .sorted { ($0.scannedAt, $0.id) < ($1.scannedAt, $1.id) }
    ofOtherDays = scans.count - ofTheirDay.count
    var readings: [Key: [Reading]] = [:]
    var names: [String: String] = [:]
    for scan in ofTheirDay {
      for cluster in scan.clusters {
        names[cluster.identity] = cluster.name
        readings[Key(identity: cluster.identity, filter: scan.filter), default: []]
          .append(Reading(scan: scan.id, scannedAt: scan.scannedAt, cluster: cluster))
      }
    }
    let sorted = readings.sorted { left, right in
      (names[left.key.identity] ?? "", left.key.filter, left.key.identity)
        < (names[right.key.identity] ?? "", right.key.filter, right.key.identity)
    }
    var longest = 0
    var series: [Series] = []
    for (key, all) in sorted {
      let shown = Self.thinned(all, limit: limit)
      longest = max(longest, all.count - shown.count)
      let name = names[key.identity] ?? key.identity
      let teams = Set(shown.flatMap { $0.cluster.counts }.map(\.team)).subtracting([""])
      for team in [nil] + teams.sorted().map(Optional.some) {
        // Where no team is known, as without --team-label, this one is not gone.
        let told = team == nil ? shown : shown.filter(\.knowsTeams)
        let points = Self.points(told, of: team)
        guard team == nil || points.contains(where: { $0.total != 0 || $0.carried > 0 }) else {
          continue
        }
        series.append(Series(cluster: name, team: team, filter: key.filter, points: points))
      }
    }
    self.series = series
    leftOut = longest
  }

  private struct Key: Hashable {
    let identity: String
    let filter: String
  }

  private struct Reading {
    let scan: Int
    let scannedAt: Int64
    let cluster: RecordedCluster

    var knowsTeams: Bool {
      !cluster.isRead || cluster.counts.isEmpty || cluster.counts.contains { !$0.team.isEmpty }
    }

    func counts(of team: String?) -> [Int] {
      Trend.risks.map { risk in
        cluster.counts.filter { $0.risk == risk && (team == nil || $0.team == team) }
          .reduce(0) { $0 + $1.findings }
      }
    }
  }

  private static func thinned(_ readings: [Reading], limit: Int?) -> [Reading] {
    guard let limit, readings.count > limit else { return readings }
    let daily = readings.enumerated().filter { number, reading in
      number + 1 == readings.count
        || readings[number + 1].scannedAt / 86_400 != reading.scannedAt / 86_400
    }
    return daily.suffix(limit).map { $0.element }
  }

  /// What the next scan is measured by: the last one that had read all that was ever read, and
  /// what scans after it found beyond that.
  private struct Measure {
    var counts: [Int]
    var total: Int
    var cluster: RecordedCluster
  }

  private static func points(_ readings: [Reading], of team: String?) -> [Point] {
    var measure: Measure?
    return readings.map { reading in
      guard reading.cluster.isRead else {
        return Point(
          scan: reading.scan, scannedAt: reading.scannedAt, counts: nil,
          carried: measure?.total ?? 0, isPartial: true, isRegression: false, change: nil,
          readsMore: false)
      }
      let counts = reading.counts(of: team)
      let total = counts.reduce(0, +)
      let isPartial = reading.cluster.gaps > 0
      guard let known = measure else {
        measure = Measure(counts: counts, total: total, cluster: reading.cluster)
        return Point(
          scan: reading.scan, scannedAt: reading.scannedAt, counts: counts, carried: 0,
          isPartial: isPartial, isRegression: false, change: nil, readsMore: false)
      }
      let readsLess = !reading.cluster.hasRead(atLeast: known.cluster)
      let readsMore = !known.cluster.hasRead(atLeast: reading.cluster)
      let isWorse = known.counts.lexicographicallyPrecedes(counts) || total > known.total
      if readsLess {
        measure?.counts = zip(known.counts, counts).map { max($0, $1) }
        measure?.total = max(known.total, total)
      } else {
        measure = Measure(counts: counts, total: total, cluster: reading.cluster)
      }
      return Point(
        scan: reading.scan, scannedAt: reading.scannedAt, counts: counts,
        carried: readsLess ? max(0, known.total - total) : 0, isPartial: isPartial,
        isRegression: isWorse && !readsMore,
        change: readsLess && total < known.total ? nil : total - known.total,
        readsMore: readsMore)
    }
  }
}
