import Foundation
import Testing

/// `--helm` and old revisions, from the binary's arguments to its report.
@Suite struct HelmTests {
  private struct Report: Decodable {
    struct Workload: Decodable {
      var apiVersion: String
      var kind: String
      var namespace: String
      var name: String
      var managedBy: String?
    }
    struct Image: Decodable { var text: String }
    struct Finding: Decodable {
      var workload: Workload
      var activity: String
      var exposure: String
      var counts: Bool
      var path: String
      var container: String
      var role: String
      var image: Image
      var reasons: [String]
    }
    struct Coverage: Decodable, Hashable {
      var resource: String
      var namespace: String
      var state: String
      var reason: String
    }
    struct Cluster: Decodable {
      var findings: [Finding]
      var coverage: [Coverage]
    }
    var clusters: [Cluster]
  }

  private struct Expected: Decodable {
    struct Use: Decodable {
      var path: String
      var container: String
      var role: String
      var image: String
      var activity: String
      var says: [String]
    }
    struct Live: Decodable {
      var kind: String
      var name: String
      var container: String
      var image: String
      var says: String
    }
    struct Release: Decodable {
      var namespace: String
      var name: String
      var managedBy: String
      var uses: [Use]
      var live: [Live]
    }
    struct Problem: Decodable {
      var namespace: String
      var says: String
    }
    struct Exclusion: Decodable { var text: String? }
    var helmReleases: [Release]
    var helmProblems: [Problem]
    var neverFound: [Exclusion]
  }

  private func server(
    _ population: TestClusterOptions.Population
  ) async throws -> TestClusterProcess {
    var options = TestClusterOptions()
    options.population = population
    return try await TestClusterProcess.start(options)
  }

  private func scan(
    _ server: TestClusterProcess, _ arguments: String..., as user: String? = nil
  ) async throws -> (report: Report.Cluster, text: String) {
    let credential: KubeconfigFixture.Credential =
      try user.map { .token(try #require(server.address.tokens[$0])) } ?? .adminCertificate
    let fixture = try KubeconfigFixture(server, credential)
    let result = try await BinaryUnderTest().run(
      ["-o", "json", "--all-images"] + arguments, kubeconfig: fixture.url)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.stdout.utf8))
    return (try #require(report.clusters.first), result.stdout + result.stderr)
  }

  @Test func aDefaultScanNeverAsksForSecrets() async throws {
    for population in [TestClusterOptions.Population.recorded, .second] {
      let server = try await server(population)
      let (report, _) = try await scan(server, "--include", "history")
      let asked = try await server.log().filter { $0.path.contains("secrets") }
      #expect(asked.isEmpty)
      let entry = report.coverage.filter { $0.resource == "helm releases" }
      #expect(entry.map(\.state) == ["skipped"] && entry.map(\.reason) == ["--helm"])
      #expect(!report.findings.contains { $0.workload.kind == "Release" })
    }
    let server = try await server(.second)
    let fixture = try KubeconfigFixture(server)
    let table = try await BinaryUnderTest().run([], kubeconfig: fixture.url).stdout
    #expect(table.contains("helm releases (--helm)"))
    #expect(try await server.log().allSatisfy { !$0.path.contains("controllerrevisions") })
  }

  @Test func onlyReleasesAreAskedFor() async throws {
    let server = try await server(.second)
    _ = try await scan(server, "--helm")
    _ = try await scan(server, "--helm", "--include", "history")
    let asked = try await server.log().filter {
      $0.list == "secrets" || $0.list == "configmaps"
    }
    let secrets = asked.filter { $0.list == "secrets" }
    #expect(
      secrets.map { $0.queryItem("fieldSelector") }
        == ["type=helm.sh/release.v1", "type=helm.sh/release.v1"])
    #expect(
      secrets.map { $0.queryItem("labelSelector") }
        == ["owner=helm,status=deployed", "owner=helm"])
    let maps = asked.filter { $0.list == "configmaps" && $0.queryItem("labelSelector") != nil }
    #expect(
      maps.map { $0.queryItem("labelSelector") } == ["owner=helm,status=deployed", "owner=helm"])
    #expect(secrets.allSatisfy { $0.queryItem("limit") == "100" })
  }

  @Test func theRecordedReleasesAreFound() async throws {
    let server = try await server(.recorded)
    let (report, text) = try await scan(server, "--helm", "--include", "history")
    let expected = try ExpectedImages.load().other.filter { $0.kind == "HelmRelease" }
    #expect(expected.count == 18)
    var own: Set<String> = []
    for entry in expected {
      let words = entry.where.split(separator: " ").map(String.init)
      let found = report.findings.filter {
        $0.image.text == entry.image && $0.container == words[2]
          && $0.workload.namespace == entry.namespace
          && ($0.workload.kind == "Release"
            ? $0.workload.name == entry.name : $0.workload.kind == words[1])
      }
      #expect(!found.isEmpty, "\(entry)")
      for finding in found where finding.workload.kind == "Release" {
        #expect(finding.path.hasPrefix("\(words[0]): \(words[1])/"))
        own.insert("\(entry.namespace)/\(entry.name) \(words[2]) \(entry.image)")
        let isPast = finding.activity == "history"
        #expect(isPast == !finding.counts)
      }
    }
    let releases = report.findings.filter { $0.workload.kind == "Release" }
    let reported = releases.map {
      "\($0.workload.namespace)/\($0.workload.name) \($0.container) \($0.image.text)"
    }
    #expect(reported.count == Set(reported).count)
    #expect(Set(reported) == own)
    let broken = report.coverage.filter {
      $0.resource == "helm releases" && $0.state == "partial"
    }
    #expect(
      broken.map { "\($0.namespace) \($0.reason)" } == [
        "sandbox-alice Secret \"sh.helm.release.v1.broken.v1\":"
          + " its release is neither gzip nor a JSON object",
        "sandbox-bob Secret \"sh.helm.release.v1.empty.v1\": it has no key \"release\"",
      ])
    #expect(!text.contains("not-a-gzip") && !text.contains("Thank you for installing"))
    // Every recorded ControllerRevision is its owner's current template: nothing is said twice.
    #expect(!report.findings.contains { $0.path.hasPrefix("data.spec.") })
  }

  @Test func aLiveObjectLearnsItsChart() async throws {
    let server = try await server(.recorded)
    let (report, _) = try await scan(server, "--helm", "-n", "monitoring")
    let metrics = report.findings.filter {
      $0.workload.kind == "Deployment" && $0.workload.name == "kube-state-metrics"
    }
    #expect(!metrics.isEmpty)
    let chart = "Helm release \"monitoring/kube-state-metrics\" chart kube-state-metrics-4.4.3"
    #expect(metrics.allSatisfy { $0.workload.managedBy == chart })
    #expect(
      metrics.contains {
        $0.reasons.contains("managed by \(chart)")
          && $0.reasons.contains("set by Helm value image.repository (the chart's default)")
      })
  }

  @Test func theSecondPopulationIsFoundExactly() async throws {
    let file = TestFolders.secondPopulation.appendingPathComponent("expected.json")
    let expected = try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file))
    let server = try await server(.second)
    let (report, text) = try await scan(server, "--helm", "--include", "history")
    let releases = report.findings.filter { $0.workload.kind == "Release" }
    #expect(releases.count == expected.helmReleases.reduce(0) { $0 + $1.uses.count })
    for release in expected.helmReleases {
      for use in release.uses {
        let found = releases.filter {
          $0.workload.namespace == release.namespace && $0.workload.name == release.name
            && $0.path == use.path && $0.image.text == use.image
        }
        #expect(found.count == 1, "\(use.path)")
        guard let finding = found.first else { continue }
        #expect(finding.workload.apiVersion == "helm.sh/v1")
        #expect(finding.workload.managedBy == release.managedBy)
        #expect(finding.container == use.container && finding.role == use.role)
        #expect(finding.activity == use.activity)
        #expect(finding.exposure == (use.activity == "inert" ? "dormant" : "history"))
        for words in use.says { #expect(finding.reasons.contains(words), "\(words)") }
      }
      for live in release.live {
        let found = report.findings.filter {
          $0.workload.namespace == release.namespace && $0.workload.kind == live.kind
            && $0.workload.name == live.name && $0.container == live.container
            && $0.image.text == live.image
        }
        #expect(found.count == 1)
        #expect(found.first?.workload.managedBy == release.managedBy)
        #expect(found.first?.reasons.contains(live.says) == true)
      }
    }
    let problems = report.coverage.filter {
      $0.resource == "helm releases" && $0.state == "partial"
    }
    #expect(
      problems.map { "\($0.namespace) \($0.reason)" }.sorted()
        == expected.helmProblems.map { "\($0.namespace) \($0.says)" }.sorted())
    #expect(!text.contains("hunter2"))
    for text in expected.neverFound.compactMap(\.text) {
      #expect(!report.findings.contains { $0.image.text == text }, "\(text)")
    }
  }

  @Test func anOldTemplateIsHistory() async throws {
    let server = try await server(.second)
    let (report, _) = try await scan(server, "--include", "history")
    let old = report.findings.filter { $0.path.hasPrefix("data.spec.") }
    #expect(old.map(\.image.text) == ["docker.io/bitnami/postgresql:14.9.0-debian-11-r12"])
    #expect(old.map(\.workload.name) == ["ledger"] && old.map(\.counts) == [false])
    let (without, _) = try await scan(server)
    #expect(!without.findings.contains { $0.path.hasPrefix("data.spec.") })
  }

  @Test func accessTellsWhatHelmTakes() async throws {
    let server = try await server(.recorded)
    let token = try #require(server.address.tokens["lab-viewer"])
    let fixture = try KubeconfigFixture(server, .token(token))
    let plain = try await BinaryUnderTest().run("access", kubeconfig: fixture.url)
    #expect(!plain.stdout.contains("secrets"))
    let helm = try await BinaryUnderTest().run("access", "--helm", kubeconfig: fixture.url)
    #expect(helm.stdout.contains("secrets"))
    #expect(helm.stdout.contains("images of Helm's releases"))
  }

  @Test func aRefusalIsAGap() async throws {
    let server = try await server(.recorded)
    let (report, _) = try await scan(server, "--helm", as: "lab-viewer")
    let found = report.coverage.filter { $0.resource.hasPrefix("helm releases") }
    #expect(
      found.map { "\($0.resource): \($0.state)" } == [
        "helm releases: forbidden", "helm releases in configmaps: read",
      ])
  }
}
