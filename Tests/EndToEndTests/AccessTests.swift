import Foundation
import TemporaryFolder
import Testing

/// `access` for every user of the test cluster, and the role that it prints.
@Suite struct AccessTests {
  /// One user, and what the table is to say of some rows.
  struct User: CustomTestStringConvertible, Sendable {
    var token: String
    var namespace: String?
    var arguments: [String] = []
    /// RESOURCE to CLUSTER-WIDE and NAMESPACES.
    var rows: [String: [String]]
    /// What the rows that are not named say.
    var others: [String]
    /// Resources in the role, by the namespace of the role; "" for the ClusterRole.
    var missing: [String: Set<String>]
    var testDescription: String { ([token] + arguments).joined(separator: " ") }
  }

  private static let images: Set<String> = [
    "pods", "replicasets.apps", "jobs.batch", "deployments.apps", "statefulsets.apps",
    "daemonsets.apps", "cronjobs.batch", "replicationcontrollers", "podtemplates",
    "events",
  ]
  /// Kinds of custom resources that hold images, or may, in namespaces.
  private static let custom: Set<String> = [
    "clonesets.apps.kruise.io", "cronworkflows.argoproj.io", "rollouts.argoproj.io",
    "workflowtemplates.argoproj.io", "alertmanagers.monitoring.coreos.com",
    "prometheuses.monitoring.coreos.com", "emptykinds.ops.example.com",
    "clusters.postgresql.cnpg.io", "services.serving.knative.dev",
    "sparkapplications.sparkoperator.k8s.io", "tasks.tekton.dev",
  ]
  private static let clusterKinds: Set<String> = ["nodejobs.ops.example.com"]
  private static let apiServices = "apiservices.apiregistration.k8s.io"
  private static let autoscalers: Set<String> = ["horizontalpodautoscalers.autoscaling"]
  private static let configMaps = Set(
    [
      "config-defaults", "config-deployment", "inferenceservice-config",
      "istio-sidecar-injector", "kubeadm-config", "linkerd-config",
      "workflow-controller-configmap",
    ].map { "configmaps/\($0)" })
  private static let wholeCluster = configMaps.union(clusterKinds).union([
    "nodes", "namespaces", "namespaces/kube-system", apiServices,
  ])
  private static let everything = images.union(autoscalers).union(custom).union(wholeCluster)
  private static let none = ["no", "-"]

  static let users = [
    User(
      token: "viewer-token", rows: clusterRows("yes"), others: ["yes", "all"], missing: [:]),
    User(
      token: "partial-token",
      rows: clusterRows("yes")
        .merging(["nodes": none, "events": ["no", "none of 49"]]) { $1 }
        .merging(configMaps.map { ($0, none) }) { $1 },
      others: ["yes", "all"], missing: ["": configMaps.union(["nodes", "events"])]),
    User(
      token: "limited-token", namespace: "team-a",
      rows: clusterRows("no").merging([
        "pods": ["no", "1 of 1 known: team-a"]
      ]) { $1 },
      others: ["no", "none of 1 known: team-a"], missing: ["": everything]),
    User(
      token: "limited-token", arguments: ["-n", "team-a"],
      rows: clusterRows("no").merging([
        "pods": ["no", "1 of 1: team-a"], "namespaces/team-a": none,
      ]) { $1 },
      others: ["no", "none of 1: team-a"],
      missing: [
        "": ["nodes", "namespaces/kube-system", apiServices],
        "team-a": images.union(autoscalers).union(custom).union(["namespaces/team-a"])
          .subtracting(["pods"]),
      ]),
    User(
      token: "namespaced-token", arguments: ["-n", "team-b,team-a", "-n", "team-a"],
      rows: clusterRows("no").merging([
        "namespaces/team-a": ["yes", "-"], "namespaces/team-b": ["yes", "-"],
      ]) { $1 },
      others: ["no", "2 of 2: team-a, team-b"],
      missing: ["": ["nodes", "namespaces/kube-system", apiServices]]),
    User(
      token: "namespaced-token", namespace: "team-b", arguments: ["-n", "team-a", "-A"],
      rows: clusterRows("no"),
      others: ["no", "1 of 1 known: team-b"], missing: ["": everything]),
    User(
      token: "nobody-token",
      rows: clusterRows("no"),
      others: ["no", "none of 1 known: default"], missing: ["": everything]),
  ]

  private static func clusterRows(_ answer: String) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: wholeCluster.map { name in
        (name, [answer, answer == "yes" && configMaps.contains(name) ? "all" : "-"])
      })
  }

  @Test(arguments: users)
  func theTableAndTheRole(_ user: User) async throws {
    let server = try await TestClusterProcess.start()
    let config = try KubeconfigFixture(server, .token(user.token), namespace: user.namespace)
    let binary = try BinaryUnderTest()
    let result = try await binary.run(["access"] + user.arguments, kubeconfig: config.url)
    #expect(result.status == 0)
    #expect(result.stderr == "")
    let rows = Self.rows(result.stdout)
    let isLimited = user.arguments.contains("-n") && !user.arguments.contains("-A")
    let named = user.rows.keys.filter { $0.hasPrefix("namespaces/") }
    #expect(
      Set(rows.map(\.resource))
        == Self.everything.subtracting(
          isLimited ? Self.configMaps.union(Self.clusterKinds).union(["namespaces"]) : []
        ).union(named))
    for row in rows {
      let expected = user.rows[row.resource] ?? user.others
      #expect(row.cells == expected, "\(row.resource)")
    }
    #expect(
      result.stdout.contains("Nothing is missing: a scan may read everything that it asks for.\n")
        == user.missing.isEmpty)
    let role = try await binary.run(
      ["access", "--role"] + user.arguments, kubeconfig: config.url)
    #expect(role.status == 0)
    #expect(role.stderr == "")
    #expect(user.missing.isEmpty || result.stdout.hasSuffix("applies:\n\n" + role.stdout))
    let rules = try GrantedRule.read(role.stdout)
    let granted = rules.reduce(into: [String: Set<String>]()) { granted, rule in
      granted[rule.namespace, default: []].formUnion(rule.names)
    }
    #expect(granted == user.missing)
    #expect(rules.allSatisfy { $0.verbs == ($0.resourceNames.isEmpty ? ["list"] : ["get"]) })
    try await Self.checkRequests(server)
  }

  /// Nothing but GET and the two reviews; no list but that of namespaces and OpenShift's Projects,
  /// and of what groups and kinds there are.
  private static func checkRequests(_ server: TestClusterProcess) async throws {
    let log = try await server.log()
    #expect(log.allSatisfy { $0.isReadOnly })
    let lists = Set(log.compactMap(\.list))
    #expect(lists.isSubset(of: ["namespaces", "projects", Self.apiServices]))
    #expect(log.allSatisfy { $0.userAgent.hasPrefix("kubectl-gcr_report/") })
    #expect(try await server.statistics().peakInFlight <= 4)
  }

  /// What the table names is what a scan lists: whoever teaches one a kind teaches the other.
  @Test(arguments: TestClusterOptions.Profile.allCases)
  func theTableNamesWhatAScanLists(profile: TestClusterOptions.Profile) async throws {
    var options = TestClusterOptions()
    options.profile = profile
    let server = try await TestClusterProcess.start(options)
    let config = try KubeconfigFixture(server)
    let binary = try BinaryUnderTest()
    #expect(try await binary.run("scan", kubeconfig: config.url).status == 0)
    let lists = Set(try await server.log().compactMap(\.list))
    let access = try await binary.run("access", kubeconfig: config.url)
    let named = Set(Self.rows(access.stdout).map(\.resource).filter { !$0.contains("/") })
    #expect(named == lists)
    #expect(access.stdout.contains("\nNothing is missing"))
  }

  struct Closing: CustomTestStringConvertible, Sendable {
    var user: String
    var token: String
    var namespace: String?
    var arguments: [String] = []
    var testDescription: String { ([user] + arguments).joined(separator: " ") }
  }

  /// The role, given to the user, leaves nothing to ask for, and a scan no gap.
  @Test(arguments: [
    Closing(user: "lab-nobody", token: "nobody-token"),
    Closing(
      user: "lab-nobody", token: "nobody-token", arguments: ["-n", "team-a", "-n", "team-b"]),
    // Nothing is in this one: that it exists has to be known.
    Closing(user: "lab-nobody", token: "nobody-token", arguments: ["-n", "empty-ns"]),
    Closing(user: "lab-limited", token: "limited-token", namespace: "team-a"),
    Closing(user: "lab-limited", token: "limited-token", arguments: ["-n", "team-a"]),
    Closing(user: "lab-partial", token: "partial-token"),
    Closing(
      user: "lab-namespaced", token: "namespaced-token", arguments: ["-n", "team-a,team-b"]),
  ])
  func theRoleClosesTheGap(_ closing: Closing) async throws {
    let server = try await TestClusterProcess.start()
    let config = try KubeconfigFixture(
      server, .token(closing.token), namespace: closing.namespace)
    let binary = try BinaryUnderTest()
    let role = try await binary.run(
      ["access", "--role"] + closing.arguments, kubeconfig: config.url)
    let folder = try TemporaryFolder()
    let rights = try RightsFile(
      user: closing.user, rules: try GrantedRule.read(role.stdout)
    ).write(in: folder)

    var options = TestClusterOptions()
    options.rights = rights
    let second = try await TestClusterProcess.start(options)
    let after = try KubeconfigFixture(
      second, .token(closing.token), namespace: closing.namespace)
    let access = try await binary.run(["access"] + closing.arguments, kubeconfig: after.url)
    #expect(
      access.stdout.hasSuffix(
        "\nNothing is missing: a scan may read everything that it asks for.\n"))
    try await second.reset()
    let scan = try await binary.run(
      ["scan", "--require-complete"] + closing.arguments, kubeconfig: after.url)
    #expect(scan.status == 0, "\(scan.stderr)")
    #expect(!scan.stdout.contains("NOT READ"))
    let lists = try await second.log().filter { $0.list != nil }
    #expect(!lists.isEmpty && lists.allSatisfy { $0.status == 200 })
  }

  @Test func namespacesAreAskedAboutUpToTheLimit() async throws {
    let folder = try TemporaryFolder()
    let rights = try RightsFile(
      user: "lab-nobody",
      rules: [
        .init(namespace: "", groups: [""], resources: ["namespaces"], verbs: ["list"]),
        .init(namespace: "default", groups: [""], resources: ["pods"], verbs: ["list"]),
      ]
    ).write(in: folder)
    var options = TestClusterOptions()
    options.rights = rights
    let server = try await TestClusterProcess.start(options)
    let config = try KubeconfigFixture(server, .token("nobody-token"))
    let result = try await BinaryUnderTest().run(
      "access", "--max-namespaces", "3", kubeconfig: config.url)
    let pods = try #require(Self.rows(result.stdout).first { $0.resource == "pods" })
    let cell = try #require(pods.cells.last)
    let match = try /(none|1) of [0-9]+(: default)?; [0-9]+ not asked about/.wholeMatch(in: cell)
    #expect(match != nil, "\(cell)")
    let reviews = try await server.log().filter { $0.path.hasSuffix("selfsubjectrulesreviews") }
    #expect(reviews.count == 3)
  }

  @Test func anImpersonatedServiceAccountIsTheSubject() async throws {
    let server = try await TestClusterProcess.start()
    let config = try KubeconfigFixture(server, .token("nobody-token"))
    let result = try await BinaryUnderTest().run(
      "access", "--role", "--as", "system:serviceaccount:ops:reader", kubeconfig: config.url)
    #expect(
      result.stdout.hasSuffix("  - kind: ServiceAccount\n    name: reader\n    namespace: ops\n"))
  }

  // MARK: Failures

  @Test func aNamespaceThatIsNotThereIsNoGap() async throws {
    let server = try await TestClusterProcess.start()
    let config = try KubeconfigFixture(server, .token("partial-token"))
    let binary = try BinaryUnderTest()
    let some = try await binary.run(
      "access", "-n", "team-a,not-there", "--role", kubeconfig: config.url)
    #expect(some.status == 0)
    #expect(some.stderr == "warning: there is no namespace \"not-there\"\n")
    #expect(Set(try GrantedRule.read(some.stdout).flatMap { $0.names }) == ["nodes", "events"])
    let none = try await binary.run("access", "-n", "not-there", kubeconfig: config.url)
    let scan = try await binary.run("scan", "-n", "not-there", kubeconfig: config.url)
    #expect(none.status == scan.status && none.status == 1)
    #expect(none.stdout == "")
    #expect(none.stderr == scan.stderr)
  }

  @Test func refusedCredentialsAreAnError() async throws {
    let server = try await TestClusterProcess.start()
    let config = try KubeconfigFixture(server, .token("worthless"))
    let result = try await BinaryUnderTest().run("access", kubeconfig: config.url)
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(
      result.stderr
        == "error: server \"\(server.address.url)\" refused the credentials of user \"test-user\""
        + " (401): the token is not valid, or no longer; log in again\n")
  }

  @Test func nobodyHasNoRightsToAskAbout() async throws {
    let server = try await TestClusterProcess.start()
    let config = try KubeconfigFixture(server, .none)
    let result = try await BinaryUnderTest().run("access", "-q", kubeconfig: config.url)
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(result.stderr.contains("took us for \"system:anonymous\" (403)"))
  }

  /// Where the server will not answer the reviews, nothing is claimed either way.
  @Test func reviewsThatFailLeaveItUnknown() async throws {
    var options = TestClusterOptions()
    var fault = Fault.status(404, path: "selfsubject", times: 0)
    fault.method = "POST"
    options.faults = [fault]
    let server = try await TestClusterProcess.start(options)
    let config = try KubeconfigFixture(server, .token("namespaced-token"), namespace: "team-a")
    let result = try await BinaryUnderTest().run("access", kubeconfig: config.url)
    #expect(result.status == 0)
    #expect(result.stderr.hasPrefix("warning: what may be read is unknown: "))
    #expect(Self.rows(result.stdout).allSatisfy { $0.cells.first == "unknown" })
    #expect(result.stdout.contains("  none of 1 known: team-a; unknown in 1  "))
  }

  private struct Row {
    var resource: String
    /// CLUSTER-WIDE and NAMESPACES.
    var cells: [String]
  }

  /// The rows of the table in a pipe: columns are at least two blanks apart.
  private static func rows(_ output: String) -> [Row] {
    let table = output.components(separatedBy: "\n\n")[0]
    return table.split(separator: "\n").dropFirst().map { line in
      let cells = line.components(separatedBy: "  ").filter { !$0.isEmpty }
        .map { $0.trimmingCharacters(in: .whitespaces) }
      return Row(resource: cells[0], cells: Array(cells[1..<3]))
    }
  }
}
