import Foundation
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct JSONTests {
  private func parsed(_ report: Report) throws -> [String: Any] {
    let data = Data(render(report, as: .json))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  private func clusters(_ report: Report) throws -> [[String: Any]] {
    try #require(try parsed(report)["clusters"] as? [[String: Any]])
  }

  /// The tree that was written against the one that Foundation reads.
  private func expectEqual(_ value: JSONValue, _ parsed: Any, _ path: String = "$") {
    switch value {
    case .null: #expect(parsed is NSNull, "\(path)")
    case .bool(let bool): #expect(parsed as? Bool == bool, "\(path)")
    case .integer(let number): #expect((parsed as? NSNumber)?.int64Value == number, "\(path)")
    case .number(let text): Issue.record("\(path): \(text) is none of ours")
    case .string(let text):
      let read = parsed as? String
      #expect(read?.utf8.elementsEqual(text.utf8) == true, "\(path)")
    case .array(let values):
      guard let array = parsed as? [Any], array.count == values.count else {
        Issue.record("\(path) is not an array of \(values.count)")
        return
      }
      for (index, pair) in zip(values, array).enumerated() {
        expectEqual(pair.0, pair.1, "\(path)[\(index)]")
      }
    case .object(let members):
      guard let object = parsed as? [String: Any], object.count == members.count else {
        Issue.record("\(path) is not an object of \(members.count) distinct keys")
        return
      }
      for member in members {
        guard let child = object[member.key] else {
          Issue.record("\(path).\(member.key) is missing")
          continue
        }
        expectEqual(member.value, child, "\(path).\(member.key)")
      }
    }
  }

  @Test(arguments: TableTests.reports) func foundationReadsWhatWasWritten(_ report: Report) throws {
    expectEqual(JSONRenderer.document(report), try parsed(report))
    #expect(render(report, as: .json).last == UInt8(ascii: "\n"))
  }

  @Test func topLevel() throws {
    let report = try parsed(SampleReports.sweep)
    #expect(report["apiVersion"] as? String == "gcr-report/v1")
    #expect(report["kind"] as? String == "Report")
    #expect(report["scannedAt"] as? String == "2026-11-21T08:09:09Z")
    #expect(report["asOf"] as? String == "2027-03-01")
    #expect(report["isAsOfAnotherDay"] as? Bool == true)
    #expect(report["isSample"] as? Bool == true)
    let catalogue = try #require(report["catalogue"] as? [String: Any])
    #expect(catalogue["version"] as? String == "2026-11-20")
    #expect(catalogue["date"] as? String == "2026-11-20")
    #expect(
      catalogue["sha256"] as? String
        == "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    #expect(catalogue["ageInDays"] as? Int == 101)
    #expect(catalogue["isOld"] as? Bool == true)
    #expect(catalogue["userRules"] as? String == "rules.yaml")
  }

  @Test func totals() throws {
    let cluster = try #require(try clusters(SampleReports.mixed).first)
    let counts = try #require(cluster["counts"] as? [String: Any])
    #expect(counts["namespaces"] as? Int == 7)
    #expect(counts["workloads"] as? Int == 1_237)
    #expect(counts["imageUses"] as? Int == 2_314)
    #expect(counts["workloadsAtRisk"] as? Int == 7)
    #expect(counts["findings"] as? Int == 8)
    #expect(counts["historyFindings"] as? Int == 1)
    #expect(counts["coverageGaps"] as? Int == 4)
    #expect(
      counts["findingsByRisk"] as? [String: Int]
        == ["critical": 1, "high": 1, "medium": 1, "low": 4, "info": 1])
    #expect(counts["waivedFindings"] as? Int == 0)
    #expect(counts["filteredFindings"] as? Int == 0)
    #expect(
      counts["namespacesByRisk"] as? [String: Int]
        == [
          "critical": 1, "high": 0, "medium": 1, "low": 2, "info": 0, "unknown": 1, "filtered": 0,
          "mitigated": 0, "clean": 2,
        ])
    #expect((cluster["coverage"] as? [Any])?.count == 8)
    #expect((cluster["findings"] as? [Any])?.count == 8)
  }

  @Test func hostileTextComesBackUnchanged() throws {
    let cluster = try #require(try clusters(SampleReports.hostile).first)
    #expect(
      cluster["contexts"] as? [String] == ["=cmd|' /C calc'!A0,\"x\"", "\u{1B}]0;owned\u{7}ctx"])
    let finding = try #require((cluster["findings"] as? [[String: Any]])?.first)
    #expect(
      finding["reasons"] as? [String]
        == ["=1+1", "<script>alert(1)</script>", "back\u{2028}slash \\ and \u{0}null"])
  }

  @Test(arguments: [
    ("\"\\/", "\"\\\"\\\\/\""),
    ("\n\r\t\u{8}\u{1B}\u{7F}\u{85}", "\"\\n\\r\\t\\u0008\\u001b\\u007f\\u0085\""),
    ("\u{2028}\u{2029}\u{202E}\u{FEFF}", "\"\\u2028\\u2029\\u202e\\ufeff\""),
    ("\u{E0041}", "\"\\udb40\\udc41\""),
    ("é名🚀", "\"é名🚀\""),
  ])
  func escapes(_ text: String, _ expected: String) {
    #expect(String(decoding: JSONValue.string(text).serialized(), as: UTF8.self) == expected + "\n")
  }

  /// Old revisions and clean images, which are not listed, explain nothing either.
  @Test func rulesAreThoseThatListedFindingsName() throws {
    var report = SampleReports.mixed
    report.rules = ["k8s-gcr-io", "of-history", "of-nothing"].map {
      RuleSummary(id: $0, title: $0, what: "", advice: "", sources: [])
    }
    report.clusters = [
      .make(findings: [
        .make(), .make(.make("shop", "ReplicaSet", "old"), rule: "of-history", exposure: .history),
      ])
    ]
    report.includesHistory = false
    #expect(report.namedRules.map(\.id) == ["k8s-gcr-io"])
    let json = String(decoding: JSONRenderer.render(report), as: UTF8.self)
    #expect(json.contains(#""id": "k8s-gcr-io""#))
    #expect(!json.contains("of-history") && !json.contains("of-nothing"))
    #expect(!MarkdownRenderer.render(report, by: .namespace).contains("of-history"))
    report.includesHistory = true
    #expect(report.namedRules.map(\.id) == ["k8s-gcr-io", "of-history"])
  }
}
