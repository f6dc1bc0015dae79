import Foundation
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct SARIFTests {
  private func runs(_ report: Report) throws -> [[String: Any]] {
    let data = Data(render(report, as: .sarif))
    let log = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    return try #require(log["runs"] as? [[String: Any]])
  }

  private func results(_ report: Report) throws -> [[String: Any]] {
    try runs(report).flatMap { $0["results"] as? [[String: Any]] ?? [] }
  }

  private func fingerprint(_ result: [String: Any]) -> String? {
    (result["partialFingerprints"] as? [String: String])?["gcrReportFinding/v1"]
  }

  /// Section 3.27.6: the index leads to the rule of that id.
  @Test(arguments: TableTests.reports) func rulesAreWhatResultsName(_ report: Report) throws {
    for run in try runs(report) {
      let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
      let rules = try #require(driver?["rules"] as? [[String: Any]])
      for result in run["results"] as? [[String: Any]] ?? [] {
        let index = try #require(result["ruleIndex"] as? Int)
        #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
        #expect(fingerprint(result)?.count == 64)
        let message = (result["message"] as? [String: String])?["text"]
        #expect(message?.isEmpty == false)
      }
    }
  }

  @Test func aRuleTellsItsStory() throws {
    let run = try #require(try runs(SampleReports.mixed).first)
    let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
    let rules = try #require(driver?["rules"] as? [[String: Any]])
    let rule = try #require(rules.first { $0["id"] as? String == "k8s-gcr-io" })
    #expect(rule["name"] as? String == "K8sGcrIo")
    #expect(
      rule["helpUri"] as? String
        == "https://kubernetes.io/blog/2023/03/10/image-registry-redirect/")
    #expect(
      rule["help"] as? [String: String]
        == ["text": "Use registry.k8s.io: same paths, tags and digests."])
    let own = try #require(rules.first { $0["id"] as? String == "invalid-reference" })
    #expect(own["shortDescription"] as? [String: String] == ["text": "Not an image reference"])
  }

  @Test func levelsAndPlaces() throws {
    let results = try results(SampleReports.mixed)
    #expect(
      results.map { $0["level"] as? String } == [
        "error", "error", "warning", "note", "note", "note", "note", "note",
      ])
    let locations = try #require(results[0]["locations"] as? [[String: Any]])
    let logical = try #require(locations[0]["logicalLocations"] as? [[String: String]])
    #expect(
      logical == [
        [
          "name": "discovery", "kind": "container",
          "fullyQualifiedName": "istio-system/Deployment/istiod/discovery",
        ]
      ])
    let physical = locations[0]["physicalLocation"] as? [String: [String: String]]
    #expect(
      physical?["artifactLocation"]?["uri"]
        == "kubernetes/prod-eu/istio-system/Deployment/istiod")
  }

  @Test func fingerprintsSurviveWhatDoesNotMatter() throws {
    func fingerprints(_ change: (inout Finding) -> Void) throws -> String? {
      var finding = Finding.make()
      change(&finding)
      return fingerprint(try results(.make(clusters: [.make(findings: [finding])]))[0])
    }
    let first = try fingerprints { _ in }
    #expect(
      try fingerprints {
        $0.risk = .critical
        $0.reasons = ["other"]
        $0.exposure = .failing
        $0.use.path = "spec.template.spec.containers[7].image"
      } == first)
    #expect(try fingerprints { $0.use.container = "other" } != first)
    #expect(try fingerprints { $0.rule = "other" } != first)
    #expect(try fingerprints { $0.use.image = .make("web", tag: "2") } != first)
  }

  @Test func whatWasNotReadIsANotification() throws {
    let runs = try runs(SampleReports.sweep)
    let invocation = (runs[1]["invocations"] as? [[String: Any]])?[0]
    #expect(invocation?["executionSuccessful"] as? Bool == false)
    let notes = invocation?["toolExecutionNotifications"] as? [[String: Any]]
    #expect(
      notes?.first?["message"] as? [String: String]
        == ["text": "the cluster was not read: certificate of \"10.1.2.3\" has expired"])
  }

  @Test(arguments: [
    ("{{ .Values.image }}", "{{{{ .Values.image }}}}"),
    ("[click](https://evil.example)", "\\[click\\](https://evil.example)"),
    ("a\nb\u{1B}", "a\\\\nb\\\\u{{1b}}"),
  ])
  func messagesHoldNoLinksAndNoArguments(_ text: String, _ expected: String) {
    #expect(SARIFText.plain(text) == expected)
  }

  @Test(arguments: [
    ("web-1.0_a~", "web-1.0_a~"), ("..", "%2E%2E"), ("a/b c%\u{1B}", "a%2Fb%20c%25%1B"),
    ("é", "%C3%A9"),
  ])
  func segments(_ text: String, _ expected: String) {
    #expect(SARIFText.segment(text) == expected)
  }

  @Test(arguments: [
    ("https://example.com/a?b#c", true), ("javascript:alert(1)", false),
    ("https://a b", false), ("https://a\"b", false), ("see the docs", false),
  ])
  func urls(_ text: String, _ expected: Bool) {
    #expect(SARIFText.isURL(text) == expected)
  }
}
