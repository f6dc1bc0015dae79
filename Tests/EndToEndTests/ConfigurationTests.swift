import Foundation
import Testing

/// Images outside pod specs, and evidence: environment, ConfigMaps, events, runtimes, teams.
@Suite struct ConfigurationTests {
  private static let everything = [
    "-o", "json", "--all-images", "--include", "history", "--configmaps", "--team-label", "team",
  ]

  @Test(arguments: TestClusterOptions.Profile.allCases)
  func otherImagesOfTheRecordedClusterAreFound(
    profile: TestClusterOptions.Profile
  ) async throws {
    let cluster = try await SharedClusters.shared.report(
      .init(profile: profile, arguments: Self.everything)
    ).cluster
    let expected = try ExpectedImages.load().other.filter {
      $0.kind == "ConfigMap" || $0.where.hasPrefix("env ")
    }
    #expect(expected.count == 10)
    let found = cluster.findings.filter {
      $0.isBuiltIn && ["env", "configuration"].contains($0.role)
    }
    func key(_ namespace: String, _ kind: String, _ name: String, _ image: String) -> String {
      "\(namespace) \(kind)/\(name) \(image)"
    }
    let wanted = Set(expected.map { key($0.namespace, $0.kind, $0.name, $0.image) })
    let all = Set(
      found.map {
        key($0.workload.namespace, $0.workload.kind, $0.workload.name, $0.image.text)
      })
    #expect(wanted.subtracting(all) == [])
    // The other operators' variables name images that are well.
    #expect(
      all.subtracting(wanted) == [
        key("argo", "Deployment", "workflow-controller", "quay.io/argoproj/argoexec:v3.4.11"),
        key(
          "cert-manager", "Deployment", "cert-manager",
          "quay.io/jetstack/cert-manager-acmesolver:v1.11.0"),
        key(
          "knative-serving", "Deployment", "controller",
          "gcr.io/knative-releases/knative.dev/serving/cmd/queue@sha256:"
            + "642699e227743be86dda3de6f9df71f607864cca84209a86d4e523b953040aab"),
      ])
    for entry in expected {
      let finding = found.first {
        $0.workload.name == entry.name && $0.image.text == entry.image
      }
      let isLegacy = ["k8s-gcr-io", "google-containers"].contains(finding?.rule ?? "")
      #expect(isLegacy == entry.legacy, "\(entry.image)")
    }
  }

  @Test func aRepositoryPrefixIsJudgedByItsHost() async throws {
    let cluster = try await SharedClusters.shared.report(.init(arguments: Self.everything)).cluster
    let prefix = try #require(cluster.findings.first { $0.workload.name == "kubeadm-config" })
    #expect(prefix.image.text == "k8s.gcr.io")
    #expect(prefix.path == "data.ClusterConfiguration.imageRepository")
    #expect(prefix.replacement == "registry.k8s.io")
    #expect(
      prefix.reasons.contains("a repository prefix, judged by k8s.gcr.io/kube-apiserver:v1.23.17"))
  }

  @Test func withoutTheFlagOnlyNamedConfigMapsAreRead() async throws {
    let cluster = try await SharedClusters.shared.report(.init()).cluster
    let names = Set(
      cluster.findings.filter { $0.isBuiltIn && $0.role == "configuration" }
        .map(\.workload.name))
    #expect(names == ["kubeadm-config", "istio-sidecar-injector"])
    let skipped = cluster.coverage.filter { $0.resource == "configmaps" }
    #expect(skipped.map(\.state) == ["skipped"])
    #expect(skipped.map(\.reason) == ["--configmaps"])
    #expect(skipped.allSatisfy { !$0.isGap })
  }

  @Test func eventsExplainPodsThatWait() async throws {
    let cluster = try await SharedClusters.shared.report(.init(arguments: Self.everything)).cluster
    let sandboxes = cluster.findings.filter { $0.role == "sandbox" && $0.exposure == "failing" }
    #expect(
      Set(sandboxes.map { "\($0.workload.namespace)/\($0.workload.name) \($0.image.text)" }) == [
        "data-pipeline/images k8s.gcr.io/pause:3.2", "team-c/sandbox-stuck k8s.gcr.io/pause:3.2",
      ])
    let explained = cluster.findings.filter { $0.failures.contains { $0.reason == "Failed" } }
    #expect(explained.count == 31)
    // What only events tell does not make a pull fail.
    #expect(
      explained.allSatisfy {
        $0.failures.contains { $0.reason.hasSuffix("Pull") || $0.reason.hasSuffix("PullBackOff") }
      })
  }

  @Test func theSecondPopulationHasTheseOutsidePodSpecs() async throws {
    let cluster = try await SharedClusters.shared.report(
      .init(population: .second)
    ).cluster
    let found = cluster.findings.filter {
      $0.isBuiltIn && !$0.isInPodSpec && $0.exposure != "history"
    }
    #expect(
      Set(found.map { "\($0.role) \($0.workload.name) \($0.path) \($0.image.text)" }) == [
        "configuration kubeadm-config data.ClusterConfiguration.imageRepository k8s.gcr.io",
        "configuration kubeadm-config data.ClusterConfiguration.dns.imageRepository k8s.gcr.io",
        "sandbox slowpoke  k8s.gcr.io/pause:3.5",
      ])
  }

  @Test func runtimesImplyTheirSandboxImages() async throws {
    let cluster = try await SharedClusters.shared.report(.init()).cluster
    let nodes = cluster.findings.filter { $0.workload.kind == "Node" }
    #expect(
      nodes.map { "\($0.workload.name) \($0.image.text) \($0.risk)" } == [
        "cp-04.lab.example k8s.gcr.io/pause:3.6 info",
        "worker-03.lab.example k8s.gcr.io/pause:3.2 info",
      ])
  }

  @Test func namespacesGiveTheirTeam() async throws {
    let cluster = try await SharedClusters.shared.report(.init(arguments: Self.everything)).cluster
    let teams = Dictionary(grouping: cluster.findings, by: \.workload.namespace)
      .mapValues { Set($0.map(\.team)) }
    #expect(teams["argo-rollouts"] ?? ["argo"] == ["argo"])
    #expect(teams["payments-prod"] == ["payments"])
    #expect(teams["kube-system"] == [nil])
    let one = try await SharedClusters.shared.report(
      .init(arguments: ["-o", "json", "-n", "payments-prod", "--team-label", "team"])
    ).cluster
    #expect(Set(one.findings.map(\.team)) == ["payments"])
  }

  @Test func withoutWaitingPodsNobodyAsksForEvents() async throws {
    var options = TestClusterOptions()
    options.population = .migrated
    let server = try await TestClusterProcess.start(options)
    let fixture = try KubeconfigFixture(server)
    let result = try await BinaryUnderTest().run(["-o", "json"], kubeconfig: fixture.url)
    #expect(result.status == 0)
    #expect(try await !server.log().contains { $0.path.contains("events") })
  }

  /// Node caches are matched by the whole reference: on all twelve nodes for what tolerates every
  /// taint, on the nine workers, and on those of them that take new Pods.
  @Test(arguments: TestClusterOptions.Profile.allCases)
  func nodesHoldWhatTheyList(profile: TestClusterOptions.Profile) async throws {
    let cluster = try await SharedClusters.shared.report(.init(profile: profile)).cluster
    var holders: [String: Set<String>] = [:]
    var nodes: Set<String> = []
    for entry in try ExpectedImages.load().nodes {
      let name = entry.image.replacing(/^index\.docker\.io\//, with: "docker.io/")
      holders[name, default: []].insert(entry.node)
      nodes.insert(entry.node)
    }
    let workers = nodes.filter { $0.hasPrefix("worker-") }
    let eligible = [12: nodes, 9: workers, 8: workers.subtracting(["worker-10.lab.example"])]
    var compared = 0
    for finding in cluster.findings where finding.image.digest == nil {
      guard let fitting = finding.nodesTotal.flatMap({ eligible[$0] }) else { continue }
      let image = finding.image
      let name =
        "\(image.registry ?? "")/\(image.repository ?? ""):\(image.tag ?? "latest")".lowercased()
      #expect(
        finding.nodesWithImage == holders[name, default: []].intersection(fitting).count, "\(name)")
      compared += 1
    }
    #expect(compared > 700)
  }

  /// Before OpenAPI v3 the definitions tell where images are; without them documented kinds are
  /// read all the same.
  @Test func withoutDefinitionsDocumentedKindsAreRead() async throws {
    var options = TestClusterOptions()
    options.profile = .v1_20
    let server = try await TestClusterProcess.start(options)
    let fixture = try KubeconfigFixture(server, .token("partial-token"))
    let cluster = try ScannedReport(
      try await BinaryUnderTest().run(
        ["-o", "json", "--all-images", "--include", "history"], kubeconfig: fixture.url)
    ).cluster
    let whole = try await SharedClusters.shared.report(.init(profile: .v1_20)).cluster
    #expect(
      cluster.findings.filter(\.isBuiltInPodSpec).count
        == whole.findings.filter(\.isBuiltInPodSpec).count)
    let documented = Set(whole.findings.filter { !$0.isBuiltIn }.map(\.workload.kind))
      .subtracting(["NodeJob"])
    #expect(documented.count > 8)
    #expect(Set(cluster.findings.filter { !$0.isBuiltIn }.map(\.workload.kind)) == documented)
    let gaps = Set(cluster.coverage.filter(\.isGap).map { "\($0.resource) \($0.state)" })
    #expect(
      gaps == [
        "configmaps forbidden", "customresourcedefinitions.apiextensions.k8s.io forbidden",
        "events forbidden", "nodes forbidden",
      ])
    let access = try await BinaryUnderTest().run("access", kubeconfig: fixture.url)
    #expect(access.status == 0)
    #expect(
      access.stderr == "warning: customresourcedefinitions.apiextensions.k8s.io may not be listed:"
        + " only kinds whose image fields are documented are read; ask again with the right to it,"
        + " for more kinds may turn up\n")
  }

  @Test func whatIsForbiddenCostsNothingElse() async throws {
    let server = try await TestClusterProcess.start()
    let fixture = try KubeconfigFixture(server, .token("partial-token"))
    let report = try ScannedReport(
      try await BinaryUnderTest().run(
        ["-o", "json", "--all-images", "--include", "history"], kubeconfig: fixture.url))
    let cluster = try report.cluster
    let whole = try await SharedClusters.shared.report(.init()).cluster
    #expect(
      cluster.findings.filter(\.isInPodSpec).count == whole.findings.filter(\.isInPodSpec).count)
    let gaps = cluster.coverage.filter(\.isGap).map { "\($0.resource) \($0.namespace) \($0.state)" }
    #expect(
      gaps == [
        "configmaps argo forbidden", "configmaps istio-system forbidden",
        "configmaps knative-serving forbidden", "configmaps kube-system forbidden",
        "configmaps tekton-pipelines forbidden", "events  forbidden", "nodes  forbidden",
      ])
    #expect(cluster.findings.allSatisfy { !$0.isBuiltIn || $0.role != "configuration" })
  }
}
