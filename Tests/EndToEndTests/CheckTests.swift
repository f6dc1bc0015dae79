import Foundation
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
        ($0["reason"] as? String)?.contains("127.0.0.1:1 refused the connection") == true
      })
    let findings = try #require(cluster["findings"] as? [[String: Any]])
    #expect(findings.contains { $0["fate"] as? String == "frozen" })
    #expect(
      !findings.contains { finding in
        (finding["reasons"] as? [String])?.contains { $0.contains("404") } == true
      })
  }
}
