import Foundation
import Testing

/// `files`, run as a person runs it.
@Suite struct FilesTests {
  private static let pod = """
    apiVersion: v1
    kind: Pod
    metadata: {name: p}
    spec:
      containers:
      - {name: a, image: "k8s.gcr.io/pause:3.9"}
      - {name: b, image: k8s.gcr.io/b:1} # gcr-report: ignore k8s-gcr-io waits for May

    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.pod, to: "deploy/pod.yaml")
    try folder.write("a: [\n", to: "deploy/bad.yaml")
    return folder
  }

  private func run(_ arguments: [String], in folder: TemporaryFolder) async throws -> ProcessResult
  {
    try await BinaryUnderTest().run(arguments + BinaryUnderTest.fixedDay, folder: folder.url)
  }

  @Test func theTable() async throws {
    let result = try await run(["files", "deploy"], in: try folder())
    #expect(result.status == 0)
    let lines = result.stdout.split(separator: "\n").map(String.init)
    #expect(lines[0].hasPrefix("FILES deploy · 2 files · 2 image uses · as of 2026-11-20"))
    #expect(
      result.stdout.contains(
        "deploy/pod.yaml:6:23  info  Pod/p   k8s.gcr.io/pause:3.9  registry.k8s.io/pause:3.9\n"))
    #expect(
      result.stdout.contains(
        "IGNORED       1 finding · deploy/pod.yaml:7 k8s-gcr-io: waits for May\n"))
    #expect(result.stdout.contains("NOT READ      unreadable: deploy/bad.yaml:"))
  }

  @Test func annotations() async throws {
    let result = try await run(["files", "deploy", "-o", "github"], in: try folder())
    #expect(
      result.stdout.contains(
        "::notice file=deploy/pod.yaml,line=6,col=23,endColumn=42,title=info%3A k8s-gcr-io::"))
    #expect(result.stdout.contains("::warning file=deploy/bad.yaml,line="))
  }

  @Test func regionsInSARIF() async throws {
    let result = try await run(["files", "deploy", "-o", "sarif"], in: try folder())
    let document = try #require(
      try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
    let run = try #require((document["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 2)
    let locations = results.first?["locations"] as? [[String: Any]]
    let place = try #require(locations?.first?["physicalLocation"] as? [String: Any])
    #expect(place["artifactLocation"] as? [String: String] == ["uri": "deploy/pod.yaml"])
    #expect(
      place["region"] as? [String: Int]
        == ["startLine": 6, "startColumn": 23, "endLine": 6, "endColumn": 43])
    let suppressions = results.last?["suppressions"] as? [[String: String]]
    #expect(suppressions == [["kind": "inSource", "justification": "waits for May"]])
  }

  private static let statuses: [([String], Int32)] = [
    (["files", "deploy/pod.yaml", "--fail-on", "info"], 3),
    (["files", "deploy/pod.yaml", "--fail-on", "low"], 0),
    (["files", "deploy/pod.yaml", "--fail-on", "low", "--exposure", "pulls"], 3),
    (["files", "deploy", "--require-complete"], 4),
    (["files", "nowhere"], 1),
    (["files"], 2),
    (["files", ".", "-n", "x"], 2),
  ]

  @Test(arguments: statuses) func status(arguments: [String], status: Int32) async throws {
    #expect(try await run(arguments, in: try folder()).status == status)
  }

  @Test func everyFormatEndsWell() async throws {
    let folder = try folder()
    for format in ["table", "wide", "csv", "json", "yaml", "sarif", "junit", "prometheus", "name"] {
      let result = try await run(["files", ".", "-o", format], in: folder)
      #expect(result.status == 0, "\(format)")
      #expect(!result.stdout.isEmpty, "\(format)")
    }
  }
}
