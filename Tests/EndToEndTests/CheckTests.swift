import Foundation
import TemporaryFolder
import Testing

/// `check`, and `--check` of scans and files, run as a person runs them, against local registries
/// over TLS.
@Suite struct CheckTests {
  private let registries: LocalRegistries
  private let folder: TemporaryFolder

  init() throws {
    registries = try .shared
    folder = try TemporaryFolder()
    try folder.write(registries.rules, to: "rules.yaml")
  }

  private func run(_ arguments: [String]) async throws -> ProcessResult {
    var binary = try BinaryUnderTest()
    binary.environment = [
      "SSL_CERT_FILE": registries.authority.path, "SSL_CERT_DIR": folder.url.path,
      // jane:s3cret
      "DOCKER_CONFIG": try folder.write(
        "{\"auths\":{\"\(registries.host)\":{\"auth\":\"amFuZTpzM2NyZXQ=\"}}}",
        to: "docker/config.json"
      ).deletingLastPathComponent().path,
    ]
    return try await binary.run(arguments, folder: folder.url)
  }

  private func files(_ names: [String], _ arguments: [String]) async throws -> ProcessResult {
    try folder.write(
      names.map { "- image: \(registries.host)/\($0)\n" }.joined(), to: "values.yaml")
    return try await run(
      ["files", "values.yaml", "--rules", "rules.yaml", "--exposure", "pulls"] + arguments)
  }

  private func findings(_ result: ProcessResult) throws -> [String: [String: Any]] {
    let document = try #require(
      try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
    let cluster = try #require((document["clusters"] as? [[String: Any]])?.first)
    let findings = try #require(cluster["findings"] as? [[String: Any]])
    return Dictionary(
      findings.compactMap { finding in
        ((finding["image"] as? [String: Any])?["repository"] as? String).map { ($0, finding) }
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test func fatesAreWhatTheRegistriesProve() async throws {
    let result = try await files(
      ["open:1", "missing:1", "no-name:1", "forbidden:1", "page-404:1", "basic:1", "token-user:1"],
      ["--check", "-o", "json", "--require-complete"])
    #expect(result.status == 4)
    #expect(result.stderr == "asking 2 registries about 14 images\n")
    let findings = try findings(result)
    let expected = [
      "open": ("moved", "medium"), "missing": ("gone", "critical"),
      "no-name": ("gone", "critical"), "forbidden": ("probe", "low"), "page-404": ("probe", "low"),
      "basic": ("moved", "medium"), "token-user": ("moved", "medium"),
    ]
    for (name, (fate, risk)) in expected {
      #expect(findings[name]?["fate"] as? String == fate, "\(name)")
      #expect(findings[name]?["risk"] as? String == risk, "\(name)")
    }
    let reasons = try #require(findings["missing"]?["reasons"] as? [String])
    #expect(
      reasons.first?.hasPrefix("the registry answered 404 MANIFEST_UNKNOWN at 2") == true)
    // The other host wants credentials that nobody has.
    #expect(
      (findings["basic"]?["reasons"] as? [String])?.contains {
        $0.hasPrefix(
          "\(registries.other)/basic:1 is gone or private: its registry answered 401 without"
            + " credentials at ")
      } == true)
    #expect(!result.stdout.contains("s3cret"))
  }

  @Test func nobodyIsAskedWithoutTheFlag() async throws {
    let result = try await files(["missing:1"], ["-o", "json", "-v"])
    #expect(try findings(result)["missing"]?["fate"] as? String == "probe")
    #expect(result.stderr.isEmpty)
  }

  @Test func whatCouldNotBeAskedIsInTheLedger() async throws {
    let result = try await files(["open:1", "page-404:1"], ["--check"])
    #expect(
      result.stdout.contains(
        "NOT READ      registry \(registries.host): 1 of 2 images not known: 404 without the error"
          + " code of a registry\n"))
  }

  @Test func aDayThatIsNotToday() async throws {
    let result = try await files(["open:1"], ["--check", "--as-of", "2026-01-01"])
    #expect(result.status == 2)
    #expect(
      result.stderr.hasPrefix("error: \"--check\" and \"--as-of\" contradict each other"))
  }

  // MARK: The command

  @Test func imagesByName() async throws {
    let names = ["open:1", "missing:1", "basic:1", "single:1"].map { "\(registries.host)/\($0)" }
    let result = try await run(
      ["check", "--rules", "rules.yaml", "--platform", "linux/amd64"] + names)
    #expect(result.status == 3)
    let lines = result.stdout.split(separator: "\n").map(String.init)
    let states = lines.dropFirst().dropLast().map {
      $0.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
    }
    #expect(states.map(\.first) == ["exists", "gone", "exists", "exists"])
    #expect(lines.last == "3 exists · 1 gone · 0 private · 0 unknown · 2 of 4 replacements exist")
    #expect(lines.contains { $0.hasSuffix("same digest") && $0.contains("/open:1") })
    #expect(
      lines.contains {
        $0.hasSuffix(
          "same digest; image is not for linux/amd64; replacement is not for linux/amd64")
      })
  }

  @Test func findingsOfAReport() async throws {
    let report = try await files(["missing:1"], ["-o", "json=report.json"])
    #expect(report.status == 0)
    let result = try await run(["check", "--from", "report.json", "-o", "json"])
    #expect(result.status == 3)
    let document = try #require(
      try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
    #expect(document["kind"] as? String == "Check")
    let images = try #require(document["images"] as? [[String: Any]])
    let image = try #require(images.first?["image"] as? [String: Any])
    #expect(image["state"] as? String == "gone")
    #expect(image["reason"] as? String == "the registry answered 404 MANIFEST_UNKNOWN")
    let replacement = try #require(images.first?["replacement"] as? [String: Any])
    #expect(replacement["reference"] as? String == "\(registries.other)/missing:1")
    #expect(replacement["state"] as? String == "gone")
  }

  /// What was not looked at may name images too: an answer without them says so.
  @Test func whatCouldNotBeReadIsSaid() async throws {
    try folder.write("a: [\n", to: "broken.yaml")
    let report = try await files(["open:1"], ["broken.yaml", "-o", "json=report.json"])
    #expect(report.status == 0)
    let result = try await run(["check", "--from", "report.json"])
    #expect(result.status == 0)
    let last = try #require(result.stdout.split(separator: "\n").last)
    #expect(last.hasPrefix("NOT READ · unreadable: broken.yaml:"))
    let document = try await run(["check", "--from", "report.json", "-o", "json"])
    let object = try #require(
      try JSONSerialization.jsonObject(with: document.output) as? [String: Any])
    #expect((object["notRead"] as? [String])?.first?.hasPrefix("unreadable: broken") == true)
    let strict = try await run(["check", "--from", "report.json", "--require-complete"])
    #expect(strict.status == 4)
  }

  @Test func aUserWithFewRightsIsNotTold() async throws {
    let server = try await SharedClusters.shared.server()
    let kubeconfig = try KubeconfigFixture(server, .token("limited-token"))
    let result = try await BinaryUnderTest().run(
      ["check", "-n", "team-a", "--risk", "critical"], kubeconfig: kubeconfig.url)
    #expect(result.status == 0)
    let lines = result.stdout.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first == "no images to ask about")
    #expect(lines.last?.hasPrefix("NOT READ · ") == true)
    #expect(lines.last?.contains(" · cronjobs.batch in team-a (forbidden) · ") == true)
  }

  @Test(arguments: [
    (["check", "-n", "web", "nginx"], "\"--namespace\" and \"IMAGE\" contradict each other"),
    (["check", "--from", "x.json", "nginx"], "\"--from\" and \"IMAGE\" contradict each other"),
    (["check", "--platform", "arm64", "nginx"], "\"arm64\""),
    (["check", "NGINX"], "\"NGINX\""),
  ])
  func usage(arguments: [String], message: String) async throws {
    let result = try await run(arguments)
    #expect(result.status == 2)
    #expect(result.stderr.contains(message))
    #expect(result.stdout.isEmpty)
  }

  // MARK: Connectivity

  private func connectivity(_ names: [String]) async throws -> (
    status: Int32?, ways: [[String: Any]], hosts: [String: [String: Any]]
  ) {
    let result = try await run(
      ["check", "--connectivity", "-o", "json"] + names.map { "\(registries.host)/\($0)" })
    let document = try #require(
      try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
    #expect(document["kind"] as? String == "Connectivity")
    let hosts = try #require(document["hosts"] as? [[String: Any]])
    return (
      result.status, try #require(document["ways"] as? [[String: Any]]),
      Dictionary(
        hosts.compactMap { host in (host["host"] as? String).map { ($0, host) } },
        uniquingKeysWith: { first, _ in first })
    )
  }

  /// Everything arrives, by way of another host, and an authority of one's own is well.
  @Test func theWayOfAPull() async throws {
    let (status, ways, hosts) = try await connectivity(["single:1", "moved-single:1"])
    #expect(status == 0)
    #expect(ways.compactMap { $0["isOpen"] as? Bool } == [true, true])
    let steps = try #require(ways.last?["steps"] as? [[String: Any]])
    #expect(steps.compactMap { $0["part"] as? String } == ["manifest", "blob"])
    #expect(steps[0]["hosts"] as? [String] == [registries.host, registries.other])
    #expect(Set(hosts.keys) == [registries.host, registries.other])
    for host in hosts.values {
      #expect(host["state"] as? String == "reached")
      #expect(host["issuer"] as? String == "ca")
      #expect(host["isOnTheWay"] as? Bool == true)
    }
  }

  @Test(arguments: [
    ("login-page:1", "intercepted", "answers with text/html instead of a manifest"),
    ("moved-to-http:1", "redirected", "redirects to \"http://169.254.169.254\""),
  ])
  func whatStandsInTheWay(name: String, state: String, reason: String) async throws {
    let (status, ways, hosts) = try await connectivity([name])
    #expect(status == 3)
    #expect(ways.first?["isOpen"] as? Bool == false)
    let host = try #require(hosts[registries.host])
    #expect(host["state"] as? String == state)
    #expect((host["reason"] as? String)?.hasPrefix(reason) == true)
  }

  /// Whoever is not trusted is told who signed its certificate.
  @Test func anUnknownAuthority() async throws {
    var binary = try BinaryUnderTest()
    binary.environment = ["SSL_CERT_DIR": folder.url.path]
    let result = try await binary.run(
      ["check", "--connectivity", "\(registries.host)/open:1", "\(registries.other)/open:1"])
    #expect(result.status == 3)
    let line = try #require(
      result.stdout.split(separator: "\n").first { $0.hasPrefix("intercepted") })
    #expect(line.contains("  ca  "))
    #expect(
      line.hasSuffix(
        "its certificate is signed by an authority that this system does not trust; SSL_CERT_FILE can"
          + " name a file of authorities"))
  }

  @Test func everyBackendOfKubernetesIsTried() async throws {
    var binary = try BinaryUnderTest()
    binary.environment = ["HTTPS_PROXY": "http://127.0.0.1:1"]
    let result = try await binary.run(["check", "--connectivity"])
    #expect(result.status == 3)
    #expect(result.stdout.contains("\n0 reached · 56 blocked · 0 intercepted · 0 redirected\n"))
    #expect(result.stdout.contains("blocked  22 others"))
    #expect(result.stdout.contains("blocked  32 others"))
  }

  @Test func podsForNodes() async throws {
    let report = try await run(["demo", "-o", "json=demo.json"])
    #expect(report.status == 0)
    let result = try await run(
      ["check", "--connectivity", "--for-nodes", "--from", "demo.json"])
    #expect(result.status == 0)
    #expect(result.stdout.contains("\nkind: Pod\n"))
    let refused = try await run(["check", "--for-nodes"])
    #expect(refused.status == 2)
  }

  // MARK: Pins

  @Test func digestsBesideTags() async throws {
    try folder.write(
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: p}
      spec:
        containers:
        - {name: a, image: "\(registries.host)/open:1"} # as it was
        - {name: b, image: \(registries.host)/missing:1}
        - {name: c, image: \(registries.host)/forbidden:1}

      """, to: "pod.yaml")
    try folder.write("registry: \(registries.host)/some/open\ntag: v1\n", to: "values.yaml")
    let result = try await run(
      ["files", "pod.yaml", "values.yaml", "--rules", "rules.yaml", "--write", "--pin", "--force"])
    #expect(result.status == 0)
    // What something else completes has no digest.
    let values = try folder.text("values.yaml")
    #expect(values == "registry: \(registries.other)/some/open\ntag: v1\n")
    let text = try folder.text("pod.yaml")
    let lines = text.split(separator: "\n").map(String.init)
    let start = "  - {name: a, image: \"\(registries.other)/open:1@sha256:"
    #expect(lines[5].hasPrefix(start))
    #expect(lines[5].count == start.count + 64 + "\"} # as it was".count)
    #expect(lines[6] == "  - {name: b, image: \(registries.host)/missing:1}")
    #expect(lines[7] == "  - {name: c, image: \(registries.other)/forbidden:1}")
    #expect(
      result.stderr.contains(
        "warning: \(registries.other)/missing:1 is not written: its registry answered 404"
          + " MANIFEST_UNKNOWN\n"))
    #expect(
      result.stderr.contains(
        "warning: \(registries.other)/forbidden:1 is not pinned: gone or private: the registry"
          + " answered 403 without credentials\n"))
    #expect(try await run(["files", "pod.yaml", "--pin"]).status == 2)
  }

  // MARK: A cluster

  /// No registry can be reached through this proxy; the cluster on loopback needs none.
  @Test func aScanWithoutAWayToTheRegistries() async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture(server)
    var binary = try BinaryUnderTest()
    binary.environment = ["HTTPS_PROXY": "http://127.0.0.1:1"]
    let arguments = ["-o", "json", "--check"]
    let result = try await binary.run(arguments, kubeconfig: fixture.url)
    #expect(result.status == 0)
    let document = try #require(
      try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
    let cluster = try #require((document["clusters"] as? [[String: Any]])?.first)
    let coverage = try #require(cluster["coverage"] as? [[String: Any]])
    let registries = coverage.filter { ($0["resource"] as? String)?.hasPrefix("registry ") == true }
    #expect(!registries.isEmpty)
    #expect(registries.allSatisfy { $0["state"] as? String == "failed" })
    #expect(
      registries.allSatisfy {
        ($0["reason"] as? String)?.contains("the proxy 127.0.0.1:1 refused the connection") == true
      })
    let findings = try #require(cluster["findings"] as? [[String: Any]])
    #expect(findings.contains { $0["fate"] as? String == "frozen" })
    #expect(
      !findings.contains { finding in
        (finding["reasons"] as? [String])?.contains { $0.contains("404") } == true
      })
  }
}
