import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct JUnitTests {
  /// `suite|case|outcome|message` for each case, and the numbers of the root, as Python's
  /// xml.etree (expat) reads them.
  private static let script = """
    import json, sys, xml.etree.ElementTree as T
    root = T.parse(sys.argv[1]).getroot()
    rows = []
    for suite in root:
        kinds = [list(case)[0].tag if len(case) else 'passed' for case in suite]
        for name, kind in (('failures', 'failure'), ('errors', 'error'), ('skipped', 'skipped')):
            assert int(suite.get(name)) == kinds.count(kind), suite.get('name')
        assert int(suite.get('tests')) == len(kinds)
        for case, kind in zip(suite, kinds):
            message = case[0].get('message') if len(case) else ''
            rows.append([suite.get('name'), case.get('name'), kind, message])
    totals = [int(root.get(k)) for k in ('tests', 'failures', 'errors', 'skipped')]
    assert totals[0] == len(rows)
    json.dump({'rows': rows, 'totals': totals}, sys.stdout)
    """

  private func read(
    _ report: Report, from level: Risk = .low
  ) throws -> (rows: [[String]], totals: [Int]) {
    let bytes = render(report, as: .junit, options: .init(failureLevel: level))
    let read = try #require(try Programs.python(Self.script, reading: bytes) as? [String: Any])
    return (
      try #require(read["rows"] as? [[String]]), try #require(read["totals"] as? [Int])
    )
  }

  @Test(arguments: TableTests.reports) func pythonReadsIt(_ report: Report) throws {
    #expect(try !read(report).rows.isEmpty)
  }

  @Test func findingsFailGapsAreSkipped() throws {
    let (rows, totals) = try read(SampleReports.mixed)
    #expect(totals == [14, 7, 0, 4])
    #expect(
      rows.first == [
        "prod-eu / istio-system",
        "Deployment/istiod, container discovery: gcr.io/istio-release/pilot:1.29.1", "failure",
        "critical: removed in 40 days; a container waits: ImagePullBackOff; use "
          + "docker.io/istio/pilot:1.29.1",
      ])
    #expect(rows.first { $0[0] == "prod-eu / default" }?[2] == "passed")
    #expect(
      rows.first { $0[0] == "prod-eu / team-a" } == [
        "prod-eu / team-a", "cronjobs.batch", "skipped",
        "not read: cronjobs.batch in team-a (forbidden): cronjobs.batch is forbidden: User "
          + "\"jane\" cannot list",
      ])
  }

  @Test func theLevelDecides() throws {
    #expect(try read(SampleReports.mixed, from: .high).totals[1] == 2)
    #expect(try read(SampleReports.mixed, from: .info).totals[1] == 8)
  }

  @Test func whatWasNotReadNeverPasses() throws {
    let doubtful = try read(SampleReports.doubtful)
    #expect(doubtful.rows.allSatisfy { $0[2] == "skipped" })
    let unread = try read(SampleReports.sweep).rows.first { $0[0] == "prod-us" }
    #expect(
      unread == ["prod-us", "cluster", "error", "certificate of \"10.1.2.3\" has expired"])
  }

  @Test func waivedFindingsAreSkippedAndHistoryPasses() throws {
    let report = Report.make(
      includesHistory: true,
      clusters: [
        .make(
          namespaces: ["shop"],
          findings: [
            .make(.make("shop", "Pod", "a"), risk: .critical, waivedUntil: .make("2027-01-01")),
            .make(.make("shop", "Pod", "b"), exposure: .history, risk: .critical),
          ])
      ])
    #expect(try read(report).totals == [2, 0, 0, 1])
  }

  @Test func whatAFilterTookNeverPasses() throws {
    var filter = ReportFilter()
    filter.risk = .critical
    let read = try read(
      filter.applied(
        to: .make(
          clusters: [.make(namespaces: ["a", "shop"], findings: [.make(risk: .high)])])))
    #expect(read.rows.map { $0[2] }.sorted() == ["passed", "skipped", "skipped"])
  }
}
