import ImageReferences
import Testing

@testable import Inventory

/// Images that environment variables and arguments name.
@Suite struct ConfiguredImageTests {
  private static let recognizes: ImageRecognizer = { $0.registry == "k8s.gcr.io" }

  struct Variable: Sendable, CustomTestStringConvertible {
    var name: String
    var value: String
    var isImage: Bool

    var testDescription: String { "\(name)=\(value)" }
  }

  @Test(arguments: [
    Variable(name: "RELATED_IMAGE_PROXY", value: "quay.io/a/proxy:v1", isImage: true),
    // The convention's name is enough.
    Variable(name: "RELATED_IMAGE_PROXY", value: "busybox", isImage: true),
    Variable(name: "SIDECAR_IMAGE", value: "k8s.gcr.io/pause:3.2", isImage: true),
    Variable(name: "IMAGE", value: "app:7", isImage: true),
    Variable(name: "IMAGE", value: "corp.example/app", isImage: true),
    // One word could be anything.
    Variable(name: "USE_IMAGE", value: "true", isImage: false),
    Variable(name: "SPLASH_IMAGE", value: "assets/splash", isImage: false),
    Variable(name: "SPLASH_IMAGE", value: "https://cdn.example/a.png", isImage: false),
    Variable(name: "SPLASH_IMAGE", value: "/srv/a.png", isImage: false),
    Variable(name: "JOB_IMAGE", value: "$(REGISTRY)/job:1", isImage: false),
    Variable(name: "JOB_IMAGE", value: "", isImage: false),
  ])
  func variables(_ variable: Variable) {
    var container = ContainerRecord.make("app:1")
    container.environment = [
      EnvironmentRecord(index: 3, name: variable.name, value: variable.value)
    ]
    let found = container.configuredImages(Self.recognizes)
    #expect(found.map(\.image.text) == (variable.isImage ? [variable.value] : []))
    #expect(found.allSatisfy { $0.pathInPodSpec == "containers[0].env[3].value" })
  }

  struct Argument: Sendable, CustomTestStringConvertible {
    var text: String
    var image: String?

    var testDescription: String { text }
  }

  @Test(arguments: [
    Argument(
      text: "--acme-http01-solver-image=k8s.gcr.io/solver:v1", image: "k8s.gcr.io/solver:v1"),
    Argument(text: "-image=k8s.gcr.io/pause:3.2", image: "k8s.gcr.io/pause:3.2"),
    // The value of the flag before it.
    Argument(text: "k8s.gcr.io/pause:3.2", image: "k8s.gcr.io/pause:3.2"),
    Argument(text: "K8S.GCR.IO/pause", image: "K8S.GCR.IO/pause"),
    // Not in the catalogue, or well there.
    Argument(text: "--image=quay.io/a/b:1", image: nil),
    Argument(text: "/usr/bin/k8s.gcr.io/pause", image: nil),
    Argument(text: "--image=mirror.corp/k8s.gcr.io/pause:3.2", image: nil),
    Argument(text: "--url=https://k8s.gcr.io/v2/", image: nil),
    Argument(text: "docker pull k8s.gcr.io/pause:3.2", image: nil),
    // Where kaniko pushes to.
    Argument(text: "--destination=k8s.gcr.io/pause:3.2", image: nil),
  ])
  func arguments(_ argument: Argument) {
    var container = ContainerRecord.make("app:1", role: .initContainer, index: 2)
    container.arguments = [ArgumentRecord(list: .args, index: 1, value: argument.text)]
    let found = container.configuredImages(Self.recognizes)
    #expect(found.map(\.image.text) == [argument.image].compactMap(\.self))
    #expect(found.allSatisfy { $0.pathInPodSpec == "initContainers[2].args[1]" })
  }

  @Test func aTemplateAndItsPodsAreOneUse() {
    var container = ContainerRecord.make("app:1")
    container.environment = [
      EnvironmentRecord(index: 0, name: "RELATED_IMAGE_A", value: "k8s.gcr.io/a:1"),
      EnvironmentRecord(index: 1, name: "RELATED_IMAGE_B", value: "k8s.gcr.io/a:1"),
    ]
    var injected = container
    injected.environment.append(
      EnvironmentRecord(index: 2, name: "RELATED_IMAGE_C", value: "k8s.gcr.io/c:1"))
    let inventory = ClusterInventory.make(
      [.make(.statefulSet, "db", containers: [container], desired: 2)],
      pods: [
        .make("db-0", owner: .make("StatefulSet", "db"), containers: [container]),
        .make("db-1", owner: .make("StatefulSet", "db"), containers: [injected]),
      ])
    let found = inventory.uses.filter { $0.role == .environment }
    #expect(
      found.map(\.path) == [
        "spec.containers[0].env[2].value", "spec.template.spec.containers[0].env[0].value",
        "spec.template.spec.containers[0].env[1].value",
      ])
    #expect(found.map(\.origin) == [.injected, .template, .template])
    #expect(found.map(\.podCount) == [1, 2, 2])
    #expect(found[0].notes == ["in the environment variable RELATED_IMAGE_C"])
  }

  @Test func oldRevisionsAreHistory() {
    var container = ContainerRecord.make("app:1")
    container.environment = [EnvironmentRecord(index: 0, name: "IMAGE", value: "k8s.gcr.io/a:1")]
    let inventory = ClusterInventory.make([
      .make(.deployment, "web", containers: [.make("app:2")], desired: 1),
      .make(
        .replicaSet, "web-1", owner: .make("Deployment", "web"), containers: [container],
        desired: 0),
    ])
    #expect(inventory.uses.filter { $0.role == .environment }.map(\.activity) == [.history])
  }
}
