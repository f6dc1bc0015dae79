import Foundation
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct CSVTests {
  /// DESIGN of the format, version 1: only ever appended to.
  static let header =
    "schema_version,row_type,scanned_at,as_of,catalogue_version,context,cluster_uid,"
    + "server_version,namespace,team,workload_apiversion,workload_kind,workload_name,activity,"
    + "managed_by,path,container,role,image,registry,repository,tag,digest,pull_policy,rule,fate,"
    + "certainty,exposure,risk,reasons,replacement,waived_until,nodes_with_image,nodes_total,"
    + "coverage_resource,coverage_state,coverage_reason,waived_kind,waived_reason,filter,"
    + "file,line,column,file_confidence"

  /// Rows as Python's csv module reads them, which is no relative of ours.
  private func pythonRows(_ bytes: [UInt8]) throws -> [[String]] {
    let script = """
      import csv, json, sys
      json.dump(list(csv.reader(open(sys.argv[1], encoding='utf-8', newline=''), strict=True)), \
      sys.stdout)
      """
    return try #require(try Programs.python(script, reading: bytes) as? [[String]])
  }

  private func rows(_ report: Report) throws -> [[String: String]] {
    let rows = try pythonRows(render(report, as: .csv))
    let columns = try #require(rows.first)
    #expect(columns.joined(separator: ",") == Self.header)
    #expect(rows.allSatisfy { $0.count == columns.count })
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(columns, $0)) }
  }

  @Test func findingsThenGaps() throws {
    let rows = try rows(SampleReports.mixed)
    #expect(
      rows.map { $0["row_type"] }
        == Array(repeating: "use", count: 8) + Array(repeating: "coverage", count: 4))
    #expect(
      rows.suffix(4).map { $0["coverage_resource"] }
        == ["cronjobs.batch", "cronjobs.batch", "events", "nodes"])
    #expect(rows.suffix(4).map { $0["namespace"] } == ["kube-system", "team-a", "", ""])
    #expect(rows.allSatisfy { $0["context"] == "prod-eu" && $0["schema_version"] == "1" })
  }

  @Test func everyCellOfAFinding() throws {
    let row = try #require(try rows(SampleReports.mixed).first).filter { !$0.value.isEmpty }
    #expect(
      row == [
        "schema_version": "1", "row_type": "use", "scanned_at": "2026-11-21T08:09:09Z",
        "as_of": "2026-11-21",
        "catalogue_version": "2026-11-20 2026-11-20 "
          + "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "context": "prod-eu", "cluster_uid": "0b5c3f1e-0000-4000-8000-000000000001",
        "server_version": "v1.31.2", "namespace": "istio-system", "team": "platform",
        "workload_apiversion": "apps/v1", "workload_kind": "Deployment",
        "workload_name": "istiod", "activity": "active", "managed_by": "Helm release \"istiod\"",
        "path": "spec.template.spec.containers[0].image", "container": "discovery",
        "role": "container", "image": "gcr.io/istio-release/pilot:1.29.1", "registry": "gcr.io",
        "repository": "istio-release/pilot", "tag": "1.29.1", "pull_policy": "Always",
        "rule": "gcr-io-istio-release", "fate": "retiring", "certainty": "primary",
        "exposure": "failing", "risk": "critical",
        "reasons": "removed in 40 days; a container waits: ImagePullBackOff",
        "replacement": "docker.io/istio/pilot:1.29.1",
      ])
  }

  @Test func hostileTextIsGuardedAndOtherwiseFaithful() throws {
    let rows = try rows(SampleReports.hostile)
    let finding = try #require(rows.first)
    #expect(finding["context"] == "'=cmd|' /C calc'!A0,\"x\",\\u{1b}]0;owned\\u{7}ctx")
    #expect(finding["server_version"]?.utf8.elementsEqual("v1.31\r\n2".utf8) == true)
    #expect(finding["workload_name"] == "'-web\\u{1b}[31m\nsecond line")
    #expect(finding["container"] == "'@sum(1+1)*cmd")
    #expect(finding["managed_by"] == "'+Helm\tchart")
    #expect(finding["team"] == "team \"quoted\", inc.")
    #expect(
      finding["reasons"]
        == "'=1+1; <script>alert(1)</script>; back\\u{2028}slash \\ and \\u{0}null")
    #expect(finding["replacement"]?.utf8.elementsEqual("'-registry.k8s.io/x\rY".utf8) == true)
    let invalid = try #require(rows.first { $0["rule"] == "invalid-reference" })
    #expect(invalid["image"] == "'\t=HYPERLINK(\"x\")\n\\u{e0041}")
    #expect(invalid["registry"] == "")
    let gap = try #require(rows.last)
    #expect(
      gap["coverage_reason"] == "\\u{1b}[1A\\u{1b}[2Khidden, \"quoted\"\nsecond line")
  }

  /// What reverses, hides or joins text is seen; what any script is written with stays.
  @Test(arguments: [
    ("a\u{202E}b", "a\\u{202e}b"), ("a\u{2066}b\u{2069}", "a\\u{2066}b\\u{2069}"),
    ("a\u{200B}b", "a\\u{200b}b"), ("a\u{200D}b", "a\\u{200d}b"),
    ("\u{FEFF}=1", "\\u{feff}=1"), ("a\u{AD}b", "a\\u{ad}b"), ("a\u{3164}b", "a\\u{3164}b"),
    ("a\u{2028}b", "a\\u{2028}b"), ("a\u{1B}\u{9B}b", "a\\u{1b}\\u{9b}b"),
    ("a\tb\r\nc", "a\tb\r\nc"), ("größe 日本 עברית \\ é", "größe 日本 עברית \\ é"),
  ])
  func whatActsIsEscaped(_ text: String, _ expected: String) throws {
    var report = SampleReports.mixed
    report.clusters[0].contexts = [text]
    let context = try #require(try rows(report).first?["context"])
    #expect(context.unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test func linesEndWithCRLFAndThereIsNoMark() {
    let bytes = render(SampleReports.clean, as: .csv)
    #expect(String(decoding: bytes, as: UTF8.self) == Self.header + "\r\n")
    #expect(render(SampleReports.clean, as: .csv, options: .init(noHeaders: true)).isEmpty)
  }

  @Test func chosenColumnsInTheirOrder() throws {
    let bytes = render(
      SampleReports.mixed, as: .csv, options: .init(columns: ["image", "row_type", "namespace"]))
    let rows = try pythonRows(bytes)
    #expect(rows.first == ["image", "row_type", "namespace"])
    #expect(
      rows.dropFirst().first == ["gcr.io/istio-release/pilot:1.29.1", "use", "istio-system"])
    #expect(rows.last == ["", "coverage", ""])
    #expect(rows.count == 13)
  }

  @Test func historyAndCleanUsesOnRequestOnly() throws {
    var report = SampleReports.clean
    report.includesHistory = true
    #expect(try rows(report).map { $0["exposure"] } == ["history"])
    report = SampleReports.cleanRows
    #expect(try rows(report).map { $0["rule"] } == ["clean"])
    report.includesCleanImages = false
    #expect(try rows(report).isEmpty)
  }

  @Test func anUnreadableClusterIsOneRow() throws {
    let row = try #require(try rows(SampleReports.sweep).first { $0["context"] == "prod-us" })
    #expect(row["row_type"] == "coverage")
    #expect(row["coverage_resource"] == "*")
    #expect(row["coverage_state"] == "failed")
    #expect(row["coverage_reason"] == "certificate of \"10.1.2.3\" has expired")
  }

  @Test(arguments: [
    (Int64(0), "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"),
    (1_795_248_549, "2026-11-21T08:09:09Z"), (951_782_400, "2000-02-29T00:00:00Z"),
  ])
  func timestamps(_ seconds: Int64, _ expected: String) {
    #expect(Timestamp.text(secondsSince1970: seconds) == expected)
  }
}
