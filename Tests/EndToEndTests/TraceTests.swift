import Foundation
import TemporaryFolder
import Testing

/// `trace`, run as a person runs it: of a cluster that is read, and of a report.
@Suite struct TraceTests {
  private static let objects = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: istiod, namespace: istio-system}
    spec:
      template:
        spec:
          containers:
          - {name: discovery, image: "gcr.io/istio-release/pilot:1.29.1"}
    ---
    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: e2e}
    spec:
      jobTemplate:
        spec:
          template:
            spec:
              containers:
              - {name: e2e, image: "k8s.gcr.io/e2e-test-images/agnhost:2.32"}
    ---
    apiVersion: batch/v1
    kind: Job
    metadata: {name: old, namespace: vault}
    spec:
      template:
        spec:
          containers:
          - {name: x, image: k8s.gcr.io/old:1}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: left, namespace: shop}
    spec:
      template:
        spec:
          containers:
          - {name: x, image: k8s.gcr.io/left:1}

    """

  /// The sample's report beside files that some of it comes from.
  private func folder() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let report = try await BinaryUnderTest().run("demo", "-o", "json")
    try folder.write(report.stdout, to: "report.json")
    try folder.write(Self.objects, to: "deploy/all.yaml")
    try folder.write("name: orders-db\n", to: "deploy/orders-db/Chart.yaml")
    try folder.write(
      "image:\n  repository: docker.io/bitnami/postgresql\n  tag: 15.4.0-debian-11-r45\n",
      to: "deploy/orders-db/values.yaml")
    try folder.write(
      "images:\n- {name: gcr.io/cadvisor/cadvisor, newTag: v0.47.2}\n",
      to: "deploy/kustomization.yaml")
    return folder
  }

  private func run(_ arguments: [String], in folder: TemporaryFolder) async throws -> ProcessResult
  {
    try await BinaryUnderTest().run(arguments, folder: folder.url)
  }

  private func document(_ result: ProcessResult) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: result.output) as? [String: Any])
  }

  /// Workload → confidence and the closest place.
  private func origins(_ document: [String: Any]) throws -> [String: String] {
    let findings = try #require(document["findings"] as? [[String: Any]])
    return Dictionary(
      findings.map { finding in
        let first = (finding["candidates"] as? [[String: Any]])?.first
        let place = first.map {
          " \($0["file"] ?? ""):\($0["line"] ?? ""):\($0["column"] ?? "")"
        }
        return (
          "\(finding["namespace"] ?? "")/\(finding["workloadName"] ?? "")",
          "\(finding["confidence"] ?? "")\(place ?? "")"
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  @Test func aReport() async throws {
    let result = try await run(
      ["trace", ".", "--from", "report.json", "-o", "json"], in: try await folder())
    #expect(result.status == 0)
    #expect(result.stderr == "")
    let document = try document(result)
    let origins = try origins(document)
    #expect(origins["istio-system/istiod"] == "certain deploy/all.yaml:8:35")
    #expect(origins["ci/nightly-e2e"] == "likely deploy/all.yaml:19:33")
    #expect(origins["data/postgresql"] == "likely deploy/orders-db/values.yaml:2:15")
    #expect(origins["monitoring/cadvisor-legacy"] == "likely deploy/kustomization.yaml:2:10")
    // The report itself names every image, and is no source of any.
    #expect(origins["data/minio"] == "none")
    let files = try #require(document["filesOnly"] as? [[String: Any]])
    #expect(
      Dictionary(
        files.map { ("\($0["image"] ?? "")", "\($0["state"] ?? "") \($0["reason"] ?? "")") },
        uniquingKeysWith: { first, _ in first })
        == [
          "k8s.gcr.io/left:1": "not-live <null>",
          "k8s.gcr.io/old:1": "unknown jobs.batch in vault (forbidden)",
        ])
  }

  /// `hub` and `tag` of values make the image; an overlay's namespace that of the base's object.
  @Test func hubsAndKustomizations() async throws {
    let folder = try TemporaryFolder()
    let report = try await BinaryUnderTest().run("demo", "-o", "json")
    try folder.write(report.stdout, to: "report.json")
    try folder.write(
      "global:\n  hub: gcr.io/istio-release\n  tag: 1.29.1\n", to: "istio/values.yaml")
    let hub = try await run(
      ["trace", "istio", "--from", "report.json", "-o", "json"], in: folder)
    #expect(try origins(document(hub))["istio-system/istiod"] == "possible istio/values.yaml:2:8")
    #expect(try #require(try document(hub)["filesOnly"] as? [Any]).isEmpty)
    let deployment = try #require(Self.objects.components(separatedBy: "---\n").first)
    try folder.write(
      deployment.replacing("istio-system", with: "default"), to: "base/istiod.yaml")
    try folder.write("resources: [istiod.yaml]\n", to: "base/kustomization.yaml")
    try folder.write(
      "namespace: istio-system\nresources: [../base]\n", to: "over/kustomization.yaml")
    let all = try await run(
      ["trace", "base", "over", "istio", "--from", "report.json", "-o", "json"], in: folder)
    #expect(try origins(document(all))["istio-system/istiod"] == "certain base/istiod.yaml:8:35")
    #expect(all.stdout.contains("in the namespace that over/kustomization.yaml sets"))
    let base = try await run(
      ["trace", "base", "--from", "report.json", "-o", "json"], in: folder)
    #expect(try origins(document(base))["istio-system/istiod"] == "possible base/istiod.yaml:8:35")
  }

  @Test func theTable() async throws {
    let folder = try await folder()
    try folder.write("a: [\n", to: "deploy/b\u{1b}[31mad.yaml")
    let result = try await run(["trace", "deploy", "--from", "report.json"], in: folder)
    #expect(result.status == 0)
    for text in [
      "An embedded sample, not your cluster.\n",
      "the same object and container",
      "image.repository: the path names Helm release \"orders-db\", which manages the workload",
      "\nLIVE, IN NO FILE THAT WAS READ\n", "\nIN FILES, NOWHERE LIVE\n",
      "\nIN FILES, NOT KNOWN TO BE LIVE\n", "\nNOT READ\n  jobs.batch in vault (forbidden)\n",
      "unreadable: deploy/b\\u{1b}[31mad.yaml:",
      "\n17 findings live · 1 certain · 3 likely · 13 in no file that was read"
        + " · 1 in files and nowhere live · 1 in files and not known to be live\n",
    ] {
      #expect(result.stdout.contains(text), "\(text)")
    }
    #expect(!result.stdout.unicodeScalars.contains { $0 != "\n" && $0.value < 0x20 })
  }

  private static let statuses: [([String], Int32)] = [
    (["trace"], 2), (["trace", "nowhere", "--from", "report.json"], 1),
    (["trace", "-", "--from", "-"], 2),
    (["trace", "deploy", "--from", "report.json", "--require-complete"], 4),
    (["trace", "deploy", "--from", "report.json", "--require-complete", "--exit-zero"], 0),
    (["trace", "deploy", "--from", "files.json"], 2), (["trace", "deploy", "-o", "csv"], 2),
  ]

  @Test(arguments: statuses) func status(arguments: [String], status: Int32) async throws {
    let folder = try await folder()
    if arguments.contains("files.json") {
      let files = try await run(["files", "deploy", "-o", "json"], in: folder)
      try folder.write(files.stdout, to: "files.json")
    }
    #expect(try await run(arguments, in: folder).status == status)
  }

  /// That nothing live has an image is known where the same rules judged both sides.
  @Test func aReportOfOwnRules() async throws {
    let folder = try await folder()
    try folder.write(
      """
      apiVersion: gcr-report/v1
      kind: RegistryCatalogue
      rules:
      - {id: corp, match: [old.corp.example], fate: gone}
      """, to: "rules.yaml")
    let demo = try await run(["demo", "--rules", "rules.yaml", "-o", "json"], in: folder)
    try folder.write(demo.stdout, to: "ruled.json")
    let trace = ["trace", "deploy", "--from", "ruled.json", "-o", "json"]
    for (arguments, reason) in [
      (trace + ["--rules", "rules.yaml"], nil),
      (trace, "the report judges by other rules, or another day"),
    ] {
      let files = try #require(
        try document(try await run(arguments, in: folder))["filesOnly"] as? [[String: Any]])
      let left = try #require(files.first { $0["image"] as? String == "k8s.gcr.io/left:1" })
      #expect(left["reason"] as? String == reason)
    }
  }

  @Test func aCluster() async throws {
    let server = try await SharedClusters.shared.server()
    let fixture = try KubeconfigFixture(server)
    let folder = try TemporaryFolder()
    try folder.write(
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: quotes, namespace: team-b}
      spec:
        template:
          spec:
            containers:
            - {name: app, image: "gcr.io/kubebuilder/kube-rbac-proxy:v0.8.0"}

      """, to: "quotes.yaml")
    let result = try await BinaryUnderTest().run(
      ["trace", ".", "-n", "team-b", "-o", "json"], kubeconfig: fixture.url, folder: folder.url)
    #expect(result.status == 0)
    let document = try document(result)
    #expect(document["filter"] as? [String] == ["-n team-b"])
    #expect(try origins(document)["team-b/quotes"] == "certain quotes.yaml:8:29")
  }
}
