import Foundation
import TemporaryFolder
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

  private func git(_ arguments: [String], in folder: TemporaryFolder) async throws {
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"),
      ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments,
      environment: ["PATH": "/usr/bin:/bin", "HOME": folder.url.path], folder: folder.url)
    try #require(result.status == 0, "\(result.stderr)")
  }

  @Test func theDiffIsOneThatGitApplies() async throws {
    let folder = try folder()
    let diff = try await run(["files", "deploy", "--diff"], in: folder)
    #expect(diff.status == 0)
    #expect(
      diff.stdout == """
        --- a/deploy/pod.yaml
        +++ b/deploy/pod.yaml
        @@ -3,5 +3,5 @@
         metadata: {name: p}
         spec:
           containers:
        -  - {name: a, image: "k8s.gcr.io/pause:3.9"}
        +  - {name: a, image: "registry.k8s.io/pause:3.9"}
           - {name: b, image: k8s.gcr.io/b:1} # gcr-report: ignore k8s-gcr-io waits for May

        """)
    try folder.write(diff.stdout, to: "change.diff")
    try await git(["apply", "change.diff"], in: folder)
    let text = try folder.text("deploy/pod.yaml")
    #expect(text == Self.pod.replacing("k8s.gcr.io/pause", with: "registry.k8s.io/pause"))
  }

  @Test func writingKeepsEverythingElseAndHappensOnce() async throws {
    let folder = try folder()
    let file = folder.url.appendingPathComponent("deploy/pod.yaml")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
    let first = try await run(["files", "deploy", "--write"], in: folder)
    #expect(first.status == 0)
    #expect(first.stdout == "")
    #expect(first.stderr.hasPrefix("changed deploy/pod.yaml: 1 place\n"))
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text == Self.pod.replacing("k8s.gcr.io/pause", with: "registry.k8s.io/pause"))
    let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions]
    #expect(mode as? Int == 0o640)
    let second = try await run(["files", "deploy", "--write"], in: folder)
    #expect(second.stderr.hasPrefix("changed 0 places in 0 files; 0 references left to you\n"))
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  @Test func whatAPersonMustDecideIsListed() async throws {
    let folder = try TemporaryFolder()
    try folder.write("image: gcr.io/cadvisor/cadvisor:v0.44.0\n", to: "values.yaml")
    try folder.write("docker pull k8s.gcr.io/pause:3.9\n", to: "run.sh")
    try folder.write("# Code generated. DO NOT EDIT.\nimage: k8s.gcr.io/a:1\n", to: "gen.yaml")
    let result = try await run(["files", ".", "--write"], in: folder)
    #expect(
      result.stderr.contains("values.yaml:1:8: gcr.io/cadvisor/cadvisor:v0.44.0: not the same"))
    #expect(
      result.stderr.contains("run.sh:1:13: k8s.gcr.io/pause:3.9: found as text: look at it"))
    #expect(result.stderr.contains("gen.yaml:2:8: k8s.gcr.io/a:1: the file says that a program"))
    let text = try await run(["files", ".", "--write", "--confidence", "text"], in: folder)
    #expect(text.stderr.hasPrefix("changed run.sh: 1 place\n"))
  }

  /// Found as text, and changed only where that was asked for.
  @Test func namesWithoutARegistryInText() async throws {
    let folder = try TemporaryFolder()
    let text = """
      See github.com/minio/minio and `src/bitnami/redis`.
      docker run -d \\
        -v minio/data:/data minio/minio server /data
      image: bitnami/redis:7.2 # minio/mc:latest
      cp bitnami/redis/x minio/minio.go

      """
    try folder.write(text, to: "README.md")
    let found = try await run(["files", ".", "-o", "wide"], in: folder)
    let lines = found.stdout.split(separator: "\n").filter { $0.hasPrefix("README.md:") }
    #expect(
      Set(lines.map { $0.prefix { $0 != " " } }) == [
        "README.md:3:23", "README.md:4:8", "README.md:4:28",
      ])
    #expect(lines.allSatisfy { $0.hasSuffix("text") })
    let left = try await run(["files", ".", "--write"], in: folder)
    #expect(left.stderr.contains("README.md:3:23: minio/minio: found as text: look at it"))
    #expect(left.stderr.hasPrefix("changed 0 places in 0 files; 3 references left to you\n"))
    let written = try await run(["files", ".", "--write", "--confidence", "text"], in: folder)
    #expect(written.stderr.hasPrefix("changed README.md: "))
    let new = try folder.text("README.md")
    #expect(new.contains("-v minio/data:/data quay.io/minio/minio server /data\n"))
    #expect(new.contains("# quay.io/minio/mc:latest\ncp bitnami/redis/x minio/minio.go\n"))
    #expect(new.hasPrefix("See github.com/minio/minio and `src/bitnami/redis`.\n"))
  }

  /// By the rule for all images below it, not by that for a project nobody knows.
  @Test func whatBeginsImages() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "hub: gcr.io/istio-release\ntag: 1.29.1\na: {repository: gcr.io/tekton-releases}\n",
      to: "values.yaml")
    let report = try await run(["files", ".", "-o", "json"], in: folder)
    for text in [
      "\"rule\": \"istio-release\"", "\"rule\": \"tekton-releases\"",
      "a repository prefix, judged by the rule for all images below it",
    ] {
      #expect(report.stdout.contains(text), "\(text)")
    }
    #expect(!report.stdout.contains("gcr-unverified-project"))
    let diff = try await run(["files", ".", "--diff", "--to", "mirror.example/x"], in: folder)
    #expect(diff.stdout.contains("+hub: mirror.example/x/docker.io/istio\n"))
    _ = try await run(["files", ".", "--write"], in: folder)
    let new = try folder.text("values.yaml")
    #expect(
      new == "hub: docker.io/istio\ntag: 1.29.1\na: {repository: ghcr.io/tektoncd}\n")
  }

  /// With another name in the base, the overlay's tag would be lost.
  @Test func whatAKustomizationFindsByItsNameStays() async throws {
    let folder = try TemporaryFolder()
    try folder.write("image: k8s.gcr.io/pause:3.2\n", to: "base/a.yaml")
    try folder.write(
      "images:\n- name: k8s.gcr.io/pause\n  newTag: v3.9\n", to: "over/kustomization.yaml")
    let result = try await run(["files", ".", "--diff"], in: folder)
    #expect(result.stdout == "")
    #expect(
      result.stderr.contains(
        "base/a.yaml:1:8: k8s.gcr.io/pause:3.2: over/kustomization.yaml finds it by this name"))
    #expect(result.stderr.contains("add \"newName: registry.k8s.io/pause\" to the entry"))
  }

  /// The same where the base makes the name that the overlay finds.
  @Test(arguments: [[], ["--via", "kustomize"]])
  func whatAKustomizationFindsByItsNewNameStays(flags: [String]) async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "images:\n- name: app\n  newName: k8s.gcr.io/pause\n  newTag: v3.1\n"
        + "- name: k8s.gcr.io/a\n  newName: k8s.gcr.io/a\n  newTag: v1\n",
      to: "base/kustomization.yaml")
    try folder.write(
      "resources: [../base]\nimages:\n- name: k8s.gcr.io/pause\n  newTag: v3.9\n",
      to: "over/kustomization.yaml")
    let result = try await run(["files", ".", "--diff"] + flags, in: folder)
    #expect(!result.stdout.contains("-  newName: k8s.gcr.io/pause"))
    #expect(result.stdout.contains("\n+  newName: registry.k8s.io/a\n"))
    #expect(
      result.stderr.contains(
        "base/kustomization.yaml:3:12: k8s.gcr.io/pause:v3.1: over/kustomization.yaml finds it by"))
  }

  @Test func aDirtyRepositoryIsRefused() async throws {
    let folder = try folder()
    try await git(["init", "-q"], in: folder)
    try await git(["add", "deploy"], in: folder)
    try await git(["commit", "-q", "-m", "x"], in: folder)
    try folder.write(Self.pod + "# mine\n", to: "deploy/pod.yaml")
    let refused = try await run(["files", "deploy", "--write"], in: folder)
    #expect(refused.status == 1)
    #expect(refused.stderr.contains("has changes that are not committed; commit them first"))
    try await git(["commit", "-q", "-a", "-m", "y"], in: folder)
    #expect(try await run(["files", "deploy", "--write"], in: folder).status == 0)
    let forced = try await run(
      ["files", "deploy", "--write", "--force", "--confidence", "text"], in: folder)
    #expect(forced.status == 0)
  }

  @Test func linksAreNotWrittenThrough() async throws {
    let folder = try TemporaryFolder()
    let outside = try TemporaryFolder()
    let target = try outside.write("image: k8s.gcr.io/a:1\n", to: "a.yaml")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appendingPathComponent("l.yaml"), withDestinationURL: target)
    let result = try await run(["files", "l.yaml", "--write"], in: folder)
    #expect(result.status == 1)
    #expect(try String(contentsOf: target, encoding: .utf8) == "image: k8s.gcr.io/a:1\n")
  }
}
