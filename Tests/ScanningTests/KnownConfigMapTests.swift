import Inventory
import Testing

@testable import Scanning

/// What the ledger says of the ConfigMaps that are asked for by name.
@Suite struct KnownConfigMapTests {
  private static let path = "/api/v1/namespaces/istio-system/configmaps/istio-sidecar-injector"

  private func entries(_ answer: ScriptedServer.Answer) async throws -> [CoverageEntry] {
    var server = ScriptedServer.make(namespaces: ["kube-system", "istio-system"])
    server.answers[Self.path] = answer
    return try await server.scan().result.coverage.filter {
      $0.resource == "configmaps" && $0.isGap
    }
  }

  /// It may name images: its namespace is known in part only.
  @Test func oneThatCannotBeReadMayHideImages() async throws {
    let entries = try await entries(.status(500, "InternalError"))
    #expect(
      entries == [
        CoverageEntry(
          resource: "configmaps", namespace: "istio-system", state: .failed,
          reason: "istio-sidecar-injector: worded")
      ])
    #expect(entries.map(\.mayHideImages) == [true])
  }

  /// Istio's revisions have injectors of their own; namespaces say which are in use.
  @Test func injectorsOfRevisionsAreAskedFor() async throws {
    var server = ScriptedServer.make(namespaces: ["kube-system", "istio-system", "a", "b", "c"])
    server.answers["/api/v1/namespaces"] = .list(
      "Namespace",
      [
        #"{"metadata":{"name":"istio-system"}}"#,
        #"{"metadata":{"name":"a","labels":{"istio.io/rev":"1-29"}}}"#,
        #"{"metadata":{"name":"b","labels":{"istio.io/rev":"default"}}}"#,
        #"{"metadata":{"name":"c","labels":{"istio.io/rev":"1-29"}}}"#,
      ])
    server.answers["\(Self.path)-1-29"] = .ok(
      #"{"metadata":{"name":"istio-sidecar-injector-1-29","namespace":"istio-system","uid":"u"},"#
        + #""data":{"values":"{global: {hub: h.io/x, tag: '1', proxy: {image: proxyv2}}}"}}"#)
    let scanned = try await server.scan()
    #expect(scanned.images == ["istio-system/istio-sidecar-injector-1-29 data.values:1"])
    #expect(
      scanned.asked("istio-sidecar-injector") == ["GET \(Self.path)", "GET \(Self.path)-1-29"])
  }

  @Test func oneThatIsNotThereIsNoGap() async throws {
    #expect(try await entries(.notFound) == [])
  }

  /// A right that is not given is told, and hides nothing that is known to be there.
  @Test func oneThatMayNotBeReadIsTold() async throws {
    let entries = try await entries(.forbidden)
    #expect(entries.map(\.reason) == ["istio-sidecar-injector"])
    #expect(entries.map(\.state) == [.forbidden])
    #expect(entries.map(\.mayHideImages) == [false])
  }
}
