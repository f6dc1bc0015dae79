import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct ReportMergeTests {
  private func cluster(
    _ context: String, uid: String?, authority: String? = "ca", findings: [Finding] = [.make()],
    failure: String? = nil, coverage: [CoverageEntry] = []
  ) -> ClusterReport {
    var cluster = ClusterReport.make(
      contexts: [context], failure: failure, findings: findings, coverage: coverage)
    cluster.clusterUID = uid
    cluster.authority = authority
    return cluster
  }

  private func report(_ clusters: [ClusterReport], at seconds: Int64 = 1_795_248_549) -> Report {
    var report = Report.make(clusters: clusters)
    report.scannedAt = seconds
    return report
  }

  private func merge(_ reports: Report...) throws -> ReportMerge {
    let inputs = reports.enumerated().map {
      ReportMerge.Input(name: "\($0.offset).json", report: $0.element)
    }
    return try #require(ReportMerge(inputs))
  }

  @Test func nothingGivesNothing() {
    #expect(ReportMerge([]) == nil)
  }

  @Test(arguments: TableTests.reports) func oneReportStaysAsItIs(_ report: Report) throws {
    let merged = try merge(report)
    #expect(merged.remarks.isEmpty || report.clusters.count > 1)
    if report.clusters.count == 1 {
      #expect(render(merged.report, as: .json) == render(report, as: .json))
    }
  }

  @Test func clustersStandInTheOrderOfTheInputs() throws {
    let merged = try merge(
      report([cluster("b", uid: "1"), cluster("a", uid: "2")]), report([cluster("c", uid: "3")]))
    #expect(merged.report.clusters.map(\.contexts) == [["b"], ["a"], ["c"]])
    #expect(merged.report.clusters.allSatisfy { $0.stamp == nil })
    #expect(merged.remarks.isEmpty)
  }

  @Test func clustersOfOneNameAreRemarkedUpon() throws {
    let merged = try merge(
      report([cluster("a", uid: "1")]), report([cluster("a", uid: "2"), cluster("b", uid: "3")]))
    #expect(merged.report.clusters.count == 3)
    #expect(
      merged.remarks == [
        "2 clusters are named \"a\"; --cluster-name, where each is scanned, tells them apart"
      ])
  }

  @Test func ofOneClusterTheNewestScanIsKept() throws {
    let gap = CoverageEntry(resource: "pods", state: .forbidden)
    let old = report([cluster("a", uid: "1", findings: [])], at: 1_795_000_000)
    let new = report([cluster("b", uid: "1", coverage: [gap])])
    for reports in [[old, new], [new, old]] {
      let merged = try merge(reports[0], reports[1])
      let only = try #require(merged.report.clusters.first)
      #expect(merged.report.clusters.count == 1)
      #expect(Set(only.contexts) == ["a", "b"])
      #expect(only.findings.count == 1)
      #expect(only.stamp == nil)
      #expect(merged.remarks.count == 1)
      #expect(merged.remarks[0].contains("kept the scan of 2026-11-21T08:09:09Z"))
      #expect(merged.remarks[0].hasSuffix("which had read more (0 gaps instead of 1)"))
    }
  }

  @Test(arguments: [("ca", "other"), ("ca", nil), (nil, nil)] as [(String?, String?)])
  func theSameUIDProvesNothingWithoutTheSameAuthority(first: String?, second: String?) throws {
    let merged = try merge(
      report([cluster("a", uid: "1", authority: first)]),
      report([cluster("b", uid: "1", authority: second)]))
    #expect(merged.report.clusters.map(\.contexts) == [["a"], ["b"]])
    #expect(merged.report.clusters.map(\.possibleDuplicateOf) == [["b"], ["a"]])
  }

  @Test func withoutUIDNothingIsTheSame() throws {
    let merged = try merge(
      report([cluster("a", uid: nil)]), report([cluster("a", uid: nil)]),
      report([cluster("a", uid: "1")]))
    #expect(merged.report.clusters.count == 3)
    #expect(merged.report.clusters.flatMap(\.possibleDuplicateOf) == [])
  }

  /// A scan that could read nothing says no UID: name, server and authority tell whose it is.
  @Test func aScanThatFailedIsOneOfTheSameCluster() throws {
    let read = report([cluster("a", uid: "1")], at: 1_795_000_000)
    let failed = report([cluster("a", uid: nil, findings: [], failure: "refused")])
    let again = report(
      [cluster("a", uid: nil, findings: [], failure: "expired")], at: 1_796_000_000)
    for reports in [[read, failed, again], [failed, read, again], [again, failed, read]] {
      let merged = try merge(reports[0], reports[1], reports[2])
      let only = try #require(merged.report.clusters.first)
      #expect(merged.report.clusters.count == 1)
      #expect(only.clusterUID == "1")
      #expect(only.failure == nil)
      #expect(only.contexts == ["a"])
      // It says itself that it is not of the newest scan.
      #expect(only.stamp?.scannedAt == 1_795_000_000)
      #expect(merged.remarks.count == 2)
      #expect(merged.remarks.contains { $0.hasSuffix(", which could read nothing") })
    }
    let never = try merge(failed, again)
    #expect(never.report.clusters.map(\.failure) == ["expired"])
  }

  @Test func whoeverMayBeAnotherClusterStays() throws {
    let failed = cluster("a", uid: nil, findings: [], failure: "refused")
    var elsewhere = cluster("a", uid: "1")
    elsewhere.server = "https://elsewhere.example"
    for other in [
      cluster("b", uid: "1"), cluster("a", uid: "1", authority: "other"),
      cluster("a", uid: "1", authority: nil), elsewhere,
    ] {
      let merged = try merge(report([failed]), report([other]))
      #expect(merged.report.clusters == [failed, other])
      #expect(merged.remarks.count == (other.contexts == ["a"] ? 1 : 0), "two of one name")
    }
    let unknown = cluster("a", uid: nil, authority: nil, findings: [], failure: "refused")
    #expect(try merge(report([unknown]), report([unknown])).report.clusters.count == 2)
    // Two that were read are told apart by what they said.
    let twins = try merge(report([cluster("a", uid: "1")]), report([cluster("a", uid: "2")]))
    #expect(twins.report.clusters.count == 2)
  }

  /// A failed scan in one report, and two clusters by its name in others: the first one it is.
  @Test func aScanThatFailedTakesNoClusterAway() throws {
    let failed = report([cluster("a", uid: nil, findings: [], failure: "refused")])
    let merged = try merge(
      report([cluster("a", uid: "1")]), report([cluster("a", uid: "2")]), failed,
      report([cluster("a", uid: "2")]))
    #expect(merged.report.clusters.map(\.clusterUID) == ["1", "2"])
  }

  @Test func anOlderScanCarriesItsOwnTimeDayAndCatalogue() throws {
    var old = report([cluster("a", uid: "1")], at: 1_790_000_000)
    old.asOf = .make("2026-09-21")
    old.catalogue.version = "old"
    let merged = try merge(old, report([cluster("b", uid: "2")]))
    #expect(merged.report.asOf == .make("2026-11-21"))
    #expect(merged.report.clusters[0].stamp == old.stamp)
    #expect(merged.report.clusters[1].stamp == nil)
    #expect(merged.remarks.count == 2)
    #expect(merged.remarks[0].hasPrefix("judged by different catalogues: old, sha256 9f86d081884c"))
    #expect(
      merged.remarks[1]
        == "judged as of different days: 2026-09-21 (\"0.json\"), 2026-11-21 (\"1.json\")")
    // Merged once more, it still does.
    let again = try merge(merged.report, report([cluster("c", uid: "3")], at: 1_796_000_000))
    #expect(again.report.clusters[0].stamp == old.stamp)
    #expect(again.report.clusters[1].stamp?.scannedAt == 1_795_248_549)
    let csv = String(decoding: render(merged.report, as: .csv), as: UTF8.self)
    #expect(csv.contains("use,2026-09-21T14:13:20Z,2026-09-21,old "))
  }

  @Test func rulesOfAllAreKept() throws {
    var other = report([cluster("b", uid: "2")], at: 1)
    other.rules = [
      RuleSummary(id: "x", title: "", what: "", advice: "", sources: []),
      RuleSummary(id: "k8s-gcr-io", title: "old text", what: "", advice: "", sources: []),
    ]
    let merged = try merge(other, report([cluster("a", uid: "1")]))
    #expect(merged.report.rules.map(\.id) == ["k8s-gcr-io", "x"])
    #expect(merged.report.rules[0].title == "The old home of Kubernetes' images")
  }

  @Test func linesAreSeveralReports() throws {
    let lines = jsonLine(SampleReports.mixed) + jsonLine(SampleReports.sweep)
    #expect(lines.count { $0 == UInt8(ascii: "\n") } == 2)
    let read = try ReportReader.readAll(lines)
    #expect(read.reports.count == 2)
    #expect(!read.isCutShort)
    #expect(render(read.reports[1], as: .json) == render(SampleReports.sweep, as: .json))
    let cut = try ReportReader.readAll(Array(lines.dropLast(20)))
    #expect(cut.reports.count == 1)
    #expect(cut.isCutShort)
    #expect(throws: ReportReadError.self) { try ReportReader.readAll(Array(lines.prefix(30))) }
    #expect(throws: ReportReadError.self) { try ReportReader.readAll([]) }
    #expect(throws: ReportReadError.self) {
      try ReportReader.readAll(lines + Array("{\"a\": }\n".utf8))
    }
  }

  @Test(arguments: TableTests.reports) func sharingTextsChangesNoRendering(_ report: Report) {
    var interned = report
    var interner = ReportInterner()
    for number in interned.clusters.indices { interner.intern(&interned.clusters[number]) }
    for format in OutputFormat.allCases {
      #expect(render(interned, as: format) == render(report, as: format), "\(format)")
    }
  }

  @Test(arguments: TableTests.reports) func piecesAreTheWhole(_ report: Report) {
    #expect(JSONRenderer.document(report).serialized() == render(report, as: .json))
    for format in OutputFormat.allCases {
      var bytes: [UInt8] = []
      renderPieces(report, as: format) { bytes += $0 }
      #expect(bytes == render(report, as: format))
    }
  }
}
