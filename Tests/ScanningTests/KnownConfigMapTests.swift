import ConfigMaps
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

  /// Whether a namespace may hide images does not hang on why they were not read.
  @Test func oneThatMayNotBeReadMayHideImages() async throws {
    let entries = try await entries(.forbidden)
    #expect(entries.map(\.reason) == ["istio-sidecar-injector"])
    #expect(entries.map(\.namespace) == ["istio-system"])
    #expect(entries.map(\.state) == [.forbidden])
    #expect(entries.map(\.mayHideImages) == [true])
  }

  /// A server that gives no ConfigMap at all.
  private func server(_ namespaces: [String]) -> ScriptedServer {
    var server = ScriptedServer.make(namespaces: namespaces)
    for known in KnownConfigMap.all {
      server.answers["/api/v1/namespaces/\(known.namespace)/configmaps/\(known.name)"] = .forbidden
    }
    return server
  }

  /// `NAMESPACE[?]`, with a mark where it leaves the namespace partly unknown.
  private func told(_ scanned: Scanned) -> [String] {
    scanned.result.coverage.filter { $0.resource == "configmaps" && $0.isGap }
      .map { $0.namespace + ($0.mayHideImages ? "?" : "") }
  }

  @Test func namespacesThatDoNotExistAreNotToldOf() async throws {
    let scanned = try await server(["a", "kube-system"]).scan()
    #expect(told(scanned) == ["kube-system?"])
    #expect(scanned.asked("configmaps").count == 1)
  }

  /// Where nobody knows which namespaces exist, those count in which something was found.
  @Test func withoutAListOfNamespacesWhatIsInhabitedIsThere() async throws {
    var server = server(["a", "kube-system"])
    server.answers["/api/v1/namespaces"] = .forbidden
    server.answers["/apis/apps/v1/deployments"] = .list(
      "Deployment",
      [ScriptedServer.deployment("coredns", in: "kube-system", image: "registry.k8s.io/coredns:1")])
    let scanned = try await server.scan()
    #expect(told(scanned) == ["", "kube-system?"])
    let others = KnownConfigMap.all.count - 1
    #expect(scanned.gaps.contains("configmaps forbidden: \(others) that are known by name"))
  }

  @Test func aKindThatIsLeftOutIsNotAskedFor() async throws {
    for kinds in [KindFilter(excluded: ["configmaps"]), KindFilter(only: ["Deployment"])] {
      let scanned = try await server(["a", "kube-system"]).scan(kinds: kinds)
      #expect(told(scanned) == [])
      #expect(scanned.asked("configmaps") == [])
    }
  }

  @Test func aNamespaceThatIsLeftOutIsNotAsked() async throws {
    let scanned = try await server(["a", "kube-system"]).scan(excluding: ["kube-*"])
    #expect(told(scanned) == [])
    #expect(scanned.asked("configmaps") == [])
  }

  @Test func onlyTheNamespacesThatWereAskedForAreToldOf() async throws {
    let scanned = try await server(["a", "argo", "kube-system"]).scan(namespaces: ["a", "argo"])
    #expect(told(scanned) == ["argo?"])
  }
}
