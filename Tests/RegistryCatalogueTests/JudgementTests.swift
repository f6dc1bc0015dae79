import ImageReferences
import Testing

@testable import RegistryCatalogue

@Suite("A reference on a day")
struct JudgementTests {
  let catalogue: Catalogue

  init() throws {
    catalogue = try Catalogue.embedded
  }

  private func judge(_ text: String, _ date: String = "2026-11-21") throws -> Judgement {
    try catalogue.judge(reference(text), asOf: day(date))
  }

  @Test(
    "the fate changes on its dates",
    arguments: [
      ("k8s.gcr.io/pause:3.1", "2023-04-02", Fate.ok),
      ("k8s.gcr.io/pause:3.1", "2023-04-03", .frozen),
      ("k8s.gcr.io/pause:3.1", "2030-01-01", .frozen),
      ("gcr.io/istio-release/pilot:1.29.1", "2026-03-22", .ok),
      ("gcr.io/istio-release/pilot:1.29.1", "2026-03-23", .retiring),
      ("gcr.io/istio-release/pilot:1.29.1", "2026-12-31", .retiring),
      ("gcr.io/istio-release/pilot:1.29.1", "2027-01-01", .gone),
      ("registry.istio.io/release/pilot:1.30.0", "2027-01-02", .gone),
      ("gcr.io/tekton-releases/github.com/a:1", "2025-07-09", .moved),
      ("gcr.io/tekton-releases/github.com/a:1", "2025-07-10", .gone),
      ("gcr.io/acme-prod/api:1", "2025-04-21", .ok),
      ("gcr.io/acme-prod/api:1", "2025-04-22", .probe),
      ("gcr.io/google_containers/pause:3.1", "2025-03-17", .frozen),
      ("gcr.io/google_containers/pause:3.1", "2026-11-21", .probe),
      ("minio/minio:1", "2026-09-08", .moved),
      ("minio/minio:1", "2026-11-21", .probe),
      ("bitnami/redis:7.2", "2025-09-28", .retiring),
      ("bitnami/redis:7.2", "2025-09-29", .gone),
      ("nginx", "2026-11-21", .limited),
      ("gcr.io/distroless/static", "2026-11-21", .ok),
      ("registry.k8s.io/ingress-nginx/controller:v1", "2026-11-21", .ok),
      ("registry.corp/x", "2026-11-21", .ok),
    ])
  func fates(_ text: String, _ date: String, _ fate: Fate) throws {
    #expect(try judge(text, date).fate == fate)
  }

  @Test("Istio's removal and brownouts are known ahead of their days")
  func istio() throws {
    let text = "gcr.io/istio-release/pilot:1.29.1"
    let today = try judge(text)
    #expect(try today.removalDate == day("2026-12-01"))
    #expect(today.nextBrownout?.window == "2026-12-08 15:00 to 2026-12-09 15:00 UTC")
    #expect(today.nextEvent?.kind == .removal)
    #expect(today.removal?.window == "2026-12-01 to 2026-12-31")
    #expect(today.place == "gcr.io/istio-release")
    #expect(today.since?.description == "2026-03-23")
    #expect(try judge(text, "2026-11-17").nextBrownout?.start.day == day("2026-11-17"))
    #expect(try judge(text, "2026-12-09").nextBrownout?.start.day == day("2026-12-08"))
    #expect(try judge(text, "2026-12-10").nextBrownout == nil)
    let after = try judge(text, "2027-01-02")
    #expect(after.removalDate == nil)
    #expect(after.nextEvent == nil)
    #expect(after.evidenceDate?.description == "2027-01-01")
  }

  @Test(
    "replacements keep tag and digest as written",
    arguments: [
      ("k8s.gcr.io/pause:3.1", "registry.k8s.io/pause:3.1", true),
      ("k8s.gcr.io/pause", "registry.k8s.io/pause", true),
      ("k8s.gcr.io/pause:latest", "registry.k8s.io/pause:latest", true),
      ("k8s.gcr.io:443/a/b:1@\(digest)", "registry.k8s.io/a/b:1@\(digest)", true),
      ("gcr.io/google-containers/pause@\(digest)", "registry.k8s.io/pause@\(digest)", true),
      ("us.gcr.io/k8s-artifacts-prod/a/b:1", "registry.k8s.io/a/b:1", true),
      (
        "gcr.io/tekton-releases/github.com/tektoncd/pipeline/cmd/nop:v0.44.0",
        "ghcr.io/tektoncd/github.com/tektoncd/pipeline/cmd/nop:v0.44.0", true
      ),
      ("gcr.io/istio-release/pilot:1.29.1", "docker.io/istio/pilot:1.29.1", true),
      ("gcr.io/istio-release/pilot:1.29.1@\(digest)", "docker.io/istio/pilot:1.29.1", false),
      ("gcr.io/istio-release/charts/base:1.2.3", "ghcr.io/istio/release/charts/base:1.2.3", true),
      ("minio/mc:latest", "quay.io/minio/mc:latest", true),
      ("gcr.io/cadvisor/cadvisor:v0.44.0", "ghcr.io/google/cadvisor", false),
      (
        "gcr.io/kubebuilder/kube-rbac-proxy:v0.8.0",
        "registry.k8s.io/kubebuilder/kube-rbac-proxy:v0.8.0", true
      ),
      (
        "gcr.io/kubebuilder/kube-rbac-proxy:v0.7.0", "quay.io/brancz/kube-rbac-proxy:v0.7.0", false
      ),
      ("gcr.io/k8s-staging-sig-storage/p:canary", "registry.k8s.io/sig-storage/p:canary", false),
      ("docker.pkg.github.com/acme/tools/app:1", "ghcr.io/acme/app:1", false),
      (
        "gcr.io/google_samples/gb-frontend:v3",
        "us-docker.pkg.dev/google-samples/containers/gke/gb-frontend:v5", false
      ),
    ])
  func replacements(_ text: String, _ expected: String, _ isMechanical: Bool) throws {
    let replacement = try #require(try judge(text).replacement)
    #expect(replacement.text == expected)
    #expect(replacement.isMechanical == isMechanical)
  }

  @Test(
    "successors stand beside replacements",
    arguments: [
      ("k8s.gcr.io/coredns:1.7.0", "registry.k8s.io/coredns/coredns", Certainty.primary),
      ("gcr.io/google_containers/coredns:1.7.0", "registry.k8s.io/coredns/coredns", .primary),
      (
        "k8s.gcr.io/metrics-server-amd64:v0.3.6", "registry.k8s.io/metrics-server/metrics-server",
        .inferred
      ),
      ("k8s.gcr.io/kube-proxy-amd64:v1.11.3", "registry.k8s.io/kube-proxy", .inferred),
      ("projects.registry.vmware.com/antrea/flow:1", "docker.io/antrea/flow", .inferred),
      (
        "quay.io/coreos/kube-state-metrics:v1.9.7",
        "registry.k8s.io/kube-state-metrics/kube-state-metrics", .primary
      ),
    ])
  func successors(_ text: String, _ image: String, _ certainty: Certainty) throws {
    let successor = try #require(try judge(text).successor)
    #expect(successor.image == image)
    #expect(successor.certainty == certainty)
  }

  /// quay.io is known to hold MinIO's server and client, not its console.
  @Test func whatNobodySaysIsElsewhereIsNotReplaced() throws {
    let judgement = try judge("minio/console:v0.30.0")
    #expect(judgement.rule?.id == "docker-hub-minio-console")
    #expect(judgement.fate == .probe)
    #expect(judgement.replacement == nil)
  }

  @Test("no successor where there is none")
  func noSuccessor() throws {
    #expect(try judge("k8s.gcr.io/pause:3.1").successor == nil)
    #expect(try judge("k8s.gcr.io/coredns/coredns:v1.8.6").successor == nil)
    #expect(try judge("nginx").successor == nil)
  }

  @Test("unverified projects are named by their project")
  func unverified() throws {
    let judgement = try judge("gcr.io/acme-prod/team/api:1")
    #expect(judgement.isUnverifiedProject)
    #expect(judgement.place == "gcr.io/acme-prod")
    #expect(try judge("gcr.io/example.com/tools/sdk:1").place == "gcr.io/example.com/tools")
    #expect(judgement.evidenceDate?.description == "2025-10-14")
    #expect(try !judge("gcr.io/google_containers/pause:1").isUnverifiedProject)
    #expect(try !judge("gcr.io/acme-prod/api:1", "2024-01-01").isUnverifiedProject)
  }

  @Test("moving tags of frozen places grow stale")
  func staleTags() throws {
    #expect(try judge("k8s.gcr.io/pause").hasStaleTag)
    #expect(try judge("k8s.gcr.io/pause:latest").hasStaleTag)
    #expect(try !judge("k8s.gcr.io/pause:3.1").hasStaleTag)
    #expect(try !judge("k8s.gcr.io/pause:latest@\(digest)").hasStaleTag)
    #expect(try !judge("nginx").hasStaleTag)
  }
}

private let digest = "sha256:" + String(repeating: "1", count: 64)
