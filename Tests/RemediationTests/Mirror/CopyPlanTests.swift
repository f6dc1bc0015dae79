import ImageReferences
import Inventory
import Reports
import Testing

@testable import Remediation

@Suite struct CopyPlanTests {
  private func plan(_ images: [String], everything: Bool = false) throws -> CopyPlan {
    let plan = try MirrorSamples.plan(images, to: "registry.corp.example/m") {
      $0.everything = everything
    }
    return try #require(plan.copies)
  }

  /// Image, source, other source, target.
  private static let digest = MirrorSamples.digest
  static let cases: [(image: String, source: String, other: String?, target: String)] = [
    (
      "k8s.gcr.io/pause:3.9", "k8s.gcr.io/pause:3.9", "registry.k8s.io/pause:3.9",
      "k8s.gcr.io/pause:3.9"
    ),
    (
      "k8s.gcr.io/pause", "k8s.gcr.io/pause:latest", "registry.k8s.io/pause:latest",
      "k8s.gcr.io/pause:latest"
    ),
    (
      "k8s.gcr.io/pause:3.9@\(digest)", "k8s.gcr.io/pause@\(digest)",
      "registry.k8s.io/pause@\(digest)", "k8s.gcr.io/pause:digest-ab12ab12ab12"
    ),
    // Gone, with the same content elsewhere: only that is a source.
    (
      "gcr.io/tekton-releases/github.com/tektoncd/pipeline/cmd/controller:v0.40.2",
      "ghcr.io/tektoncd/github.com/tektoncd/pipeline/cmd/controller:v0.40.2", nil,
      "gcr.io/tekton-releases/github.com/tektoncd/pipeline/cmd/controller:v0.40.2"
    ),
    // A successor is no source.
    (
      "gcr.io/cadvisor/cadvisor:v0.47.2", "gcr.io/cadvisor/cadvisor:v0.47.2", nil,
      "gcr.io/cadvisor/cadvisor:v0.47.2"
    ),
  ]

  @Test(arguments: cases)
  func oneImage(image: String, source: String, other: String?, target: String) throws {
    let plan = try plan([image])
    #expect(plan.images.count == 1)
    let copy = try #require(plan.images.first)
    #expect(copy.source == source)
    #expect(copy.otherSource == other)
    #expect(copy.target == "registry.corp.example/m/\(target)")
    #expect(copy.origin == (other == nil && source != image ? .replacement : .origin))
  }

  @Test func whatIsGoneIsListed() throws {
    let plan = try plan(["gcr.io/cf-build-service-public/kpack/controller:1"])
    #expect(plan.images.isEmpty)
    #expect(
      plan.uncopyable.map(\.advice) == [
        "ghcr.io/buildpacks-community/kpack/controller may serve instead; that is a person's choice"
      ])
  }

  /// A repository of a custom resource whose tag no field says is not copied as `latest`.
  @Test func anUnknownTagIsListed() throws {
    var report = try MirrorSamples.report(["k8s.gcr.io/a"])
    report.clusters[0].findings[0].use.image = .reference(
      ImageReference(
        raw: "k8s.gcr.io/a", registry: "k8s.gcr.io", repository: "a", tag: nil, digest: nil))
    let plan = CopyPlan(report, to: try MirrorTarget("registry.corp.example/m"))
    #expect(plan.images.isEmpty)
    #expect(plan.uncopyable.map(\.why) == ["its tag is not known"])
  }

  @Test func onlyWhatARuleFindsFaultWith() throws {
    let plan = try plan(MirrorSamples.images)
    #expect(plan.images.count == 9)
    #expect(!plan.images.contains { $0.reference.registry == "registry.corp.example" })
    #expect(!plan.images.contains { $0.reference.repository == "library/nginx" })
    #expect(plan.uncopyable.count == 1)
  }

  @Test func everything() throws {
    let plan = try plan(MirrorSamples.images + ["nginx:1.25"], everything: true)
    #expect(plan.images.contains { $0.source == "docker.io/library/nginx:1.25" })
    // `registry.corp.example/m` is another place than `…/mirror`.
    #expect(plan.alreadyThere == 0)
    #expect(plan.nameless == 1)
    #expect(Set(plan.images.map(\.target)).count == plan.images.count)
  }

  @Test func copiesAreNotCopied() throws {
    let plan = try plan(["registry.corp.example/m/k8s.gcr.io/pause:3.9"], everything: true)
    #expect(plan.images.isEmpty)
    #expect(plan.alreadyThere == 1)
  }

  @Test func aNameThatIsTooLong() throws {
    let plan = try plan(["k8s.gcr.io/\(String(repeating: "a", count: 250)):1"])
    #expect(plan.images.isEmpty)
    #expect(
      plan.uncopyable.map(\.why)
        == ["its name below registry.corp.example/m would be no image reference"])
  }
}
