import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct TrendTests {
  private typealias Scan = RecordedScan

  private func points(_ scans: [RecordedScan]) throws -> [Trend.Point] {
    try #require(Trend(scans).series.first { $0.team == nil }).points
  }

  @Test func fallsAndRegressions() throws {
    let trend = Trend([
      .make(0, [.high, .high, .low, .info]), .make(1, [.high, .low]), .make(2, isRead: false),
      .make(3, [.high, .low, .low]),
      // As many, one of them worse.
      .make(4, [.critical, .low, .low]),
    ])
    let whole = trend.series[0]
    #expect(whole.team == nil)
    #expect(whole.points.map(\.total) == [3, 2, nil, 3, 3])
    #expect(whole.points.map(\.carried) == [0, 0, 2, 0, 0])
    #expect(whole.points.map(\.change) == [nil, -1, nil, 1, 0])
    #expect(whole.points.map(\.isRegression) == [false, false, false, true, true])
    #expect(whole.regressions == 2)
    #expect(trend.series.map(\.team) == [nil, "web"])
    #expect(trend.series[1].points.map(\.total) == [3, 2, nil, 3, 3])
  }

  /// What could not be read is not gone, however often it could not.
  @Test func readingLessIsNoFall() throws {
    let points = try points([
      .make(1, [.high, .low, .low]), .make(2, [.high], unread: [Scan.noPods]),
      .make(3, unread: [Scan.noPods]), .make(4, [.high, .low, .low]), .make(5, [.low]),
    ])
    #expect(points.map(\.carried) == [0, 2, 3, 0, 0])
    #expect(points.map { ($0.total ?? 0) + $0.carried } == [3, 3, 3, 3, 1])
    #expect(points.map(\.change) == [nil, nil, nil, 0, -2])
    #expect(points.allSatisfy { !$0.isRegression })
  }

  /// Who never may read everything sees what becomes of the rest.
  @Test func theSameGapsEachTime() throws {
    let points = try points([
      .make(1, [.high, .low], unread: [Scan.noPods]), .make(2, [.low], unread: [Scan.noPods]),
      .make(
        3, [.low, .low],
        unread: [.init(resource: "pods", namespace: "shop", isGap: true)]),
    ])
    #expect(points.map(\.change) == [nil, -1, 1])
    #expect(points.map(\.isPartial) == [true, true, true])
    // A part of the gap was closed: what came may be old.
    #expect(points.map(\.readsMore) == [false, false, true])
    #expect(points.map(\.isRegression) == [false, false, false])
  }

  @Test func worseAndPartlyReadIsWorse() throws {
    let points = try points([
      .make(1, [.low, .low]), .make(2, [.critical], unread: [Scan.noPods]),
      .make(3, [.critical, .low]),
    ])
    #expect(points.map(\.isRegression) == [false, true, false])
    #expect(points.map(\.carried) == [0, 1, 0])
    #expect(points.map(\.change) == [nil, nil, 0])
  }

  @Test func whatWasNotAskedForIsNotGone() throws {
    let noHelm = RecordedCluster.Unread(resource: "helm releases", namespace: "", isGap: false)
    let points = try points([.make(1, [.low, .low]), .make(2, [.low], unread: [noHelm])])
    #expect(points.map(\.carried) == [0, 1])
    #expect(points.map(\.isPartial) == [false, false])
  }

  /// A scan without --team-label knows no team; a team without findings of a kind that counts has
  /// no chart.
  @Test func whoIsNotNamedIsNotGone() {
    var nameless = RecordedScan.make(2, [.high, .high])
    for number in nameless.clusters[0].counts.indices {
      nameless.clusters[0].counts[number].team = ""
    }
    let trend = Trend([.make(1, [.high, .low]), nameless, .make(3, [.low]), .make(4)])
    #expect(trend.series.map(\.team) == [nil, "web"])
    #expect(trend.series[0].points.map(\.total) == [2, 2, 1, 0])
    #expect(trend.series[1].points.map(\.scan) == [1, 3, 4])
    #expect(Trend([.make(1, [.info])]).series.map(\.team) == [nil])
  }

  @Test func clustersAndFiltersStandApart() {
    let trend = Trend([
      .make(1, cluster: "b", identity: "b"), .make(2, cluster: "a", identity: "a"),
      .make(3, cluster: "a", identity: "a", filter: "-n shop"),
    ])
    #expect(trend.series.map(\.cluster) == ["a", "a", "b"])
    #expect(trend.series.map(\.filter) == ["", "-n shop", ""])
  }

  @Test func otherDaysSayWhatWillBe() {
    let trend = Trend([.make(1), .make(2, [.critical], asOf: "2027-01-01")])
    #expect(trend.ofOtherDays == 1)
    #expect(trend.series.map(\.points.count) == [1])
  }

  @Test func ofManyTheLastOfEachDay() {
    let scans = (0..<6).map { number in
      var scan = RecordedScan.make(number)
      scan.scannedAt = Int64(number) * RecordedScan.day / 2
      scan.asOf = CalendarDate(secondsSince1970: scan.scannedAt)
      return scan
    }
    let trend = Trend(scans, limit: 2)
    #expect(trend.series[0].points.map(\.scan) == [3, 5])
    #expect(trend.leftOut == 4)
    #expect(Trend(scans).series[0].points.count == 6)
  }
}
