import CurlTransport
import Kubeconfig
import KubernetesAPI

/// `demo`: the same pipeline against an embedded sample cluster.
enum DemoCommand {
  static let command = Command(
    name: .demo,
    group: .reference,
    summary: "Scan an embedded sample cluster",
    details: [
      "Run the whole scan against a sample cluster inside this program: no cluster, no network,"
        + " no kubeconfig is needed. It shows every risk, every exposure and what a kind that may"
        + " not be read does to a report."
    ],
    examples: [
      .init(comment: "The risk table of the sample", line: "kubectl gcr-report demo"),
      .init(comment: "Every finding of the sample", line: "kubectl gcr-report demo -o wide"),
    ],
    run: { try await run($0) })

  private static func run(_ invocation: Invocation) async throws -> ExitStatus {
    let pipeline = try ScanPipeline(invocation)
    SampleURLProtocol.serve(try SampleCluster.embedded())
    guard let server = ServerAddress("https://sample.invalid") else { throw SampleError.noHead }
    let target = ClusterTarget(contextName: "sample", server: server)
    let now = invocation.environment.now
    let client = APIClient(
      target: target,
      credentials: CredentialProvider(
        for: target,
        sources: ExecCredentialSources(
          surroundings: .withoutPlugins(because: "the sample needs no credentials"))),
      proxy: .none,
      options: .init(
        userAgent: Version.userAgent, protocolClass: SampleURLProtocol.self, now: now),
      log: RequestLog())
    let (_, report) = try await pipeline.read(target: target, client: client, isSample: true)
    return pipeline.delivery.deliver(report, facts: pipeline.delivery.facts(of: report))
  }
}
