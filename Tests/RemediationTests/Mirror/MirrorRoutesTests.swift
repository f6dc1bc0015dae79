import ImageReferences
import Inventory
import Reports
import Testing

@testable import Remediation

@Suite struct MirrorRoutesTests {
  private func routes(_ images: [String], to target: String? = nil) throws -> [HostRoute] {
    try MirrorSamples.plan(images, to: target).routes
  }

  @Test func aRegistryThatIsReplacedAsAWhole() throws {
    let route = try #require(try routes(["k8s.gcr.io/dns/k8s-dns-node-cache:1"]).first)
    #expect(route.host == "k8s.gcr.io")
    #expect(route.whole == MirrorLocation(registry: "registry.k8s.io", path: ""))
    #expect(route.parts.isEmpty)
    #expect(route.own == nil)
  }

  /// Image, and the part that a node may find elsewhere.
  @Test(arguments: [
    ("gcr.io/google_containers/pause:3.2", "google_containers", false, "registry.k8s.io"),
    (
      "gcr.io/tekton-releases/a/b:1", "tekton-releases/a/b", true, "ghcr.io/tektoncd/a/b"
    ),
    // The rule on charts says something else of a part: only this repository.
    ("gcr.io/istio-release/pilot:1.29.1", "istio-release/pilot", true, "docker.io/istio/pilot"),
    // Only certain tags, so only this repository.
    (
      "gcr.io/kubebuilder/kube-rbac-proxy:v0.13.1", "kubebuilder/kube-rbac-proxy", true,
      "registry.k8s.io/kubebuilder/kube-rbac-proxy"
    ),
  ])
  func aPart(image: String, path: String, isRepository: Bool, location: String) throws {
    let route = try #require(try routes([image]).first)
    #expect(route.whole == nil)
    let part = try #require(route.parts.first)
    #expect(route.parts.count == 1)
    #expect(part.path == path)
    #expect(part.isRepository == isRepository)
    #expect(part.location.text == location)
  }

  /// Other tags of the repository are where they were.
  @Test func someTagsOfARepositoryMoveNoOthers() throws {
    let route = try #require(try routes(["bitnami/redis:7.0.0"], to: "mirror.example/m").first)
    #expect(route.host == "docker.io")
    #expect(route.own?.text == "mirror.example/m/docker.io")
    #expect(route.parts.map(\.path) == ["bitnami/redis"])
    #expect(route.movableParts.isEmpty)
  }

  /// kubeadm's `imageRepository` goes to a prefix as well, and to no image of Docker Hub's.
  @Test func aRepositoryPrefixLeadsToItsPrefix() throws {
    var report = try MirrorSamples.report(["k8s.gcr.io/kube-apiserver:v1.24.0"])
    var finding = try #require(report.clusters[0].findings.first)
    finding.use.representative = finding.use.image.text
    finding.use.image = .reference(
      ImageReference(
        raw: "k8s.gcr.io", registry: "k8s.gcr.io", repository: "kube-apiserver", tag: "v1.24.0",
        digest: nil))
    finding.replacement = "registry.k8s.io"
    report.clusters[0].findings = [finding]
    #expect(finding.replacementReference?.raw == "registry.k8s.io/kube-apiserver:v1.24.0")
    var options = MirrorPlan.Options()
    options.target = try MirrorTarget("mirror.example/m")
    let plan = MirrorPlan(
      report, catalogue: try MirrorSamples.catalogue(), options: options)
    let route = try #require(plan.routes.first)
    #expect(route.whole == MirrorLocation(registry: "registry.k8s.io", path: ""))
    #expect(route.parts.isEmpty)
    #expect(
      plan.copies?.images.map(\.otherSource) == ["registry.k8s.io/kube-apiserver:v1.24.0"])
  }

  @Test func aSuccessorIsNoRoute() throws {
    let route = try #require(try routes(["gcr.io/cadvisor/cadvisor:v0.47.2"]).first)
    #expect(route.whole == nil && route.parts.isEmpty && route.own == nil)
  }

  @Test func copiesStandFirst() throws {
    let route = try #require(
      try routes(["gcr.io/cadvisor/cadvisor:v0.47.2"], to: "localhost:5000/m").first)
    #expect(route.own?.endpoint == "https://localhost:5000/v2/m/gcr.io")
  }

  @Test func dockerHubAnswersUnderAnotherName() {
    #expect(
      MirrorLocation(registry: "docker.io", path: "istio").endpoint
        == "https://registry-1.docker.io/v2/istio")
  }
}
