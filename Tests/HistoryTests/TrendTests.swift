import History
import RegistryCatalogue
import Reports
import Testing

@Suite struct TrendTests {
  private static let day: Int64 = 86_400

  private func trend(_ reports: [Report], limit: Int = 30) throws -> Trend {
    var trend: Trend?
    try Folder.use { folder in
      let store = HistoryStore(path: folder.path("history.db"))
      for report in reports { _ = try store.record(report) }
      trend = Trend(try store.scans(), limit: limit)
    }
    return try #require(trend)
  }

  @Test func fallsAndRegressions() throws {
    var unread = Report.sample(risks: [], at: 2 * Self.day)
    unread.clusters[0].failure = "refused"
    let trend = try trend([
      .sample(risks: [.high, .high, .low, .info], at: 0),
      .sample(risks: [.high, .low], at: Self.day),
      unread,
      .sample(risks: [.high, .low, .low], at: 3 * Self.day),
      // As many, one of them worse.
      .sample(risks: [.critical, .low, .low], at: 4 * Self.day),
    ])
    let whole = trend.series[0]
    #expect(whole.team == nil)
    #expect(whole.points.map(\.total) == [3, 2, nil, 3, 3])
    #expect(whole.points.map(\.change) == [nil, -1, nil, 1, 0])
    #expect(whole.points.map(\.isRegression) == [false, false, false, true, true])
    #expect(whole.points.map(\.isPartial) == [false, false, true, false, false])
    #expect(whole.regressions == 2)
    #expect(trend.series.map(\.team) == [nil, "web"])
    #expect(trend.series[1].points.map(\.total) == [3, 2, nil, 3, 3])
  }

  @Test func clustersStandApart() throws {
    let trend = try trend([
      .sample(risks: [.low], at: 0, context: "b"), .sample(risks: [.low], at: 1, context: "a"),
    ])
    #expect(trend.series.filter { $0.team == nil }.map(\.cluster) == ["a", "b"])
  }

  @Test func otherFiltersAreLeftOut() throws {
    var filtered = Report.sample(at: 0)
    filtered.filter.risk = .high
    let trend = try trend([filtered, .sample(at: 1)])
    #expect(trend.filteredOut == 1)
    #expect(trend.series[0].points.count == 1)
  }

  @Test func ofManyTheLastOfEachDay() throws {
    let reports = (0..<6).map { Report.sample(at: Int64($0) * Self.day / 2) }
    let trend = try trend(reports, limit: 2)
    #expect(trend.series[0].points.map(\.scan) == [4, 6])
    #expect(trend.leftOut == 4)
  }
}
