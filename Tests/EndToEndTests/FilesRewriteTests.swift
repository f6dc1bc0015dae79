import Foundation
import TemporaryFolder
import Testing

/// `files` beyond files on disk: packaged charts, revisions, mirrors, kustomizations.
@Suite struct FilesRewriteTests {
  private static let pod = """
    apiVersion: v1
    kind: Pod
    metadata: {name: p}
    spec:
      containers:
      - {name: a, image: "k8s.gcr.io/pause:3.9"}

    """

  private func run(_ arguments: [String], in folder: TemporaryFolder) async throws -> ProcessResult
  {
    try await BinaryUnderTest().run(arguments + BinaryUnderTest.fixedDay, folder: folder.url)
  }

  private func tool(_ arguments: [String], in folder: TemporaryFolder) async throws {
    let result = try await ChildProcess.run(
      URL(fileURLWithPath: "/usr/bin/env"), arguments,
      environment: ["PATH": "/usr/bin:/bin", "HOME": folder.url.path], folder: folder.url)
    try #require(result.status == 0, "\(result.stderr)")
  }

  private func git(_ arguments: [String], in folder: TemporaryFolder) async throws {
    try await tool(
      ["git", "-c", "user.name=t", "-c", "user.email=t@example.com"] + arguments, in: folder)
  }

  @Test func aPackagedChart() async throws {
    let folder = try TemporaryFolder()
    try folder.write("name: web\nversion: 1.0.0\n", to: "web/Chart.yaml")
    try folder.write("a: 1\nimage: k8s.gcr.io/pause:3.9\n", to: "web/values.yaml")
    try await tool(["tar", "-czf", "web-1.0.0.tgz", "web"], in: folder)
    try await tool(["rm", "-r", "web"], in: folder)
    let report = try await run(["files", "."], in: folder)
    #expect(report.stdout.contains("web-1.0.0.tgz!/web/values.yaml:2:8  info  Values "))
    let write = try await run(["files", ".", "--write"], in: folder)
    #expect(write.status == 0)
    #expect(
      write.stderr.contains(
        "web-1.0.0.tgz!/web/values.yaml:2:8: k8s.gcr.io/pause:3.9: it lies in a packaged chart"))
  }

  private func repository() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try await git(["init", "-q", "-b", "main"], in: folder)
    try folder.write(Self.pod, to: "deploy/pod.yaml")
    try folder.write("image: k8s.gcr.io/b:1\n", to: "skipped/b.yaml")
    try folder.write("skipped/\n", to: ".gcrreportignore")
    // What is committed is read, whatever this says.
    try folder.write("deploy/\n", to: ".gitignore")
    try await git(["add", "-f", "."], in: folder)
    try await git(["commit", "-q", "-m", "x"], in: folder)
    try await git(["rm", "-rq", "deploy"], in: folder)
    try await git(["commit", "-q", "-m", "y"], in: folder)
    return folder
  }

  @Test func aRevision() async throws {
    let folder = try await repository()
    let report = try await run(["files", "--git", "HEAD~1", "."], in: folder)
    #expect(report.stdout.hasPrefix("FILES HEAD~1:. · 3 files · 1 image use"))
    #expect(report.stdout.contains("deploy/pod.yaml:6:23  info  Pod/p"))
    let below = try await run(["files", "--git", "HEAD~1", "deploy/pod.yaml"], in: folder)
    #expect(below.stdout.contains("deploy/pod.yaml:6:23  info  Pod/p"))
    let diff = try await run(["files", "--git", "HEAD~1", "deploy", "--diff"], in: folder)
    #expect(diff.stdout.contains("+  - {name: a, image: \"registry.k8s.io/pause:3.9\"}\n"))
    #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/deploy"))
  }

  @Test func aRevisionThatCannotBeRead() async throws {
    let folder = try await repository()
    let cases: [(arguments: [String], status: Int32, words: String)] = [
      (["--git", "nope", "."], 1, "the repository of \".\" has no revision \"nope\""),
      (["--git=--output=x", "."], 2, "invalid value \"--output=x\" for \"--git\""),
      (["--git", "HEAD", "deploy"], 1, "\"deploy\": no such file or folder in HEAD"),
      (["--git", "HEAD", "../.."], 1, "is in no git repository that can be read"),
      (["--git", "HEAD", ".", "--write"], 2, "\"--git\" and \"--write\" contradict each other"),
      (["--git", "HEAD", "-"], 2, "\"--git\" and \"-\" contradict each other"),
    ]
    for test in cases {
      let result = try await run(["files"] + test.arguments, in: folder)
      #expect(result.status == test.status, "\(test.arguments)")
      #expect(result.stderr.contains(test.words), "\(result.stderr)")
    }
  }

  /// A repository's configuration may name programs; none of them is run.
  @Test func aRevisionRunsNothing() async throws {
    let folder = try await repository()
    let trap = try folder.write("#!/bin/sh\ntouch \"$HOME/ran\"\ncat\n", to: "trap", mode: 0o700)
    try folder.write("*.yaml filter=trap diff=trap\n", to: ".git/info/attributes")
    for setting in [
      "core.fsmonitor", "filter.trap.smudge", "filter.trap.clean", "diff.trap.textconv",
      "core.pager", "core.sshCommand", "uploadpack.packObjectsHook",
    ] {
      try await git(["config", setting, trap.path], in: folder)
    }
    let report = try await run(["files", "--git", "HEAD~1", ".", "--diff"], in: folder)
    #expect(report.status == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/ran"))
  }

  @Test func toAMirrorWithAList() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.pod, to: "pod.yaml")
    try folder.write(
      "image:\n  registry: k8s.gcr.io\n  repository: coredns/coredns\n  tag: v1.8.6\n",
      to: "values.yaml")
    let first = try await run(
      ["files", ".", "--write", "--to", "mirror.example/k8s", "--lock", "images.tsv"], in: folder)
    #expect(first.status == 0, "\(first.stderr)")
    #expect(
      try folder.text("pod.yaml")
        == Self.pod.replacing(
          "k8s.gcr.io/pause", with: "mirror.example/k8s/registry.k8s.io/pause"))
    #expect(
      try folder.text("values.yaml") == """
        image:
          registry: mirror.example
          repository: k8s/registry.k8s.io/coredns/coredns
          tag: v1.8.6

        """)
    let lock = """
      old\tnew\tdigest
      k8s.gcr.io/coredns/coredns:v1.8.6\tmirror.example/k8s/registry.k8s.io/coredns/coredns:v1.8.6\t
      k8s.gcr.io/pause:3.9\tmirror.example/k8s/registry.k8s.io/pause:3.9\t

      """
    #expect(try folder.text("images.tsv") == lock)
    let second = try await run(
      ["files", ".", "--write", "--to", "mirror.example/k8s", "--lock", "images.tsv"], in: folder)
    // The list itself names old images, and is no finding.
    #expect(second.stderr == "changed 0 places in 0 files; 0 references left to you\n")
    #expect(try folder.text("images.tsv") == lock)
  }

  @Test func whatTheListMayNotReplace() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.pod, to: "pod.yaml")
    let result = try await run(
      ["files", "pod.yaml", "--diff", "--lock", "pod.yaml"], in: folder)
    #expect(result.status == 1)
    #expect(result.stderr.contains("\"pod.yaml\" is not written: its line 1 is no line of such"))
    #expect(try folder.text("pod.yaml") == Self.pod)
    let alone = try await run(["files", "pod.yaml", "--lock", "x"], in: folder)
    #expect(alone.status == 2)
    let wrong = try await run(["files", "pod.yaml", "--diff", "--to", "acme"], in: folder)
    #expect(wrong.status == 2)
    #expect(wrong.stderr.contains("expected a registry, with a path or without"))
  }

  @Test func throughAKustomization() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.pod, to: "base/pod.yaml")
    try folder.write("resources:\n- pod.yaml\n", to: "base/kustomization.yaml")
    try folder.write(Self.pod, to: "alone/pod.yaml")
    try folder.write("image: k8s.gcr.io/pause:3.9\n", to: "base/values.yaml")
    let arguments = ["files", ".", "--write", "--via", "kustomize"]
    let first = try await run(arguments, in: folder)
    #expect(first.status == 0, "\(first.stderr)")
    #expect(first.stderr.hasPrefix("changed base/kustomization.yaml: 1 place\n"))
    #expect(try folder.text("base/pod.yaml") == Self.pod)
    let kustomization = """
      resources:
      - pod.yaml
      images:
      - name: k8s.gcr.io/pause
        newName: registry.k8s.io/pause

      """
    #expect(try folder.text("base/kustomization.yaml") == kustomization)
    #expect(first.stderr.contains("alone/pod.yaml:6:23: k8s.gcr.io/pause:3.9: no kustomization in"))
    #expect(first.stderr.contains("base/values.yaml:1:8: k8s.gcr.io/pause:3.9: kustomize sets the"))
    let second = try await run(arguments, in: folder)
    #expect(second.stderr.hasPrefix("changed 0 places in 0 files; 2 references left to you\n"))
    #expect(try folder.text("base/kustomization.yaml") == kustomization)
  }

  /// What builds upon a kustomization finds images by the names that it gives them.
  @Test func kustomizationsThatFindTheSameName() async throws {
    let folder = try TemporaryFolder()
    for name in ["one", "two", "three"] {
      try folder.write(Self.pod, to: "\(name)/pod.yaml")
      try folder.write("resources:\n- pod.yaml\n", to: "\(name)/kustomization.yaml")
    }
    let over = "resources: [../one]\nimages:\n- name: k8s.gcr.io/pause\n  newTag: '3.2'\n"
    try folder.write(over, to: "over/kustomization.yaml")
    let arguments = ["files", ".", "--write", "--via", "kustomize"]
    let first = try await run(arguments, in: folder)
    #expect(
      first.stderr.hasPrefix(
        "changed over/kustomization.yaml: 1 place\nchanged three/kustomization.yaml: 1 place\n"
          + "changed two/kustomization.yaml: 1 place\nchanged 3 places in 3 files; 1 reference"))
    #expect(first.stderr.contains("one/pod.yaml:6:23: k8s.gcr.io/pause:3.9: over/kustomization"))
    #expect(try folder.text("over/kustomization.yaml").contains("newName: registry.k8s.io"))
    let second = try await run(arguments, in: folder)
    #expect(second.stderr.hasPrefix("changed 0 places in 0 files; 1 reference left to you\n"))
  }

  @Test func aCommentAtAnAnchorIsOne() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "a:\n  image: &i k8s.gcr.io/a:1 # gcr-report: ignore k8s-gcr-io known\nb:\n  image: *i\n"
        + "c:\n  image: *i\n", to: "values.yaml")
    let result = try await run(["files", "."], in: folder)
    #expect(result.stdout.contains("IGNORED       1 finding · values.yaml:2 k8s-gcr-io: known\n"))
  }
}
