import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct BaselineTests {
  private func baseline(_ report: Report) throws -> Baseline {
    try Baseline(json: render(report, as: .json))
  }

  @Test(arguments: TableTests.reports) func aReportKnowsItself(_ report: Report) throws {
    let baseline = try baseline(report)
    #expect(baseline.tally(report).new == 0)
    #expect(report.clusters.allSatisfy(baseline.holds))
  }

  private func report(
    _ findings: [Finding], contexts: [String] = ["prod-eu"], uid: String? = "u1"
  ) -> Report {
    var cluster = ClusterReport.make(contexts: contexts, findings: findings)
    cluster.clusterUID = uid
    return .make(includesHistory: true, clusters: [cluster])
  }

  @Test func aNewImageContainerOrRuleIsNew() throws {
    let baseline = try baseline(report([.make(), .make(.make("a"), exposure: .history)]))
    var other = Finding.make(risk: .critical, reasons: ["worse"])
    other.use.path = "elsewhere"
    #expect(baseline.tally(report([other])) == (0, 1))
    #expect(
      baseline.tally(
        report([
          .make(image: .make("web", tag: "2")), .make(container: "b"), .make(rule: "other"),
          .make(.make("shop", "DaemonSet")), .make(.make("a")),
        ])) == (5, 0))
  }

  /// Neither the end of an exception makes a finding new, nor does its beginning.
  @Test(arguments: [Waiver.Kind.accepted, .mitigated])
  func waivedFindingsAreKnown(kind: Waiver.Kind) throws {
    let waived = Finding.make(waivedUntil: .make("2027-01-01"), waiver: kind)
    #expect(try baseline(report([waived])).tally(report([.make()])) == (0, 1))
    #expect(try baseline(report([.make()])).tally(report([waived])) == (0, 0))
    #expect(try baseline(report([])).tally(report([waived])) == (0, 0))
  }

  @Test func aFilteredBaselineSaysSo() throws {
    var filter = ReportFilter()
    filter.risk = .high
    #expect(try baseline(filter.applied(to: report([.make()]))).filter == ["--risk high"])
    #expect(try baseline(report([])).filter == [])
  }

  @Test(arguments: [
    (["prod-eu"], "u1", true), (["renamed"], "u1", true), (["prod-eu"], "u2", false),
    (["prod-eu"], nil, true), (["other"], nil, false), (["other", "prod-eu"], nil, true),
  ])
  func theSameCluster(contexts: [String], uid: String?, isSame: Bool) throws {
    let now = report([.make()], contexts: contexts, uid: uid)
    let baseline = try baseline(report([.make()]))
    #expect(baseline.holds(now.clusters[0]) == isSame)
    #expect(baseline.holds(.make(), of: now.clusters[0]) == isSame)
  }

  @Test(arguments: [
    ("", "it is empty; was the scan that should have written it stopped?"),
    (" \r\n\t", "it is empty; was the scan that should have written it stopped?"),
    (
      "{}",
      "it has neither kind nor apiVersion; expected kind \"Report\" of apiVersion"
        + " \"gcr-report/v1\", as -o json writes it"
    ),
    (
      "{\n\"kind\": ]",
      "it is not JSON as -o json writes it: line 2, column 9: expected a value"
    ),
    ("[]", "expected an object"),
    (
      "{\"apiVersion\": \"gcr-report/v2\", \"kind\": \"Report\"}",
      "it is of apiVersion \"gcr-report/v2\", which a later release wrote; this one reads"
        + " \"gcr-report/v1\": upgrade the plugin"
    ),
    (
      "{\"kind\": \"List\"}",
      "it is \"List\" of nothing; expected kind \"Report\" of apiVersion \"gcr-report/v1\", as -o"
        + " json writes it"
    ),
    (
      "{\"apiVersion\": \"gcr-report/v1\", \"kind\": \"Report\"}",
      "field \"toolVersion\": it is missing"
    ),
  ])
  func whatIsWrong(text: String, expected: String) {
    do {
      _ = try Baseline(json: Array(text.utf8))
      Issue.record("it was accepted")
    } catch {
      #expect(error.description == expected)
    }
  }
}
