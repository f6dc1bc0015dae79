import Inventory
import Testing

@testable import Scanning

/// What `--kinds` and `--exclude-kinds` leave out, and what they only seem to.
@Suite struct KindFilterTests {
  private static let rollouts = ("argoproj.io/v1alpha1", "rollouts", "Rollout")
  private static let certificates = ("cert-manager.io/v1", "certificates", "Certificate")
  private static let widgets = ("acme.example/v1", "widgets", "Widget")

  private static func server() -> ScriptedServer {
    var server = ScriptedServer.make()
    server.answers["/apis"] = ScriptedServer.discovery(extra: [rollouts, certificates, widgets]) {
      $0 != "v1"
    }
    server.answers["/openapi/v3"] = .ok(
      #"{"paths":{"apis/argoproj.io/v1alpha1":{"serverRelativeURL":""},"#
        + #""apis/cert-manager.io/v1":{"serverRelativeURL":""},"#
        + #""apis/acme.example/v1":{"serverRelativeURL":""}}}"#)
    for path in ["argoproj.io/v1alpha1", "cert-manager.io/v1", "acme.example/v1"] {
      server.answers["/openapi/v3/apis/\(path)"] = .ok(#"{"components":{"schemas":{}}}"#)
    }
    server.answers["/apis/apiregistration.k8s.io/v1/apiservices"] = .list("APIService")
    server.answers["/apis/argoproj.io/v1alpha1/rollouts"] = .list("Rollout")
    return server
  }

  private func leftOut(_ scanned: Scanned) -> [String] {
    scanned.result.coverage.filter(\.isLeftOut).map {
      "\($0.resource) \($0.reason)\($0.mayHideImages ? "" : " without images")"
    }
  }

  /// Of custom kinds, those that hold images: the others would not have been read anyway.
  @Test func excludedKindsStandInTheLedger() async throws {
    let scanned = try await Self.server().scan(
      kinds: KindFilter(excluded: ["rollouts", "Certificate", "jobs"]))
    #expect(
      leftOut(scanned) == ["jobs.batch --exclude-kinds", "rollouts.argoproj.io --exclude-kinds"])
    #expect(scanned.gaps == [])
    #expect(scanned.warnings == [])
    #expect(scanned.asked("/rollouts") == [])
  }

  /// Those of kubeadm and of well-known injectors are read by name even without --configmaps.
  @Test func excludedConfigMapsStandInTheLedger() async throws {
    let scanned = try await Self.server().scan(kinds: KindFilter(excluded: ["ConfigMap"]))
    #expect(leftOut(scanned) == ["configmaps --exclude-kinds without images"])
    #expect(scanned.asked("/configmaps") == [])
  }

  @Test(arguments: [
    KindFilter(only: ["pods"], excluded: ["Pod"]),
    KindFilter(only: ["rollouts"], excluded: ["Rollout"]),
  ])
  func aChoiceThatLeavesNothingIsNotTheServersFault(kinds: KindFilter) async throws {
    await #expect(throws: ScanError.noKindLeft) {
      try await Self.server().scan(kinds: kinds)
    }
  }

  @Test func whatIsOnlyExcludedIsListedToo() async throws {
    let scanned = try await Self.server().scan(
      kinds: KindFilter(excluded: ["Rollout", "Certificate", "Widget"]))
    #expect(leftOut(scanned) == ["rollouts.argoproj.io --exclude-kinds"])
    #expect(scanned.asked("GET /apis/argoproj.io") == [])
  }

  /// Nobody can tell that a kind without a readable schema holds no images.
  @Test func withoutSchemasEachMayHoldImages() async throws {
    var server = Self.server()
    server.answers["/openapi/v3/apis/acme.example/v1"] = .status(500, "InternalError")
    let scanned = try await server.scan(kinds: KindFilter(excluded: ["widgets.acme.example"]))
    #expect(leftOut(scanned) == ["widgets.acme.example --exclude-kinds"])
    #expect(scanned.gaps == [])
  }

  @Test func aNameThatTheServerDoesNotHaveIsWarnedOf() async throws {
    let scanned = try await Self.server().scan(
      kinds: KindFilter(excluded: ["rolouts", "Rollout", "PODS", "rolouts"]))
    #expect(
      scanned.warnings == [
        #"--exclude-kinds: the cluster has no kind "rolouts", so that name leaves nothing out;"#
          + #" see "kubectl api-resources""#
      ])
    await #expect(throws: ScanError.self) {
      try await Self.server().scan(kinds: KindFilter(only: ["rolouts"]))
    }
  }

  /// Which kinds there are is unknown then, and said.
  @Test func withoutDiscoveryNothingIsWarnedOf() async throws {
    var server = Self.server()
    server.answers["/api"] = .forbidden
    server.answers["/apis"] = .forbidden
    let scanned = try await server.scan(kinds: KindFilter(excluded: ["rolouts"]))
    #expect(scanned.warnings == [])
  }
}
