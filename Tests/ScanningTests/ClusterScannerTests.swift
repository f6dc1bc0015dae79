import Inventory
import KubernetesAPI
import Testing

@testable import Scanning

@Suite("Scanning one cluster") struct ClusterScannerTests {
  private static let everything = #"{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}"#

  @Test func everythingIsReadOnce() async throws {
    var server = ScriptedServer.make()
    server.answers["/apis/apps/v1/deployments"] = .list(
      "Deployment", [ScriptedServer.deployment("web", in: "a", image: "nginx:1")])
    let scanned = try await server.scan()
    #expect(scanned.gaps == [])
    #expect(scanned.images == ["a/web spec.template.spec.containers[0].image"])
    #expect(scanned.result.inventory.namespaces == ["a", "b", "kube-system"])
    #expect(scanned.result.serverVersion == "v1.31.0")
    #expect(scanned.result.clusterUID == "ns-kube-system")
    #expect(scanned.result.nodes?.nodes == [])
    #expect(scanned.result.autoscalers == AutoscalerIndex())
    #expect(Set(scanned.requests).count == scanned.requests.count)
    #expect(scanned.asked("secrets") == [])
    #expect(scanned.asked("POST") == [])
  }

  @Test func kindsThatAreNotServedAreSaidSo() async throws {
    var server = ScriptedServer.make()
    server.answers["/apis"] = ScriptedServer.discovery(
      without: ["batch/v1/cronjobs", "autoscaling/v2/horizontalpodautoscalers"]
    ) { $0 != "v1" }
    let scanned = try await server.scan()
    #expect(scanned.gaps == ["cronjobs.batch not-served: expected batch/v1 or batch/v1beta1"])
    #expect(scanned.asked("cronjobs") == [])
  }

  @Test func cronJobsOfOldServers() async throws {
    var server = ScriptedServer.make()
    server.answers["/apis"] = ScriptedServer.discovery(
      without: ["batch/v1/cronjobs"], extra: [("batch/v1beta1", "cronjobs", "CronJob")]
    ) { $0 != "v1" }
    server.answers["/apis/batch/v1beta1/cronjobs"] = .list(
      "CronJob", [ScriptedServer.cronJob("nightly", in: "a", image: "nginx:1")],
      as: "batch/v1beta1")
    let scanned = try await server.scan()
    #expect(scanned.gaps == [])
    #expect(
      scanned.images == ["a/nightly spec.jobTemplate.spec.template.spec.containers[0].image"])
    #expect(scanned.asked("cronjobs") == ["GET /apis/batch/v1beta1/cronjobs"])
  }

  @Test func withoutDiscoveryEveryVersionIsTried() async throws {
    var server = ScriptedServer.make()
    server.answers["/api"] = .forbidden
    server.answers["/apis"] = .forbidden
    server.answers["/apis/batch/v1/cronjobs"] = nil
    server.answers["/apis/batch/v1beta1/cronjobs"] = .list(
      "CronJob", as: "batch/v1beta1")
    server.answers["/apis/autoscaling/v1/horizontalpodautoscalers"] = .list(
      "HorizontalPodAutoscaler", as: "autoscaling/v1")
    let scanned = try await server.scan()
    #expect(
      scanned.gaps == [
        "custom resources failed: which kinds are served is unknown", "discovery forbidden",
      ])
    #expect(
      scanned.asked("cronjobs") == [
        "GET /apis/batch/v1/cronjobs", "GET /apis/batch/v1beta1/cronjobs",
      ])
    #expect(scanned.result.autoscalers != nil)
  }

  /// Legacy discovery asks group by group; one that fails is not a group without kinds.
  @Test func aGroupThatDiscoveryMissedIsStillAskedFor() async throws {
    var server = ScriptedServer.make()
    server.answers["/apis"] = .ok(
      #"{"kind":"APIGroupList","groups":[{"name":"apps","versions":[{"groupVersion":"apps/v1"}]}]}"#
    )
    server.answers["/apis/apps/v1"] = .status(500, "InternalError")
    server.answers["/apis/apps/v1/deployments"] = .list(
      "Deployment", [ScriptedServer.deployment("web", in: "a", image: "nginx:1")])
    let scanned = try await server.scan()
    #expect(scanned.images.count == 1)
    #expect(
      scanned.gaps == [
        "apps/v1 failed: its API server does not answer",
        "cronjobs.batch not-served: expected batch/v1 or batch/v1beta1",
        "jobs.batch not-served: expected batch/v1",
      ])
  }

  @Test func aListThatFailsIsAGap() async throws {
    var server = ScriptedServer.make()
    server.answers["/apis/apps/v1/daemonsets"] = .status(500, "InternalError")
    server.answers["/apis/batch/v1/jobs"] = .ok(#"{"kind":"JobList","items":[{"#)
    let scanned = try await server.scan()
    #expect(scanned.gaps == ["daemonsets.apps failed: worded", "jobs.batch failed: worded"])
  }

  /// A kind that the server names may hold images, whatever a gateway answers for it.
  @Test func aNamedKindThatIsNotFoundIsAGap() async throws {
    var server = ScriptedServer.make()
    for path in [
      "/api/v1/pods", "/apis/apps/v1/deployments", "/api/v1/nodes",
      "/apis/autoscaling/v2/horizontalpodautoscalers",
    ] {
      server.answers[path] = .notFound
    }
    let scanned = try await server.scan()
    let reason = "failed: the server names it, and answers 404 when asked for it"
    #expect(
      scanned.gaps == [
        "deployments.apps \(reason)", "horizontalpodautoscalers.autoscaling failed: worded",
        "nodes failed: worded", "pods \(reason)",
      ])
    #expect(scanned.result.nodes == nil && scanned.result.autoscalers == nil)
  }

  @Test func aKindInVersionsThatNobodyKnowsIsAGap() async throws {
    var server = ScriptedServer.make()
    server.answers["/apis"] = ScriptedServer.discovery(
      without: ["batch/v1/cronjobs"], extra: [("batch/v3", "cronjobs", "CronJob")]
    ) { $0 != "v1" }
    #expect(
      try await server.scan().gaps == [
        "cronjobs.batch failed: served in other versions only; expected batch/v1 or batch/v1beta1"
      ])
  }

  @Test func evidenceMayBeForbidden() async throws {
    var server = ScriptedServer.make()
    server.answers["/api/v1/nodes"] = .forbidden
    server.forbid(["horizontalpodautoscalers"])
    server.answers["/api/v1/namespaces/kube-system"] = .forbidden
    let scanned = try await server.scan()
    #expect(
      scanned.gaps == [
        "horizontalpodautoscalers.autoscaling forbidden", "namespaces/kube-system forbidden",
        "nodes forbidden",
      ])
    #expect(scanned.result.nodes == nil)
    #expect(scanned.result.autoscalers == nil)
    #expect(scanned.result.clusterUID == nil)
  }

  @Test func clusterWideForbiddenNamespacesListed() async throws {
    var server = ScriptedServer.make()
    server.forbid(["pods"], except: ["a"])
    server.reviews = ["a": Self.everything, "b": "", "kube-system": ""]
    let scanned = try await server.scan()
    #expect(scanned.gaps == ["pods@b forbidden", "pods@kube-system forbidden"])
    // The review spares requests that would be refused.
    #expect(
      scanned.asked("/pods") == ["GET /api/v1/namespaces/a/pods", "GET /api/v1/pods"])
    #expect(scanned.asked("POST").count == 3)
  }

  @Test func namespacesForbiddenTooLeaveTheContexts() async throws {
    var server = ScriptedServer.make()
    server.forbid(except: ["a"])
    server.answers["/api/v1/namespaces"] = .forbidden
    server.answers["/apis/apps/v1/namespaces/a/deployments"] = .list(
      "Deployment", [ScriptedServer.deployment("web", in: "a", image: "nginx:1")])
    let scanned = try await server.scan()
    #expect(scanned.images == ["a/web spec.template.spec.containers[0].image"])
    #expect(
      scanned.gaps.contains("deployments.apps partial: forbidden cluster-wide; read in \"a\" only"))
    #expect(
      scanned.gaps.contains("namespaces forbidden: which namespaces exist is unknown"))
    #expect(scanned.asked("/projects") == ["GET /apis/project.openshift.io/v1/projects"])
  }

  @Test func openShiftProjectsStandInForNamespaces() async throws {
    var server = ScriptedServer.make()
    server.forbid(except: ["b"])
    server.answers["/api/v1/namespaces"] = .forbidden
    server.answers["/apis/project.openshift.io/v1/projects"] = .ok(
      #"{"kind":"ProjectList","items":[{"metadata":{"name":"b"}}]}"#)
    let scanned = try await server.scan()
    #expect(scanned.gaps.contains("pods partial: forbidden cluster-wide; read in \"b\" only"))
    #expect(scanned.asked("/namespaces/a/pods") == [])
  }

  @Test func noMoreNamespacesThanAllowed() async throws {
    var server = ScriptedServer.make(namespaces: ["a", "b", "c", "kube-system"])
    server.forbid(["pods"], except: ["a", "b", "c", "kube-system"])
    let scanned = try await server.scan(maximumNamespaces: 2)
    #expect(
      scanned.gaps == [
        "pods@c failed: not asked: beyond --max-namespaces 2",
        "pods@kube-system failed: not asked: beyond --max-namespaces 2",
      ])
  }

  @Test("a scan that may read nothing ends in the refusal", arguments: [[], ["a"], ["a", "b"]])
  func allForbidden(namespaces: [String]) async throws {
    var server = ScriptedServer.make()
    server.forbid()
    server.answers["/api/v1/namespaces"] = .forbidden
    for name in ["a", "b", "kube-system"] {
      server.answers["/api/v1/namespaces/\(name)"] = .forbidden
    }
    server.answers["/api/v1/nodes"] = .forbidden
    await #expect {
      _ = try await server.scan(namespaces: namespaces)
    } throws: { error in
      if case APIError.forbidden(_, "Forbidden it is", false) = error { true } else { false }
    }
  }

  @Test func aServerThatServesNothingOfUseSaysSo() async throws {
    var server = ScriptedServer.make()
    for path in ["/api", "/apis"] {
      server.answers[path] = .ok(#"{"kind":"APIGroupDiscoveryList","items":[]}"#)
    }
    // Asked for without waiting for discovery.
    server.answers["/api/v1/pods"] = .notFound
    await #expect(throws: ScanError.noKindServed) { _ = try await server.scan() }
  }

  @Test(arguments: [[], ["a"]])
  func kindsWithoutImagesLeaveNothingToRead(namespaces: [String]) async throws {
    let server = ScriptedServer.make()
    await #expect(throws: ScanError.noKindLeft) {
      _ = try await server.scan(
        namespaces: namespaces, kinds: KindFilter(only: ["horizontalpodautoscalers"]))
    }
  }

  @Test func refusedCredentialsEndTheScan() async throws {
    var server = ScriptedServer.make()
    server.answers["/apis/apps/v1/deployments"] = .status(401, "Unauthorized")
    await #expect {
      _ = try await server.scan()
    } throws: { error in
      if case APIError.unauthorized(_, _, .none) = error { true } else { false }
    }
  }
}
