import ImageReferences
import Inventory
import RegistryCatalogue
import Testing
import YAMLDocuments

@testable import Reports

@Suite struct YAMLTests {
  /// The tree that json holds against the one that libyaml reads.
  private func expectEqual(_ value: JSONValue, _ node: YAMLNode?, _ path: String = "$") {
    guard let node else {
      Issue.record("\(path) is missing")
      return
    }
    switch value {
    case .null: #expect(node.isNull, "\(path)")
    case .bool(let flag): #expect(node.bool == flag, "\(path)")
    case .integer(let number): #expect(node.int == number, "\(path)")
    case .number(let text): Issue.record("\(path): \(text) is none of ours")
    case .string(let text):
      #expect(node.string?.utf8.elementsEqual(text.utf8) == true, "\(path)")
    case .array(let items):
      guard let sequence = node.sequence, sequence.count == items.count else {
        Issue.record("\(path) is not a list of \(items.count)")
        return
      }
      for (index, pair) in zip(items, sequence).enumerated() {
        expectEqual(pair.0, pair.1, "\(path)[\(index)]")
      }
    case .object(let members):
      #expect(node.mapping?.map { $0.key.string } == members.map(\.key), "\(path)")
      for member in members {
        expectEqual(member.value, node[member.key], "\(path).\(member.key)")
      }
    }
  }

  @Test(arguments: TableTests.reports) func libyamlReadsTheDocumentOfJSON(_ report: Report) throws {
    let documents = try YAMLDocuments.load(render(report, as: .yaml))
    try #require(documents.count == 1)
    expectEqual(JSONRenderer.document(report), documents[0])
  }
}

@Suite struct NameTests {
  private func text(_ report: Report) -> String {
    String(decoding: render(report, as: .name), as: UTF8.self)
  }

  @Test func sortedUniqueNormalised() {
    let report = Report.make(
      clusters: [
        .make(findings: [
          .make(.make("b"), image: .make("web", tag: "2")),
          .make(.make("a"), image: .make("web", tag: "2")),
          .make(
            .make("a", "Pod"),
            image: .make(" nginx ", registry: "docker.io", "library/nginx", tag: "latest")),
          .make(.make("c"), image: .invalid(raw: "A b", reason: ""), kind: .invalidReference),
          .make(.make("d"), image: .make("old"), exposure: .history),
          .make(.make("e"), image: .make("fine"), kind: .clean),
        ])
      ])
    #expect(text(report) == "docker.io/library/nginx:latest\nk8s.gcr.io/web:2\n")
  }

  @Test func historyAndCleanImagesOnRequest() {
    var report = SampleReports.clean
    #expect(text(report).isEmpty)
    report.includesHistory = true
    #expect(text(report) == "k8s.gcr.io/web:1.0\n")
    #expect(text(SampleReports.cleanRows) == "docker.io/library/nginx:latest\n")
  }

  @Test func gapsInWords() {
    #expect(
      SampleReports.mixedCluster.gapsInWords == [
        "cronjobs.batch in kube-system, team-a (forbidden)",
        "events (failed): connection reset after 3 attempts",
        "nodes (forbidden): cache state unknown",
      ])
    #expect(
      SampleReports.sweep.clusters[1].gapsInWords
        == ["the whole cluster: certificate of \"10.1.2.3\" has expired"])
  }

  /// What is refused for each group alike is said once.
  @Test(arguments: [
    (1, "schemas of g0.io/v1 (forbidden): only documented kinds"),
    (3, "schemas of g0.io/v1, g1.io/v1, g2.io/v1 (forbidden): only documented kinds"),
    (4, "schemas of 4 group versions (forbidden): only documented kinds"),
  ])
  func schemasOfManyGroupsAreOneItem(count: Int, words: String) {
    let entries = (0..<count).map {
      CoverageEntry(
        resource: CoverageEntry.schemasPrefix + "g\($0).io/v1", state: .forbidden,
        reason: "only documented kinds")
    }
    let other = CoverageEntry(resource: "pods", namespace: "a", state: .forbidden, reason: "x")
    #expect(CoverageWording.gaps(entries + [other]) == ["pods in a (forbidden)", words])
  }
}
