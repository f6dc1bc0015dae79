import Foundation
import Testing

/// What a person with Tab under the finger gets from a live cluster.
@Suite struct CompletionTests {
  private func complete(
    _ words: [String], kubeconfig: URL
  ) async throws -> (values: [String], result: ProcessResult) {
    let result = try await BinaryUnderTest().run(
      ["__complete"] + words, kubeconfig: kubeconfig)
    #expect(result.status == 0)
    #expect(result.stderr == "")
    var lines = result.stdout.split(separator: "\n").map(String.init)
    #expect(lines.popLast() == ":4")
    return (lines, result)
  }

  @Test func namespacesOfTheCluster() async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture(server)
    let all = try await complete(["-n", ""], kubeconfig: fixture.url).values
    #expect(all.contains("kube-system"))
    #expect(all == all.sorted())
    #expect(
      try await complete(["scan", "-n", "kube-sys"], kubeconfig: fixture.url).values
        == ["kube-system"])
    #expect(
      try await complete(["--namespace=argo,kube-sys"], kubeconfig: fixture.url).values
        == ["argo,kube-system"])
  }

  /// One list and nothing else is asked for.
  @Test func itIsGentle() async throws {
    let server = try await TestClusterProcess.start()
    let fixture = try KubeconfigFixture(server)
    _ = try await complete(["-n", ""], kubeconfig: fixture.url)
    #expect(try await server.log().map(\.path) == ["/api/v1/namespaces"])
  }

  @Test func whereNamespacesAreForbidden() async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture(server, .token("nobody-token"), namespace: "team-a")
    #expect(try await complete(["-n", ""], kubeconfig: fixture.url).values == ["team-a"])
  }

  /// A server that never answers costs the time limit, not the person's patience.
  @Test func aServerThatHangs() async throws {
    var options = TestClusterOptions()
    options.faults = [Fault(.hang, times: 0)]
    let server = try await TestClusterProcess.start(options)
    let fixture = try KubeconfigFixture(server)
    let (values, result) = try await complete(["-n", ""], kubeconfig: fixture.url)
    #expect(values == [])
    #expect(result.seconds < 15)
  }

  /// Namespaces and kinds, then the names of what is there; of every version of Kubernetes.
  @Test(arguments: TestClusterOptions.Profile.allCases)
  func workloads(profile: TestClusterOptions.Profile) async throws {
    let server = try await SharedClusters.shared.server(.recorded, profile)
    let fixture = try KubeconfigFixture(server, namespace: "team-c")
    for (words, expected) in [
      (["team-b/deploy/q"], ["team-b/deploy/quotes"]),
      (["team-b/cronjobs/cl"], ["team-b/cronjobs/cleanup-0", "team-b/cronjobs/cleanup-1"]),
      // The namespace of the context, or that of -n, when none is named.
      (["cj/"], ["cj/nightly-0"]), (["-n", "team-b", "deployment/st"], ["deployment/stock"]),
    ] {
      #expect(
        try await complete(["explain"] + words, kubeconfig: fixture.url).values == expected,
        "\(words)")
    }
  }

  /// Contexts need no server.
  @Test func contexts() async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture([
      .init(name: "prod-us", server: server.address),
      .init(name: "prod-eu", server: server.address),
    ])
    #expect(
      try await complete(["--context", "prod"], kubeconfig: fixture.url).values
        == ["prod-eu", "prod-us"])
  }
}
