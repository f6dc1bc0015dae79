import Foundation
import ImageReferences
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct ReportReaderTests {
  /// Everything of a cluster that only reports of several have.
  static let merged: Report = {
    var cluster = SampleReports.cleanCluster
    cluster.authority = "system"
    cluster.possibleDuplicateOf = ["prod-eu", "\u{1B}[2J"]
    cluster.stamp = ScanStamp(
      toolVersion: "0.0.9", scannedAt: 1_790_000_000, asOf: .make("2026-09-21"),
      catalogue: CatalogueStamp(
        version: "x", date: .make("2026-01-01"), sha256: "00", userRules: "a.yaml"))
    return .make(includesHistory: false, clusters: [SampleReports.mixedCluster, cluster])
  }()

  @Test(arguments: DocumentSamples.all + [SampleReports.selected, merged])
  func whatWasWrittenComesBack(_ report: Report) throws {
    let bytes = render(report, as: .json)
    let read = try ReportReader.read(bytes)
    #expect(render(read, as: .json) == bytes)
    #expect(render(read, as: .yaml) == render(report, as: .yaml))
    for format in OutputFormat.allCases where format != .json && format != .yaml {
      #expect(render(read, as: format) == render(report, as: format), "\(format)")
    }
  }

  /// Text, registry, repository, tag; what was judged.
  static let judged: [(String, String, String, String?, String?)] = [
    ("k8s.gcr.io", "k8s.gcr.io", "kube-apiserver", "v1.24.0", "k8s.gcr.io/kube-apiserver:v1.24.0"),
    ("k8s.gcr.io/a", "k8s.gcr.io", "a/pause", nil, "k8s.gcr.io/a/pause"),
    ("k8s.gcr.io/a", "k8s.gcr.io", "a", nil, "k8s.gcr.io/a"),
    ("k8s.gcr.io/a", "k8s.gcr.io", "a", "latest", nil),
    ("nginx", "docker.io", "library/nginx", "latest", nil),
    ("k8s.gcr.io/a", "quay.io", "b", "1", nil),
  ]

  /// A prefix, and an image whose tag is not known, are told by their parts.
  @Test(arguments: judged)
  func whatWasJudgedComesBack(
    text: String, registry: String, repository: String, tag: String?, expected: String?
  ) throws {
    var cluster = SampleReports.mixedCluster
    for index in cluster.namespaces.indices { cluster.namespaces[index].worst = nil }
    cluster.findings = [try #require(cluster.findings.first)]
    cluster.findings[0].use.image = .reference(
      ImageReference(
        raw: text, registry: registry, repository: repository, tag: tag, digest: nil))
    let report = Report.make(includesHistory: false, clusters: [cluster])
    let read = try ReportReader.read(render(report, as: .json))
    let found = try #require(read.clusters.first?.findings.first)
    #expect(found.use.image == cluster.findings[0].use.image)
    #expect(found.use.representative == expected)
  }

  @Test func everyGoldenComesBack() throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    var count = 0
    for folder in ["ReportsTests/Goldens", "Goldens"] {
      let folder = tests.appendingPathComponent(folder)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
      where name.hasSuffix(".json") {
        let bytes = try [UInt8](Data(contentsOf: folder.appendingPathComponent(name)))
        #expect(render(try ReportReader.read(bytes), as: .json) == bytes, "\(name)")
        count += 1
      }
    }
    #expect(count >= 4)
  }

  @Test func keysThatCameLaterMayBeMissing() throws {
    var report = SampleReports.mixed
    report.rules = []
    let document = JSONRenderer.document(report).without([
      "rules", "notes", "historyWorkloads", "possibleDuplicateOf", "scan", "authority",
    ])
    let read = try ReportReader.read(document.serialized())
    #expect(read.rules.isEmpty)
    #expect(read.clusters[0].unlistedHistory.uses == 1)
    #expect(read.clusters[0].stamp == nil)
  }

  @Test func unknownKeysArePassedOver() throws {
    guard case .object(let members) = JSONRenderer.document(SampleReports.clean) else { return }
    let more = JSONValue.object(
      members + [.init(key: "later", value: .array([.number("1.5e3"), .null]))])
    let read = try ReportReader.read(more.serialized())
    #expect(render(read, as: .json) == render(SampleReports.clean, as: .json))
  }

  @Test(arguments: [
    ("clusters", "field \"clusters\": expected a list"),
    ("asOf", "field \"asOf\": expected a day such as 2026-11-21"),
    ("scannedAt", "field \"scannedAt\": expected a time such as 2026-11-21T08:09:09Z"),
    ("isSample", "field \"isSample\": expected true or false"),
    ("workloads", "field \"clusters[0].counts.workloads\": expected a whole number, 0 or more"),
    (
      "role",
      "field \"clusters[0].findings[0].role\": expected \"container\", \"init\", \"sidecar\","
        + " \"ephemeral\", \"image-volume\", \"sandbox\", \"configuration\", \"env\","
        + " \"argument\" instead of \"odd\""
    ),
    (
      "pullPolicy",
      "field \"clusters[0].findings[0].pullPolicy\": expected \"Always\", \"IfNotPresent\","
        + " \"Never\" instead of \"odd\""
    ),
    (
      "nodesTotal",
      "field \"clusters[0].findings[0].nodesTotal\": expected a whole number, 0 or more, or null"
    ),
    ("origin", "field \"clusters[0].findings[0].origin\": expected an object"),
    ("contexts", "field \"clusters[0].contexts\": expected a list"),
  ])
  func whatIsWrong(key: String, expected: String) {
    let document = JSONRenderer.document(SampleReports.mixed).replacingFirst(key, by: "odd")
    do {
      _ = try ReportReader.read(document.serialized())
      Issue.record("it was accepted")
    } catch {
      #expect(error.description == expected)
    }
  }

  @Test func aSummaryNamesAFinding() {
    let document = JSONRenderer.document(SampleReports.mixed).replacingFirst("outlook", by: "odd")
    #expect(
      throws: ReportReadError.invalid(
        field: "clusters[0].namespaces[0].worst",
        problem: "expected one of the findings of the same cluster")
    ) { try ReportReader.read(document.serialized()) }
  }

  @Test func noBeginningOfAReportIsAccepted() {
    let bytes = render(SampleReports.hostile, as: .json)
    for length in stride(from: 1, to: bytes.count - 3, by: 97) {
      do {
        _ = try ReportReader.read(Array(bytes[..<length]))
        Issue.record("the first \(length) bytes were accepted")
      } catch {
        guard case .notJSON = error else {
          Issue.record("\(length) bytes: \(error)")
          continue
        }
      }
    }
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-21T08:09:09Z", 1_795_248_549),
    ("1969-12-31T23:59:59Z", -1),
  ])
  func timestamps(text: String, seconds: Int64) {
    #expect(Timestamp.seconds(text) == seconds)
    #expect(Timestamp.text(secondsSince1970: seconds) == text)
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T08:09:09", "2026-11-21T08:09:09+00:00",
    "2026-02-30T08:09:09Z", "2026-11-21T24:00:00Z", "2026-11-21T08:60:00Z",
    "2026-11-21t08:09:09Z", "2026-11-21T0a:09:09Z",
  ])
  func noTimestamps(text: String) {
    #expect(Timestamp.seconds(text) == nil)
  }
}

extension JSONValue {
  /// Without the members of these names, wherever they stand.
  fileprivate func without(_ keys: Set<String>) -> JSONValue {
    switch self {
    case .object(let members):
      .object(
        members.filter { !keys.contains($0.key) }
          .map { Member(key: $0.key, value: $0.value.without(keys)) })
    case .array(let items): .array(items.map { $0.without(keys) })
    default: self
    }
  }

  /// With another value for the first member of this name.
  fileprivate func replacingFirst(_ key: String, by text: String) -> JSONValue {
    var isDone = false
    func replaced(_ value: JSONValue) -> JSONValue {
      switch value {
      case .object(let members):
        .object(
          members.map { member in
            if isDone { return member }
            if member.key == key {
              isDone = true
              return Member(key: key, value: .string(text))
            }
            return Member(key: member.key, value: replaced(member.value))
          })
      case .array(let items): .array(items.map(replaced))
      default: value
      }
    }
    return replaced(self)
  }
}
