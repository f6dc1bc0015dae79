import Foundation
import Testing

@testable import KubernetesAPI

@Suite struct DiscoveryTests {
  private func body(_ name: String) throws -> [UInt8] {
    Array(try Recording.body(name))
  }

  private func aggregated(_ name: String) throws -> Discovery {
    guard case .aggregated(let discovery) = try DiscoveryAnswer(body(name)) else {
      Issue.record("\(name) is not aggregated")
      return Discovery()
    }
    return discovery
  }

  private func groups(_ name: String) throws -> [String] {
    guard case .groups(let groups) = try DiscoveryAnswer(body(name)) else {
      Issue.record("\(name) is not a list of groups")
      return []
    }
    return groups
  }

  /// v2 and the v2beta1 of servers before 1.30 have one shape (KEP-3352); a server of today refuses
  /// to speak the older one.
  @Test(arguments: ["v2", "v2beta1"])
  func aggregatedGroups(version: String) throws {
    let text = String(decoding: try body("apis-aggregated"), as: UTF8.self)
      .replacing("apidiscovery.k8s.io/v2", with: "apidiscovery.k8s.io/\(version)")
    guard case .aggregated(let discovery) = try DiscoveryAnswer(Array(text.utf8)) else {
      Issue.record("not aggregated")
      return
    }
    #expect(discovery.staleGroups.isEmpty)
    let deployments = try #require(
      discovery.resource(group: "apps", name: "deployments", versions: ["v1"]))
    #expect(deployments.kind == "Deployment")
    #expect(deployments.isNamespaced)
    #expect(deployments.verbs.contains("list"))
    #expect(deployments.listPath(namespace: "a b") == "/apis/apps/v1/namespaces/a%20b/deployments")
    let crds = try #require(
      discovery.resource(
        group: "apiextensions.k8s.io", name: "customresourcedefinitions", versions: ["v1"]))
    #expect(!crds.isNamespaced)
    #expect(
      discovery.resource(group: "batch", name: "cronjobs", versions: ["v2", "v1", "v1beta1"])?
        .version == "v1")
    #expect(discovery.resource(group: "batch", name: "cronjobs", versions: ["v1beta1"]) == nil)
  }

  @Test func theAggregatedCoreGroup() throws {
    let discovery = try aggregated("api-aggregated")
    let pods = try #require(discovery.resource(group: "", name: "pods", versions: ["v1"]))
    #expect(pods.qualifiedName == "pods")
    #expect(pods.listPath() == "/api/v1/pods")
    #expect(!discovery.resources.contains { $0.name.contains("/") })
  }

  @Test func aStaleGroupIsNamed() throws {
    let discovery = try aggregated("broken-apiservice-apis-aggregated")
    #expect(!discovery.staleGroups.isEmpty)
    #expect(discovery.staleGroups.allSatisfy { $0.contains("/") })
    #expect(discovery.resource(group: "apps", name: "deployments", versions: ["v1"]) != nil)
    let merged = discovery.merging(Discovery(staleGroups: ["a/v1"]))
    #expect(merged.staleGroups.first == "a/v1")
    #expect(merged.resources == discovery.resources)
  }

  @Test func legacyAnswers() throws {
    #expect(try groups("api-legacy") == ["v1"])
    let found = try groups("apis-legacy")
    #expect(found.contains("apps/v1"))
    #expect(found.contains("batch/v1"))
    let core = try DiscoveryAnswer.resources(body("api-v1-resources"))
    #expect(core.contains { $0.name == "pods" && $0.group.isEmpty && $0.version == "v1" })
    #expect(!core.contains { $0.name == "pods/log" })
    let apps = try DiscoveryAnswer.resources(body("apis-apps-v1-resources"))
    #expect(apps.contains { $0.qualifiedName == "deployments.apps" && $0.kind == "Deployment" })
    #expect(
      try Set(aggregated("apis-aggregated").resources.filter { $0.group == "apps" }.map(\.name))
        == Set(apps.map(\.name)))
  }

  @Test(arguments: [
    "", "{", "[]", "{}", #"{"kind":"Status"}"#, #"{"kind":"APIGroupList"}"#, "null",
  ])
  func somethingElse(text: String) {
    #expect(throws: (any Error).self) { try DiscoveryAnswer(Array(text.utf8)) }
    #expect(throws: (any Error).self) { try DiscoveryAnswer.resources(Array(text.utf8)) }
  }

  @Test func anOldServerIsAskedGroupByGroup() async throws {
    let server = ScriptedServer { target, number in
      switch target {
      case "/api": .json(#"{"kind":"APIVersions","versions":["v1"]}"#)
      case "/apis":
        .json(
          #"{"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"groupVersion":"#
            + #""apps/v1beta1"},{"groupVersion":"apps/v1"}],"preferredVersion":{"groupVersion":"#
            + #""apps/v1"}},{"name":"metrics.k8s.io","versions":[{"groupVersion":"#
            + #""metrics.k8s.io/v1beta1"}]}]}"#)
      case "/apis/metrics.k8s.io/v1beta1": .status(503, "service unavailable")
      default:
        .json(
          #"{"kind":"APIResourceList","groupVersion":"\#(target.dropFirst("/apis/".count))","#
            + #""resources":[]}"#)
      }
    }
    let discovery = try await server.client().discover()
    #expect(discovery.staleGroups == ["metrics.k8s.io/v1beta1"])
    #expect(
      server.requests.filter { $0.hasPrefix("/apis/") }.sorted() == [
        "/apis/apps/v1", "/apis/apps/v1beta1", "/apis/metrics.k8s.io/v1beta1",
        "/apis/metrics.k8s.io/v1beta1",
      ])
    #expect(server.pauses.count == 1)
  }
}
