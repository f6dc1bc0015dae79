import Foundation
import TemporaryFolder
import Testing

/// `mirror` from the binary's arguments to its plan and files.
@Suite struct MirrorTests {
  private static let target = ["--to", "registry.corp.example/mirror"]
  private static let pin =
    "registry.corp.example/busybox@sha256:" + String(repeating: "5", count: 64)

  private static let choices: [[String]] = [
    [], target, target + ["--tool", "crane"], target + ["--tool", "regctl", "--risk", "high"],
    target + ["--tool", "oras", "-n", "kube-system"], target + ["--tool", "skopeo-sync"],
    ["--runtime", "containerd,cri-o,k3s"],
    target + ["--daemonset", "--daemonset-image", pin],
  ]

  /// The same from a report as from the cluster: one document, and a folder.
  @Test(arguments: choices, [TestClusterOptions.Population.recorded, .second])
  func aReportIsAsGoodAsAScan(
    choice: [String], population: TestClusterOptions.Population
  ) async throws {
    let documents = try await GeneratedDocuments(population)
    try await documents.scan()
    let live = try await documents.run(["mirror"] + choice)
    #expect(live.status == 0)
    #expect(live.stdout.hasPrefix("# Mirror\n\nFor `test`, judged as of "))
    let read = try await documents.runAlone(["mirror", "--from", "report.json"] + choice)
    #expect(read.status == 0)
    #expect(read.stdout == live.stdout)
    #expect(read.stderr == live.stderr)
    #expect(try await documents.run(["mirror", "--output-dir", "live"] + choice).status == 0)
    let report = ["mirror", "--from", "report.json", "--output-dir", "read"]
    #expect(try await documents.runAlone(report + choice).status == 0)
    let files = try documents.files("live")
    #expect(try documents.files("read") == files)
    #expect(files["README.md"] != nil)
    #expect((files["copy.sh"] != nil) == choice.contains("--to") || choice.contains("skopeo-sync"))
    #expect((files.keys.contains { $0.contains("daemonset") }) == choice.contains("--daemonset"))
  }

  @Test func theFolderIsTreatedWithCare() async throws {
    let documents = try await GeneratedDocuments()
    let files = try await documents.expectCareOfAFolder(
      ["mirror"] + Self.target, changed: "copy.sh")
    #expect(documents.isExecutable("out/copy.sh"))
    #expect(!documents.isExecutable("out/README.md"))
    // The nodes of the cluster run four releases of containerd, and CRI-O.
    #expect(
      Set(files.keys.filter { $0.hasPrefix("nodes/") }.compactMap { $0.split(separator: "/")[1] })
        == ["containerd-1.4", "containerd-1.5", "containerd-2.0", "containerd-2.1", "cri-o"])
    let hosts = try #require(files["nodes/containerd-2.1/certs.d/k8s.gcr.io/hosts.toml"])
    #expect(hosts.contains("registry.corp.example/v2/mirror/k8s.gcr.io"))
  }

  /// What a rule finds fault with and a container may pull is copied.
  @Test func whatIsCopiedIsWhatTheScanFound() async throws {
    let documents = try await GeneratedDocuments()
    let report = try await SharedClusters.shared.report(.init(arguments: ["-o", "json"])).cluster
    let folder = ["mirror", "--output-dir", "out"] + Self.target
    #expect(try await documents.run(folder).status == 0)
    let script = try #require(try documents.files("out")["copy.sh"])
    let found = report.findings.filter { $0.kind == "registry" && $0.counts && $0.isInPodSpec }
    var names: Set<String> = []
    for image in found.map(\.image) {
      let registry = try #require(image.registry)
      names.insert("\(registry)/\(try #require(image.repository))")
    }
    #expect(names.count > 50)
    for name in names { #expect(script.contains(name), "\(name)") }
  }

  // MARK: What could not be read

  @Test func nodesThatMayNotBeListed() async throws {
    let documents = try await GeneratedDocuments(.recorded, .current, .token("partial-token"))
    let result = try await documents.run(["mirror"] + Self.target)
    #expect(result.status == 0)
    #expect(result.stdout.contains("\n## Not read\n"))
    for gap in ["configmaps in 5 namespaces", "events", "nodes"] {
      #expect(result.stdout.contains("- `test`: \(gap) (forbidden)"), "\(gap)")
    }
    #expect(
      result.stdout.contains(
        "its nodes were not read, so which runtimes run there is unknown and no configuration is"
          + " written for them; `--runtime` asks for one by name"))
    #expect(!result.stdout.contains("hosts.toml"))
    let named = try await documents.run(["mirror", "--runtime", "containerd"] + Self.target)
    #expect(named.stdout.contains("hosts.toml"))
    // The report of such a user tells the same.
    try await documents.scan()
    let read = try await documents.runAlone(["mirror", "--from", "report.json"] + Self.target)
    #expect(read.stdout == result.stdout)
    for (flags, status) in [(["--require-complete"], Int32(4)), (["--exit-zero"], 0)] {
      let strict = try await documents.run(["mirror", "--require-complete"] + flags)
      #expect(strict.status == status)
    }
  }

  @Test func onlyPodsOfOneNamespace() async throws {
    let documents = try await GeneratedDocuments(.recorded, .current, .token("limited-token"))
    let result = try await documents.run(["mirror", "-n", "team-a"] + Self.target)
    #expect(result.status == 0)
    for kind in LimitedRightsTests.kinds where kind != "pods" {
      #expect(result.stdout.contains("- `test`: \(kind) in team-a (forbidden)"), "\(kind)")
    }
    #expect(result.stdout.contains("What was not read may need images and nodes"))
    let folder = ["mirror", "-n", "team-a", "--output-dir", "out"] + Self.target
    #expect(try await documents.run(folder).status == 0)
    let readme = try #require(try documents.files("out")["README.md"])
    #expect(readme.contains("\n## Not read\n"))
  }

  @Test func nothingAtAll() async throws {
    let documents = try await GeneratedDocuments(.recorded, .current, .token("nobody-token"))
    let result = try await documents.run(["mirror", "--output-dir", "out"] + Self.target)
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(result.stderr.hasPrefix("error: server \""))
    #expect(result.stderr.contains("forbids it (403)"))
    #expect(!FileManager.default.fileExists(atPath: documents.folder.url.path + "/out"))
  }

  /// A cluster of several in a report that could not be read is named, and the status is a sweep's.
  @Test func aClusterThatWasNotRead() async throws {
    let documents = try await GeneratedDocuments(.recorded, .current, .token("worthless"))
    #expect(try await documents.run("-o", "json=report.json").status == 1)
    let result = try await documents.runAlone(["mirror", "--from", "report.json"])
    #expect(result.status == 1)
    #expect(result.stdout.contains("- `test`: `the whole cluster: server \""))
  }

  // MARK: Mistakes

  @Test(
    arguments: [
      (["--tool", "docker"], "invalid value \"docker\" for \"--tool\""),
      (["--tool", "crane"], "\"--tool\" does nothing without --to"),
      (["--all-images"], "\"--all-images\" does nothing without --to"),
      (["--overwrite"], "\"--overwrite\" does nothing without --output-dir"),
      (["--daemonset"], "\"--daemonset\" does nothing without --daemonset-image"),
      (["--daemonset-image", pin], "\"--daemonset-image\" does nothing without --daemonset"),
      (["--to", "https://r.example"], "invalid value \"https://r.example\" for \"--to\""),
      (["--runtime", "contanerd"], "did you mean \"containerd\"?"),
      (["--from", "none.json"], "report \"none.json\": cannot be read: no such file"),
      (["--from", "x.json", "--context", "test"], "\"--from\" and \"--context\" contradict"),
      (["extra"], "unexpected argument \"extra\" after \"mirror\""),
    ] as [([String], String)])
  func mistakes(arguments: [String], error: String) async throws {
    let documents = try await GeneratedDocuments()
    let result = try await documents.run(["mirror"] + arguments)
    #expect(result.status == 2)
    #expect(result.stdout == "")
    #expect(result.stderr.hasPrefix("error: "))
    #expect(result.stderr.contains(error), "\(result.stderr)")
    #expect(result.stderr.hasSuffix("\nsee \"kubectl gcr-report help mirror\" for usage\n"))
  }
}
