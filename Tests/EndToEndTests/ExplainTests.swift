import Foundation
import Testing

/// `explain` and `--by` against a whole cluster.
@Suite struct ExplainTests {
  private static func run(
    _ arguments: [String], _ population: TestClusterOptions.Population = .recorded
  ) async throws -> ProcessResult {
    let server = try await SharedClusters.shared.server(population)
    let fixture = try KubeconfigFixture(server)
    return try await BinaryUnderTest().run(arguments, kubeconfig: fixture.url)
  }

  @Test(arguments: [
    ["team-b/deploy/quotes"], ["-n", "team-b", "DEPLOYMENT/quotes"],
    ["team-b/deployments.apps/quotes", "--color", "never"],
  ])
  func theStoryOfADeployment(_ arguments: [String]) async throws {
    let result = try await Self.run(["explain"] + arguments)
    #expect(result.status == 0)
    #expect(result.stderr == "")
    for line in [
      "WORKLOAD      Deployment/quotes (apps/v1), namespace team-b",
      "1/4  critical  gcr.io/kubebuilder/kube-rbac-proxy:v0.8.0",
      "OWNERS        Deployment/quotes → 2 Pods",
      "OWNERS        Deployment/quotes → ReplicaSet/quotes-7877cf57dd → no Pod now",
      "CLEAN         istio/proxyv2:1.19.3 (container istio-proxy)",
    ] {
      #expect(result.stdout.contains("\n\(line)"), "\(line)")
    }
    #expect(
      result.stdout.contains(
        "\nCHANGE        to registry.k8s.io/kubebuilder/kube-rbac-proxy:v0.8.0: "))
    #expect(
      result.stdout.contains(
        "\nSOURCES       https://github.com/kubernetes-sigs/kubebuilder/discussions/3907\n"))
  }

  /// Only the namespace that is named is read.
  @Test func itAsksForOneNamespace() async throws {
    let scan = try await FaultScan()
    let result = try await scan.run("explain", "team-b/deploy/quotes")
    #expect(result.status == 0)
    let pods = try await scan.lists(of: "pods")
    #expect(!pods.isEmpty)
    #expect(pods.allSatisfy { $0.path == "/api/v1/namespaces/team-b/pods" })
  }

  @Test func hostileNamesStayHarmless() async throws {
    let result = try await Self.run(["explain", "vandal/deploy/hostile-text"], .second)
    #expect(result.status == 0)
    #expect(result.stdout.contains("\\u{1b}]0;owned"))
    #expect(!result.stdout.unicodeScalars.contains { $0 != "\n" && $0.value < 0x20 })
  }

  @Test func whatIsNotThereIsAnErrorWithNearNames() async throws {
    let result = try await Self.run(["explain", "team-b/deploy/quote"])
    #expect(result.status == 1)
    #expect(result.stdout == "")
    #expect(
      result.stderr == "error: there is no \"deploy/quote\" in namespace \"team-b\" that names an"
        + " image; the kind was read; near it: team-b/Deployment/quotes\n")
  }

  @Test func whatMayNotBeReadIsNotCalledAbsent() async throws {
    let scan = try await FaultScan(.init(), .token("limited-token"))
    let result = try await scan.run("explain", "team-a/deploy/no-such-thing")
    #expect(result.status == 1)
    #expect(
      result.stderr.hasPrefix(
        "error: \"deploy/no-such-thing\" was not found in namespace \"team-a\", where"
          + " deployments.apps could not be read (forbidden): it may be there"))
  }

  /// The heading names the key; each view holds every risk that the findings have.
  @Test(arguments: [
    "namespace", "workload", "image", "registry", "rule", "team", "node", "cluster",
  ])
  func everyViewShowsTheWorst(_ view: String) async throws {
    for format in ["table", "wide"] {
      let result = try await Self.run(["--by", view, "-o", format])
      #expect(result.status == 0)
      let heading = view == "workload" ? "NAMESPACE" : view.uppercased()
      #expect(result.stdout.contains("\n\(heading) "), "\(view) \(format)")
      #expect(result.stdout.contains("critical"), "\(view) \(format)")
      #expect(result.stdout.contains("\nNEXT "), "\(view) \(format)")
    }
  }
}
