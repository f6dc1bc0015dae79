import Foundation
import TemporaryFolder
import Testing
import YAMLDocuments

/// `schedule`: the manifests, and that their role holds what a scan asks for and nothing else.
@Suite struct ScheduleTests {
  private static let flags = [
    "schedule", "--every", "0 6 * * *", "--image", "registry.example.com/gcr-report:1",
  ]

  /// The manifests of a cluster, as objects by kind.
  private func manifests(
    _ arguments: [String], kubeconfig: URL? = nil
  ) async throws -> (text: String, objects: [String: YAMLNode]) {
    let result = try await BinaryUnderTest().run(Self.flags + arguments, kubeconfig: kubeconfig)
    #expect(result.status == 0)
    #expect(result.stderr == "")
    let documents = try YAMLDocuments.load(Array(result.stdout.utf8))
    return (
      result.stdout,
      Dictionary(uniqueKeysWithValues: documents.map { ($0["kind"]?.string ?? "", $0) })
    )
  }

  private func container(_ objects: [String: YAMLNode]) throws -> YAMLNode {
    let template = objects["CronJob"]?["spec"]?["jobTemplate"]?["spec"]?["template"]
    return try #require(template?["spec"]?["containers"]?.sequence?.first)
  }

  @Test func theDocumentedRole() async throws {
    let (text, _) = try await manifests(["--offline", "--namespace", "ops"])
    try Golden.expect(text, "schedule-offline.yaml")
  }

  @Test func everythingAtOnce() async throws {
    let folder = try TemporaryFolder()
    let rules = try folder.write(
      try await BinaryUnderTest().run("rules", "--export").stdout, to: "my.yaml")
    let (_, objects) = try await manifests([
      "--offline", "--namespace", "ops", "--create-namespace", "--name", "nightly", "--keep", "7",
      "--time-zone", "Europe/Berlin", "--claim", "reports", "--helm", "--configmaps",
      "--exclude-namespaces", "kube-*,$(X)", "--fail-on", "high", "--team-label", "a: b #c",
      "--cluster-name", "prod \"eu\"", "--include", "history", "--rules", rules.path,
      "--exclude-kinds", "Widget", "--all-images", "--require-complete", "--max-namespaces", "9",
    ])
    #expect(
      Set(objects.keys) == [
        "Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "ConfigMap", "CronJob",
      ])
    let arguments = try container(objects)["args"]?.sequence?.compactMap(\.string)
    #expect(
      arguments == [
        "scan", "--output=csv=/reports/nightly-%dT%t.csv",
        "--output=json=/reports/nightly-%dT%t.json", "--output=prometheus=/reports/nightly.prom",
        "--lock=/reports/.nightly.lock", "--cluster-timeout=50m", "--log-format=json",
        "--cache-dir=/tmp/cache",
        "--keep=7", "--helm", "--configmaps", "--all-images", "--require-complete",
        "--exclude-kinds=Widget", "--exclude-namespaces=kube-*,$$(X)", "--team-label=a: b #c",
        "--cluster-name=prod \"eu\"", "--max-namespaces=9", "--include=history",
        "--fail-on=high", "--rules=/etc/gcr-report/rules.yaml",
      ])
    let job = objects["CronJob"]?["spec"]?["jobTemplate"]?["spec"]
    #expect(job?["backoffLimit"]?.int == 0)
    let rights = try GrantedRule.read(roles(objects))
    let names = Set(rights.flatMap(\.names))
    #expect(names.isSuperset(of: ["secrets", "configmaps", "controllerrevisions.apps"]))
  }

  /// Secrets and all ConfigMaps only for who asks for them.
  @Test func nothingWithoutItsFlag() async throws {
    let (text, objects) = try await manifests(["--offline"])
    let rules = try GrantedRule.read(roles(objects))
    #expect(!text.contains("secrets"))
    #expect(rules.allSatisfy { !$0.groups.contains("*") && !$0.resources.contains("*") })
    #expect(rules.allSatisfy { $0.verbs == ($0.resourceNames.isEmpty ? ["list"] : ["get"]) })
    let configMaps = rules.filter { $0.resources == ["configmaps"] }
    #expect(configMaps.count == 1 && configMaps.allSatisfy { $0.resourceNames.count == 7 })
    let alone = try await manifests(["--offline", "--no-custom-resources"])
    let groups = try GrantedRule.read(roles(alone.objects)).flatMap(\.groups)
    #expect(!groups.contains("argoproj.io"))
  }

  // MARK: The role is just enough

  /// The role and its binding as text, for `GrantedRule`.
  private func roles(_ objects: [String: YAMLNode]) -> String {
    var text = ""
    for kind in ["ClusterRole", "ClusterRoleBinding"] {
      guard let node = objects[kind] else { continue }
      if !text.isEmpty { text += "---\n" }
      text += YAMLWriter.text(Self.tree(node))
    }
    return text
  }

  private static func tree(_ node: YAMLNode) -> YAMLTree {
    if let items = node.sequence { return .sequence(items.map(tree)) }
    if let pairs = node.mapping {
      return .mapping(
        pairs.map { YAMLTreePair(key: $0.key.scalar?.text ?? "", value: tree($0.value)) })
    }
    return .string(node.scalar?.text ?? "")
  }

  /// One right: a verb on a resource, or on an object.
  private struct Right: Hashable {
    let group: String
    let resource: String
    let verb: String
    let object: String?

    var name: String {
      (group.isEmpty ? resource : "\(resource).\(group)") + (object.map { "/\($0)" } ?? "")
    }

    static func all(_ rules: [GrantedRule]) -> [Right] {
      rules.flatMap { rule in
        rule.groups.flatMap { group in
          rule.resources.flatMap { resource in
            rule.verbs.flatMap { verb -> [Right] in
              let objects: [String?] =
                rule.resourceNames.isEmpty ? [nil] : rule.resourceNames.map { $0 }
              return objects.map {
                Right(group: group, resource: resource, verb: verb, object: $0)
              }
            }
          }
        }
      }
    }
  }

  private struct User: Encodable {
    struct Rule: Encodable {
      var namespaces = ["*"]
      var apiGroups: [String]
      var resources: [String]
      var resourceNames: [String]?
      var verbs: [String]
    }

    var tokens: [String]
    var rules: [Rule]

    init(token: String, rights: [Right]) {
      tokens = [token]
      rules = rights.map {
        Rule(
          apiGroups: [$0.group], resources: [$0.resource], resourceNames: $0.object.map { [$0] },
          verbs: [$0.verb])
      }
    }
  }

  /// Objects that the test cluster has no namespace for, so that nobody asks for them; and what
  /// would only tell that no kind of it has an API server of its own.
  private static let unasked: Set<String> = [
    "apiservices.apiregistration.k8s.io",
    "configmaps/config-defaults", "configmaps/config-deployment",
    "configmaps/inferenceservice-config", "configmaps/linkerd-config",
    "configmaps/workflow-controller-configmap", "configmaps/istio-sidecar-injector",
  ]

  /// With the whole role the ledger is clean; with any right less, every form of the report says
  /// that something was not read.
  @Test(arguments: [[], ["--helm", "--configmaps", "--include", "history"]])
  func theRoleIsJustEnough(arguments: [String]) async throws {
    let administrator = try await FaultScan()
    let (_, objects) = try await manifests(
      arguments, kubeconfig: administrator.kubeconfig.url)
    let rights = Right.all(try GrantedRule.read(roles(objects)))
    #expect(rights.count > 25)

    let folder = try TemporaryFolder()
    var users = ["all": User(token: "token-all", rights: rights)]
    for (number, right) in rights.enumerated() {
      users["without-\(number)"] = User(
        token: "token-\(number)", rights: rights.filter { $0 != right })
    }
    var options = TestClusterOptions()
    options.rights = try folder.write(
      String(decoding: try JSONEncoder().encode(users), as: UTF8.self), to: "rights.json")
    let server = try await TestClusterProcess.start(options)
    let binary = try BinaryUnderTest()

    let whole = try await scan(arguments, token: "token-all", server, binary)
    // One release of the cluster is broken, whoever reads it.
    #expect(whole.gaps.filter { $0.resource != "helm releases" } == [])
    #expect(whole.forbiddenRows == 0 && whole.forbiddenMetric == 0)
    #expect(try await server.log().allSatisfy { $0.status != 403 })

    var silent: Set<String> = []
    // A few at a time.
    for first in stride(from: 0, to: rights.count, by: 4) {
      let numbers = first..<min(first + 4, rights.count)
      let outcomes = try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
        for number in numbers {
          group.addTask {
            let token = "token-\(number)"
            return (number, try await self.scan(arguments, token: token, server, binary))
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for (number, less) in outcomes {
        let name = rights[number].name
        guard less.gaps.contains(where: { $0.state == "forbidden" }) else {
          silent.insert(name)
          continue
        }
        #expect(less.result.status == 4, "\(name)")
        #expect(less.forbiddenRows > 0, "\(name)")
        #expect(less.forbiddenMetric > 0, "\(name)")
      }
    }
    #expect(silent.isSubset(of: Self.unasked), "\(silent.sorted())")
  }

  private struct Outcome {
    var result: ProcessResult
    /// Of JSON.
    var gaps: [ScanReport.Coverage]
    /// Of CSV.
    var forbiddenRows: Int
    /// Of `gcr_report_coverage_gaps`.
    var forbiddenMetric: Int
  }

  private func scan(
    _ arguments: [String], token: String, _ server: TestClusterProcess, _ binary: BinaryUnderTest
  ) async throws -> Outcome {
    let config = try KubeconfigFixture(server, .token(token))
    let folder = try TemporaryFolder()
    let result = try await binary.run(
      [
        "scan", "-o", "json", "-o", "csv=r.csv", "-o", "prometheus=r.prom", "--require-complete",
      ] + arguments, kubeconfig: config.url, folder: folder.url)
    let report = try ScanReport(result)
    let rows = CSVText.records(
      try folder.text("r.csv"))
    let metrics = try folder.text("r.prom")
    let gaps = metrics.split(separator: "\n")
      .filter { $0.hasPrefix("gcr_report_coverage_gaps{") && $0.contains("state=\"forbidden\"") }
      .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
    return Outcome(
      result: result, gaps: report.gaps, forbiddenRows: rows.count { $0.contains("forbidden") },
      forbiddenMetric: gaps.reduce(0, +))
  }

  // MARK: Which cluster

  @Test func withoutAClusterItSaysSo() async throws {
    let result = try await BinaryUnderTest().run(Self.flags)
    #expect(result.status == 0)
    #expect(
      result.stderr.hasPrefix(
        "warning: no cluster could be asked which kinds it has (no kubeconfig"))
    let named = try await BinaryUnderTest().run(Self.flags + ["--context", "none"])
    #expect(named.status == 1)
    #expect(named.stdout == "")
  }

  /// Discovery and schemas, and the namespaces that tell Istio's revisions; no other list of what is
  /// in the cluster.
  @Test func itAsksForNoObjects() async throws {
    let scan = try await FaultScan()
    _ = try await scan.run(Self.flags)
    let lists = Set(try await scan.server.log().compactMap(\.list))
    #expect(lists == ["apiservices.apiregistration.k8s.io", "namespaces"])
  }

  @Test func theContextsNamespaceIsTheirs() async throws {
    let scan = try await FaultScan(namespace: "team-a")
    let (_, objects) = try await manifests([], kubeconfig: scan.kubeconfig.url)
    for kind in ["ServiceAccount", "PersistentVolumeClaim", "CronJob"] {
      #expect(objects[kind]?["metadata"]?["namespace"]?.string == "team-a")
    }
  }

  // MARK: Usage

  @Test(arguments: [
    ([], "error: \"schedule\" needs \"--every CRON\", for example --every '0 6 * * *'"),
    (
      ["--every", "@daily"],
      "error: \"schedule\" needs \"--image IMAGE\", for example --image"
        + " registry.example.com/gcr-report:"
    ),
    (
      ["--every", "61 * * * *", "--image", "a:1"],
      "error: invalid value \"61 * * * *\" for \"--every\"; expected minutes from 0 to 59, not \"61\""
    ),
    (
      ["--every", "@daily", "--image", "k8s.gcr.io/x:1"],
      "error: invalid value \"k8s.gcr.io/x:1\" for \"--image\"; expected a registry that is not"
        + " itself at risk; k8s.gcr.io is frozen (see \"kubectl gcr-report rules k8s-gcr-io\")"
    ),
    (
      ["--every", "@daily", "--image", "registry.example.com:5000/x"],
      "error: invalid value \"registry.example.com:5000/x\" for \"--image\"; expected a tag or digest"
        + " after it, so that the scan changes only when you change it"
    ),
    (
      ["--every", "@daily", "--image", "A B"],
      "error: invalid value \"A B\" for \"--image\"; expected an image reference"
    ),
    (
      ["--every", "@daily", "--image", "a:1", "--name", "x: y"],
      "error: invalid value \"x: y\" for \"--name\"; expected a name of at most 52"
    ),
    (
      ["--every", "@daily", "--image", "a:1", "--create-namespace"],
      "error: \"--create-namespace\" does nothing without --namespace"
    ),
    (
      ["--every", "@daily", "--image", "a:1", "--claim", "x", "--storage", "1Gi"],
      "error: \"--claim\" and \"--storage\" contradict each other; expected one of them"
    ),
    (
      ["--every", "@daily", "--image", "a:1", "--contexts", "x"],
      "error: flag \"--contexts\" does not apply to \"schedule\"; it belongs to scan"
    ),
  ])
  func wrongFlags(arguments: [String], message: String) async throws {
    let result = try await BinaryUnderTest().run(["schedule"] + arguments)
    #expect(result.status == 2)
    #expect(result.stdout == "")
    #expect(result.stderr.hasPrefix(message), "\(result.stderr)")
  }
}
