import Foundation
import Testing

@testable import CommandLineTool

/// The embedded sample: what it promises to show, judged on a fixed day.
@Suite("The demo") struct DemoTests {
  private struct Outcome {
    var status: Int32
    var output: String
    var error: String
  }

  /// On 2026-11-21.
  private func run(_ arguments: String...) async throws -> Outcome {
    let output = try Capture()
    let error = try Capture()
    let environment = Environment(
      variables: [:], homeDirectory: nil, currentDirectory: "/", now: { 1_795_248_549 },
      terminal: TerminalFacts(),
      standardOutput: output.writer(named: "standard output"),
      standardError: error.writer(named: "standard error"))
    let status = await CommandLineTool.run(
      arguments: ["demo"] + arguments, environment: environment)
    return Outcome(status: status, output: try output.text(), error: try error.text())
  }

  private func findings(_ flags: String...) async throws -> [[String: Any]] {
    let outcome =
      flags.isEmpty
      ? try await run("-o", "json", "--include", "history", "--all-images")
      : try await run("-o", "json", flags[0])
    #expect(outcome.status == 0)
    let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let clusters = try #require((report as? [String: Any])?["clusters"] as? [[String: Any]])
    return try #require(clusters.first?["findings"] as? [[String: Any]])
  }

  @Test func itSaysFirstThatItIsSampleData() async throws {
    for format in ["table", "wide"] {
      let outcome = try await run("-o", format)
      #expect(outcome.status == 0)
      #expect(outcome.error == "")
      #expect(
        outcome.output.prefix { $0 != "\n" }
          == "SAMPLE DATA: an embedded cluster, nothing here is yours")
    }
  }

  @Test func everyRiskAndEveryExposureOccurs() async throws {
    let findings = try await findings()
    #expect(
      Set(findings.compactMap { $0["risk"] as? String })
        == ["critical", "high", "medium", "low", "info", "clean"])
    #expect(
      Set(findings.compactMap { $0["exposure"] as? String })
        == ["failing", "pulls", "cached", "dormant", "history", "unknown"])
  }

  @Test func theForbiddenKindShows() async throws {
    let output = try await run().output
    #expect(output.contains("NOT READ      jobs.batch in vault (forbidden)\n"))
    #expect(output.contains("\nvault         unknown "))
  }

  @Test func lookAlikesAreClean() async throws {
    func isLookAlike(_ finding: [String: Any]) -> Bool {
      (finding["workload"] as? [String: Any])?["name"] as? String == "look-alikes"
    }
    let looks = try await findings().filter(isLookAlike)
    #expect(looks.count == 3)
    #expect(looks.allSatisfy { ($0["risk"] as? String) == "clean" })
    #expect(try await findings("--no-headers").contains(where: isLookAlike) == false)
  }

  @Test func twoRunsGiveTheSameBytes() async throws {
    for format in ["table", "wide", "csv", "json"] {
      #expect(try await run("-o", format).output == (try await run("-o", format).output))
    }
  }

  @Test func aNamespaceThatIsNotThereIsSaidSo() async throws {
    let some = try await run("-n", "web", "-n", "wbe")
    #expect(some.status == 0)
    #expect(
      some.output.contains(
        "NOT READ      namespaces in wbe (failed): there is no namespace \"wbe\"\n"))
    #expect(some.output.contains("Nothing found in what was read.\n"))
    #expect(some.output.contains(" 1 unknown · 1 clean\n"))
    let none = try await run("-n", "wbe")
    #expect(none.status == 1)
    #expect(none.output == "")
    #expect(
      none.error
        == "error: the cluster has no namespace \"wbe\"; see \"kubectl get namespaces\"\n")
  }

  @Test(
    "what the sample answers",
    arguments: [
      ("GET", "/version", 200), ("GET", "/api", 200), ("GET", "/apis", 200),
      ("GET", "/api/v1/pods", 200), ("GET", "/api/v1/namespaces/ci/pods", 200),
      ("GET", "/apis/apps/v1/deployments", 200),
      ("GET", "/apis/batch/v1/jobs", 403), ("GET", "/apis/batch/v1/namespaces/vault/jobs", 403),
      ("GET", "/apis/batch/v1/namespaces/ci/jobs", 200),
      ("GET", "/api/v1/namespaces", 200), ("GET", "/api/v1/namespaces/ci", 200),
      ("GET", "/api/v1/namespaces/none", 404), ("GET", "/api/v1/secrets", 404),
      ("GET", "/apis/apps/v1beta1/deployments", 404), ("GET", "/", 404), ("GET", "", 404),
      ("POST", "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", 201),
    ])
  func answers(method: String, path: String, status: Int) throws {
    let answer = try SampleCluster.embedded().answer(
      method: method, path: path, body: #"{"spec":{"namespace":"ci"}}"#)
    #expect(answer.status == status)
    #expect(throws: Never.self) {
      try JSONSerialization.jsonObject(with: Data(answer.json.utf8))
    }
  }

  @Test(
    "a sample that is wrong is found out",
    arguments: [
      ("", SampleError.noHead), ("kind: Other", .noHead),
      (
        """
        kind: SampleCluster
        version: v1
        forbidden: {resource: jobs.batch, namespace: a}
        namespaces: [a]
        ---
        kind: Unheard
        """, .unknownKind(line: 6)
      ),
    ])
  func wrongSamples(text: String, expected: SampleError) {
    #expect(throws: expected) { try SampleCluster(Array(text.utf8)) }
  }
}
