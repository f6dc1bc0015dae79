import Foundation
import TemporaryFolder
import Testing

/// Whatever is wrong: one clear error on standard error, a status that says so, and nothing on
/// standard output.
@Suite struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var arguments: [String] = []
    /// Files written into the folder of the run: name → text.
    var files: [String: String] = [:]
    var status: Int32 = 1
    /// All of standard error; `FOLDER` stands for the run's folder.
    var error: String
  }

  /// Without a command the flags are those of a scan.
  private static let usage = seeHelp("scan")

  private static func seeHelp(_ command: String) -> String {
    "see \"kubectl gcr-report help \(command)\" for usage\n"
  }

  static let kubeconfigs = [
    Case(
      testDescription: "no kubeconfig",
      error: "error: no kubeconfig found (looked for \"FOLDER/.kube/config\") and this is not a"
        + " pod with a service account; set KUBECONFIG or give --kubeconfig or --server (kubectl"
        + " would try http://localhost:8080 here)\n"),
    Case(
      testDescription: "a file that is not there", arguments: ["--kubeconfig", "missing"],
      error: "error: kubeconfig \"missing\" does not exist; check --kubeconfig\n"),
    Case(
      testDescription: "an empty file", arguments: ["--kubeconfig", "config"],
      files: ["config": ""],
      error: "error: no context in \"FOLDER/config\"; add one with `kubectl config set-context` or"
        + " give --kubeconfig\n"),
    Case(
      testDescription: "no YAML", arguments: ["--kubeconfig", "config"],
      files: ["config": "apiVersion: v1\nclusters: [\n"],
      error: "error: FOLDER/config:3:1: not YAML: while parsing a flow node, did not find expected"
        + " node content\n"),
    Case(
      testDescription: "a list for a string", arguments: ["--kubeconfig", "config"],
      files: ["config": "clusters:\n- name: c\n  cluster:\n    server: [1]\n"],
      error: "error: FOLDER/config:4:13: clusters[0].cluster.server: expected a string, found a"
        + " list\n"),
    Case(
      testDescription: "text for a boolean", arguments: ["--kubeconfig", "config"],
      files: [
        "config": "clusters:\n- name: c\n  cluster:\n    insecure-skip-tls-verify: maybe\n"
      ],
      error: "error: FOLDER/config:4:31: clusters[0].cluster.insecure-skip-tls-verify: expected"
        + " true or false, found a string\n"),
  ]

  static let arguments = [
    Case(
      testDescription: "a kubeconfig and a folder of them",
      arguments: ["--kubeconfig", "config", "--kubeconfig-dir", "folder", "--all-contexts"],
      status: 2,
      error:
        "error: \"--kubeconfig\" and \"--kubeconfig-dir\" contradict each other; expected one of"
        + " them\n" + usage),
    Case(
      testDescription: "unknown flag", arguments: ["--all-imges"], status: 2,
      error: "error: unknown flag \"--all-imges\"; did you mean \"--all-images\"?\n" + usage),
    Case(
      testDescription: "unknown format", arguments: ["-o", "xml"], status: 2,
      error: "error: invalid value \"xml\" for \"--output\"; expected table, wide, csv, json, yaml,"
        + " markdown, html, sarif, junit, prometheus, github or name\n"
        + usage),
    Case(
      testDescription: "unknown command", arguments: ["scann"], status: 2,
      error: "error: unknown command \"scann\"; did you mean \"scan\"?\n"
        + "see \"kubectl gcr-report help\" for usage\n"),
    Case(
      testDescription: "a day that does not exist", arguments: ["--as-of", "2026-02-30"],
      status: 2,
      error: "error: invalid value \"2026-02-30\" for \"--as-of\"; expected a day as YYYY-MM-DD\n"
        + usage),
    Case(
      testDescription: "unknown level", arguments: ["--fail-on", "severe"], status: 2,
      error: "error: invalid value \"severe\" for \"--fail-on\"; expected critical, high, medium,"
        + " low or info\n" + usage),
    Case(
      testDescription: "no value", arguments: ["-n"], status: 2,
      error: "error: flag \"-n\" needs a value: -n NAME\n" + usage),
    Case(
      testDescription: "negative page", arguments: ["--chunk-size", "-1"], status: 2,
      error: "error: invalid value \"-1\" for \"--chunk-size\"; expected a whole number, 0 or"
        + " more\n" + usage),
    Case(
      testDescription: "unknown rule", arguments: ["rules", "k8s-gcr-oi"], status: 2,
      error: "error: there is no rule \"k8s-gcr-oi\"; did you mean \"k8s-gcr-io\"?\n"
        + seeHelp("rules")),
    Case(
      testDescription: "flag of another command", arguments: ["rules", "--as-of", "2027-01-01"],
      status: 2,
      error:
        "error: flag \"--as-of\" does not apply to \"rules\"; it belongs to "
        + "scan, explain, files, trace, fix, mirror, policy, check or demo\n"
        + seeHelp("rules")),
    Case(
      testDescription: "explain nothing", arguments: ["explain"], status: 2,
      error: "error: \"explain\" needs a workload: kubectl gcr-report explain"
        + " [NAMESPACE/]KIND/NAME\n" + seeHelp("explain")),
    Case(
      testDescription: "explain no workload", arguments: ["explain", "shop/web/"], status: 2,
      error: "error: \"shop/web/\" names no workload; expected [NAMESPACE/]KIND/NAME, for example"
        + " kube-system/deployment/coredns\n" + seeHelp("explain")),
    Case(
      testDescription: "groups in a format for programs",
      arguments: ["demo", "--by", "image", "-o", "json"], status: 2,
      error:
        "error: \"--by image\" groups table, wide, markdown or html, and \"json\" always holds every"
        + " finding; leave out --by, or add -o table\n" + seeHelp("demo")),
    Case(
      testDescription: "unknown view", arguments: ["--by", "images"], status: 2,
      error: "error: invalid value \"images\" for \"--by\"; expected namespace, workload, image,"
        + " registry, rule, team, node or cluster; did you mean \"image\"?\n" + usage),
    Case(
      testDescription: "rules that are no YAML", arguments: ["demo", "--rules", "rules.yaml"],
      files: ["rules.yaml": "rules:\n- id: [\n"], status: 2,
      error: "error: rules file \"rules.yaml\", line 3, column 1: not YAML: while parsing a flow"
        + " node, did not find expected node content\n" + seeHelp("demo")),
    Case(
      testDescription: "rules that are not there", arguments: ["demo", "--rules", "rules.yaml"],
      status: 2,
      error: "error: cannot read rules file \"rules.yaml\": no such file\n" + seeHelp("demo")),
    Case(
      testDescription: "a rule with an unknown field",
      arguments: ["demo", "--rules", "rules.yaml"],
      files: ["rules.yaml": "rules:\n- id: mine\n  bogus: 1\n"], status: 2,
      error: "error: rules file \"rules.yaml\", line 3, field \"rules[0]\": unknown field"
        + " \"bogus\"; expected one of id, title, match, except, certainty, unverified, fate,"
        + " fates, events, replacement, successors, successorsOf, what, advice, sources,"
        + " examples\n" + seeHelp("demo")),
  ]

  @Test(arguments: kubeconfigs + arguments)
  func isAnsweredByOneError(_ example: Case) async throws {
    let binary = try BinaryUnderTest()
    for (name, text) in example.files { try binary.home.write(text, to: name) }
    let result = try await binary.run(example.arguments)
    let folder = binary.home.url.path
    #expect(
      result.stderr == example.error.replacingOccurrences(of: "FOLDER", with: folder))
    #expect(result.status == example.status)
    #expect(result.stdout == "")
    #expect(try binary.leftovers() == example.files.keys.sorted())
  }

  /// A wrong rules file ends the run before a request is sent.
  @Test func aWrongRulesFileCostsNoRequest() async throws {
    var options = TestClusterOptions()
    options.population = .migrated
    let server = try await TestClusterProcess.start(options)
    let fixture = try KubeconfigFixture(server)
    let rules = try fixture.folder.write("rules: 1\n", to: "rules.yaml")
    let result = try await BinaryUnderTest().run(
      "--rules", rules.path, kubeconfig: fixture.url)
    #expect(result.status == 2)
    #expect(result.stdout == "")
    #expect(result.stderr.hasPrefix("error: rules file \"\(rules.path)\", line 1, field \"rules\""))
    #expect(try await server.log().isEmpty)
  }

  @Test func anUnknownContextListsThoseThatThereAre() async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture([
      .init(name: "prod-eu", server: server.address),
      .init(name: "prod-us", server: server.address),
    ])
    let result = try await BinaryUnderTest().run("--context", "prod", kubeconfig: fixture.url)
    #expect(result.stderr == "error: no context \"prod\"; known: \"prod-eu\", \"prod-us\"\n")
    #expect(result.status == 1)
    #expect(result.stdout == "")
  }

  @Test func nobodyListens() async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture([
      .init(name: "gone", server: server.address, url: "https://127.0.0.1:1")
    ])
    let result = try await BinaryUnderTest().run([], kubeconfig: fixture.url)
    #expect(
      result.stderr == "error: cannot reach server \"https://127.0.0.1:1\": 127.0.0.1:1 refused the"
        + " connection; is anything listening there?\n")
    #expect(result.status == 1)
    #expect(result.stdout == "")
  }

  /// A login page in place of the API.
  @Test func htmlIsNoAPIServer() async throws {
    var options = TestClusterOptions()
    options.population = .migrated
    options.faults = [Fault(.html, times: 0)]
    let server = try await TestClusterProcess.start(options)
    let fixture = try KubeconfigFixture(server)
    let result = try await BinaryUnderTest().run([], kubeconfig: fixture.url)
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(
      result.stderr.hasPrefix(
        "error: \"\(server.address.url)\" does not answer as a Kubernetes API server: status 200,"
          + " \"text/html"))
    #expect(
      result.stderr.hasSuffix(
        "; expected JSON; check the server's address, and proxies before it\n"))
    #expect(result.stderr.split(separator: "\n").count == 1)
  }

  /// 403 on everything: nothing was read, so there is no report that could look clean.
  @Test(arguments: [[], ["-o", "json"], ["--require-complete"], ["--exit-zero"]])
  func mayReadNothing(arguments: [String]) async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture(server, .token("nobody-token"))
    let result = try await BinaryUnderTest().run(arguments, kubeconfig: fixture.url)
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(
      result.stderr.hasPrefix(
        "error: server \"\(server.address.url)\" forbids it (403): "), "\(result.stderr)")
    #expect(result.stderr.contains("User \"lab-nobody\" cannot list resource "))
    #expect(
      result.stderr.hasSuffix(
        "; ask for a role that may list (\"kubectl gcr-report access\" prints it), or name a namespace"
          + " that you may read with -n\n"))
    #expect(result.stderr.split(separator: "\n").count == 1)
  }

  /// A named namespace in which the reviews allow nothing: no list is even tried.
  @Test func mayReadNothingInTheNamedNamespace() async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture(server, .token("nobody-token"))
    let result = try await BinaryUnderTest().run(["-n", "team-a"], kubeconfig: fixture.url)
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(
      result.stderr == "error: server \"\(server.address.url)\" lets this user list nothing that"
        + " holds images in \"team-a\"; \"kubectl gcr-report access\" names the missing role\n")
  }
}
