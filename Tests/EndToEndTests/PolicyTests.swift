import Foundation
import Testing
import YAMLDocuments

/// `policy` from the binary's arguments to its objects, files and rehearsal.
@Suite struct PolicyTests {
  private static func kinds(_ text: String) throws -> [String] {
    try YAMLDocuments.load(Array(text.utf8)).map { $0["kind"]?.string ?? "" }
  }

  // MARK: Documents

  /// What the server has decides, in a scan and in a report alike.
  @Test(arguments: [
    TestClusterOptions.Profile.current, .v1_24, .v1_20, .v1_16,
  ])
  func theServerDecides(profile: TestClusterOptions.Profile) async throws {
    let documents = try await GeneratedDocuments(.recorded, profile)
    try await documents.scan()
    let live = try await documents.run("policy")
    let read = try await documents.runAlone(["policy", "--from", "report.json"])
    #expect(read.status == live.status)
    #expect(read.stdout == live.stdout)
    guard profile == .current else {
      // Older than ValidatingAdmissionPolicy, and no engine is installed.
      #expect(live.status == 2)
      #expect(live.stdout == "")
      #expect(live.stderr.contains(" has no ValidatingAdmissionPolicy (since 1.30)"))
      #expect(live.stderr.contains("name the engine with --for"))
      return
    }
    #expect(live.status == 0)
    #expect(
      live.stderr
        == "ValidatingAdmissionPolicy: the server is v1.36.2 and neither Kyverno nor Gatekeeper is"
        + " installed; --for names another\n")
    #expect(read.stderr == "")
    let kinds = try Self.kinds(live.stdout)
    #expect(kinds.count > 3)
    #expect(
      Set(kinds) == ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"])
  }

  @Test(
    arguments: [
      ("vap", ["audit", "warn", "deny"], "ValidatingAdmissionPolicy"),
      ("map", ["rewrite"], "MutatingAdmissionPolicy"),
      ("kyverno", ["audit", "warn", "deny"], "ClusterPolicy"),
      ("kyverno-cel", ["audit", "warn", "deny"], "ValidatingPolicy"),
      ("gatekeeper", ["audit", "warn", "deny"], "ConstraintTemplate"),
    ] as [(String, [String], String)])
  func everyEngineAndStep(engine: String, actions: [String], kind: String) async throws {
    let documents = try await GeneratedDocuments()
    var texts: Set<String> = []
    for action in actions {
      // No cluster is asked where the engine is named.
      let result = try await documents.runAlone(["policy", "--for", engine, "--action", action])
      #expect(result.status == 0, "\(result.stderr)")
      #expect(result.stderr == "")
      #expect(try Self.kinds(result.stdout).contains(kind))
      texts.insert(result.stdout)
    }
    #expect(texts.count == actions.count)
  }

  @Test(arguments: [[], ["--for", "kyverno"], ["--for", "gatekeeper"], ["--for", "map"]])
  func theFolderIsTreatedWithCare(engine: [String]) async throws {
    let documents = try await GeneratedDocuments()
    let probe = try await documents.run(["policy", "--output-dir", "probe"] + engine)
    #expect(probe.status == 0)
    let step = try #require(try documents.files("probe").keys.sorted().first)
    let files = try await documents.expectCareOfAFolder(["policy"] + engine, changed: step)
    for (name, text) in files where name.hasSuffix(".yaml") {
      #expect(try !Self.kinds(text).isEmpty, "\(name)")
    }
    #expect(files.keys.contains { $0.hasSuffix(".yaml") })
  }

  @Test func aFolderFromAReport() async throws {
    let documents = try await GeneratedDocuments()
    try await documents.scan()
    #expect(try await documents.run("policy", "--output-dir", "live").status == 0)
    let read = ["policy", "--from", "report.json", "--output-dir", "read"]
    #expect(try await documents.runAlone(read).status == 0)
    #expect(try documents.files("live") == documents.files("read"))
  }

  // MARK: Rehearsal

  private static let rehearsals: [[String]] = [
    [], ["--action", "deny"], ["--for", "map"], ["--for", "kyverno-cel", "--action", "rewrite"],
    ["--include-owned"], ["-n", "kube-system"], ["--rule", "k8s-gcr-io"], ["--risk", "high"],
  ]

  /// The same from a report as from the cluster, as a table and as JSON. A report that does not
  /// list its history cannot say how much of it a filter leaves.
  @Test(arguments: rehearsals, [TestClusterOptions.Population.recorded, .second])
  func aReportIsAsGoodAsAScan(
    choice: [String], population: TestClusterOptions.Population
  ) async throws {
    let documents = try await GeneratedDocuments(population)
    try await documents.scan()
    let isFiltered = ["-n", "--rule", "--risk"].contains(choice.first)
    for form in ["table", "json"] {
      let arguments = ["policy", "--rehearse", "-o", form] + choice
      let live = try await documents.run(arguments)
      #expect(live.status == 0)
      #expect(live.stdout.contains("test"))
      let read = try await documents.runAlone(arguments + ["--from", "report.json"])
      #expect(read.status == 0)
      #expect(read.stderr == live.stderr)
      guard isFiltered else {
        #expect(read.stdout == live.stdout)
        continue
      }
      #expect(Self.withoutHistory(read.stdout) == Self.withoutHistory(live.stdout))
      #expect(!read.stdout.contains(" of old revisions"))
      #expect(read.stdout.contains(form == "json" ? "\"pastUses\": null" : " · old revisions and"))
    }
  }

  private static func withoutHistory(_ text: String) -> [String] {
    text.components(separatedBy: "\n").filter { !$0.contains("\"pastUses\"") }.map { line in
      line.hasSuffix("old revisions and ended work left out")
        ? line.components(separatedBy: " · ").dropLast().joined(separator: " · ") : line
    }
  }

  /// What would be denied stands in the findings, with the same image, workload and rule.
  @Test func whatIsDeniedIsWhatTheScanFound() async throws {
    let documents = try await GeneratedDocuments()
    let report = try await SharedClusters.shared.report(.init(arguments: ["-o", "json"])).cluster
    let result = try await documents.run(
      "policy", "--rehearse", "--action", "deny", "--rule", "k8s-gcr-io", "-o", "json")
    let document = try #require(
      try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
    let cluster = try #require((document["clusters"] as? [[String: Any]])?.first)
    let uses = try #require(cluster["uses"] as? [[String: Any]])
    let kinds = ["Deployment", "StatefulSet", "DaemonSet", "CronJob"]
    let denied = Set(
      uses.filter { $0["effect"] as? String == "denied" }.compactMap { use -> [String]? in
        guard let kind = use["workloadKind"] as? String, kinds.contains(kind) else { return nil }
        return ["namespace", "workloadKind", "workloadName", "path", "image"].map {
          use[$0] as? String ?? ""
        }
      })
    let found = report.findings.filter {
      $0.rule == "k8s-gcr-io" && $0.counts && $0.isInPodSpec && $0.origin.kind != "injected"
        && kinds.contains($0.workload.kind)
    }
    let expected = Set(
      found.map {
        [$0.workload.namespace, $0.workload.kind, $0.workload.name, $0.path, $0.image.text]
      })
    #expect(expected.count > 20)
    #expect(denied == expected)
  }

  // MARK: What could not be read

  @Test func whatIsForbiddenIsSaid() async throws {
    let documents = try await GeneratedDocuments(.recorded, .current, .token("partial-token"))
    let table = try await documents.run("policy", "--rehearse")
    #expect(table.status == 0)
    #expect(
      table.stdout.contains(
        "\nNOT READ · configmaps in 5 namespaces (forbidden) · events (forbidden) · nodes"
          + " (forbidden): cache state unknown\n"))
    try await documents.scan()
    let read = try await documents.runAlone(["policy", "--rehearse", "--from", "report.json"])
    #expect(read.stdout == table.stdout)
    let strict = try await documents.run("policy", "--rehearse", "--require-complete")
    #expect(strict.status == 4)
    #expect(strict.stdout == table.stdout)
    let lenient = try await documents.run(
      "policy", "--rehearse", "--require-complete", "--exit-zero")
    #expect(lenient.status == 0)
    // The objects themselves need no right to read anything but what the server is.
    #expect(try await documents.run("policy").status == 0)
  }

  @Test func onlyPodsOfOneNamespace() async throws {
    let documents = try await GeneratedDocuments(.recorded, .current, .token("limited-token"))
    let result = try await documents.run("policy", "--rehearse", "-n", "team-a", "-o", "json")
    #expect(result.status == 0)
    for kind in LimitedRightsTests.kinds where kind != "pods" {
      #expect(result.stdout.contains("\"\(kind) in team-a (forbidden)\""), "\(kind)")
    }
  }

  @Test(arguments: ["nobody-token", "worthless"])
  func nothingAtAll(token: String) async throws {
    let documents = try await GeneratedDocuments(.recorded, .current, .token(token))
    let result = try await documents.run("policy", "--rehearse")
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(result.stderr.hasPrefix("error: server \""))
    // A report of that says so as well, and nothing in it passes for allowed.
    #expect(try await documents.run("-o", "json=report.json").status == 1)
    let read = try await documents.runAlone(["policy", "--rehearse", "--from", "report.json"])
    #expect(read.status == 1)
    #expect(read.stdout.contains("NOT READ"))
    #expect(!read.stdout.contains("Nothing here is judged"))
  }

  // MARK: Mistakes

  @Test(
    arguments: [
      (["--for", "gatekeper"], "did you mean \"gatekeeper\"?"),
      (["--for", "map", "--action", "deny"], "invalid value \"deny\" for \"--action\""),
      (["--overwrite"], "\"--overwrite\" does nothing without --output-dir"),
      (["--rehearse", "--overwrite"], "\"--overwrite\" does nothing without --output-dir"),
      (["--rehearse", "--output-dir", "x"], "\"--rehearse\" and \"--output-dir\" contradict"),
      (["--action", "deny", "--output-dir", "x"], "contradict each other"),
      (["-n", "team-a"], "\"--namespace\" does nothing without --rehearse"),
      (["--for", "vap", "--from", "report.json"], "\"--from\" does nothing without --rehearse"),
      (["--from", "none.json"], "report \"none.json\": cannot be read: no such file"),
      (["--rehearse", "--rule", "k8s-gcr"], "did you mean \"k8s-gcr-io\"?"),
    ] as [([String], String)])
  func mistakes(arguments: [String], error: String) async throws {
    let documents = try await GeneratedDocuments()
    let result = try await documents.run(["policy"] + arguments)
    #expect(result.status == 2)
    #expect(result.stdout == "")
    #expect(result.stderr.contains(error), "\(result.stderr)")
    #expect(result.stderr.hasSuffix("\nsee \"kubectl gcr-report help policy\" for usage\n"))
  }
}
