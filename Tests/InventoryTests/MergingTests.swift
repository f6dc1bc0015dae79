import ImageReferences
import Testing

@testable import Inventory

@Suite("Pods and their template") struct MergingTests {
  private static let owner = OwnerReference.make("ReplicaSet", "web-1")

  /// A Deployment with one revision of these containers, and Pods.
  private static func inventory(
    _ template: [ContainerRecord], pods: [PodRecord]
  ) -> ClusterInventory {
    .make(
      [
        .make(.deployment, containers: template, desired: 1, observed: 1),
        .make(
          .replicaSet, "web-1", owner: .make("Deployment", "web"), containers: template,
          desired: 1, observed: 1),
      ], pods: pods)
  }

  @Test func theyAreOneUse() throws {
    let template = [ContainerRecord.make("web:1")]
    let inventory = Self.inventory(
      template,
      pods: [
        .make("web-1-b", owner: Self.owner, containers: template, node: "n2"),
        .make("web-1-a", owner: Self.owner, containers: template, node: "n1"),
        .make("web-1-c", owner: Self.owner, containers: template, node: "", phase: "Pending"),
      ])
    let use = try #require(inventory.uses.first)
    #expect(inventory.uses.count == 1)
    #expect(use.path == "spec.template.spec.containers[0].image")
    #expect(use.origin == .template)
    #expect(use.activity == .active(desired: 1))
    #expect(use.podCount == 3)
    #expect(use.nodes == ["n1", "n2"])
    #expect(use.runningNodes == ["n1", "n2"])
  }

  @Test func injectedContainersSaySo() {
    let inventory = Self.inventory(
      [.make("web:1")],
      pods: [
        .make(
          owner: Self.owner,
          containers: [.make("web:1"), .make("proxy:2", name: "proxy", index: 1)])
      ])
    #expect(
      inventory.summary == [
        "Deployment/web proxy:2 active x1 — injected: in the Pods, not in the template",
        "Deployment/web web:1 active(1) x1",
      ])
    #expect(inventory.uses.first?.path == "spec.containers[1].image")
  }

  @Test func driftedContainersSaySo() {
    let inventory = Self.inventory(
      [.make("web:1")], pods: [.make(owner: Self.owner, image: "mirror.corp/web:1")])
    #expect(
      inventory.summary == [
        "Deployment/web mirror.corp/web:1 active x1 — drifted: the template says web:1",
        "Deployment/web web:1 active(1)",
      ])
  }

  @Test("what an injector fills in is injected, not drifted", arguments: ["auto", "{{ .image }}"])
  func placeholders(text: String) {
    let inventory = Self.inventory(
      [.make(text, name: "istio-proxy")],
      pods: [
        .make(owner: Self.owner, containers: [.make("istio/proxyv2:1", name: "istio-proxy")])
      ])
    #expect(inventory.uses.map(\.origin) == [.injected, .template])
    #expect(inventory.uses.map(\.image.reference?.repository) == ["istio/proxyv2", nil])
  }

  @Test func ephemeralContainersAreOfPodsOnly() {
    let inventory = Self.inventory(
      [.make("web:1")],
      pods: [
        .make(
          owner: Self.owner,
          containers: [.make("web:1"), .make("busybox", name: "debug", role: .ephemeral)],
          statuses: [.make("debug", role: .ephemeral)])
      ])
    #expect(
      inventory.uses.map(\.path) == [
        "spec.ephemeralContainers[0].image", "spec.template.spec.containers[0].image",
      ])
    #expect(inventory.uses.map(\.origin) == [.podsOnly, .template])
    #expect(inventory.uses.map(\.runningNodes) == [["node-1"], []])
  }

  @Test func aSidecarsStatusStandsAmongTheInitContainers() throws {
    let template = [ContainerRecord.make("proxy:1", name: "proxy", role: .sidecar)]
    let inventory = Self.inventory(
      template,
      pods: [
        .make(
          "a", owner: Self.owner, containers: template, node: "n1",
          statuses: [.make("proxy", role: .initContainer)]),
        .make(
          "b", owner: Self.owner, containers: template, node: "n2", phase: "Pending",
          statuses: [.waiting("ErrImagePull", "no", name: "proxy", role: .initContainer)]),
      ])
    let use = try #require(inventory.uses.first)
    #expect(use.path == "spec.template.spec.initContainers[0].image")
    #expect(use.runningNodes == ["n1"])
    #expect(use.failures == [StartFailure(pod: "b", reason: "ErrImagePull", message: "no")])
  }

  @Test func aContainerAndAVolumeOfOneNameStayApart() {
    let template = [
      ContainerRecord.make("web:1", name: "data"),
      .make("data:1", name: "data", role: .imageVolume),
    ]
    let inventory = Self.inventory(
      template, pods: [.make(owner: Self.owner, containers: template, statuses: [.make("data")])])
    #expect(
      inventory.uses.map(\.path) == [
        "spec.template.spec.containers[0].image",
        "spec.template.spec.volumes[0].image.reference",
      ])
    #expect(inventory.uses.map(\.origin) == [.template, .template])
    #expect(inventory.uses.map(\.runningNodes) == [["node-1"], []])
  }

  /// The kubelet reports an image volume at each container of the Pod.
  @Test(
    "which volume a message means",
    arguments: [
      ("failed to pull image \"reg.io/data:1\"", ["data"]),
      ("failed to pull image reg.io/data:1: not found", ["data"]),
      ("failed to pull image reg.io/data:1.", ["data"]),
      ("failed to pull image \"reg.io/data:1.2\"", ["more"]),
      ("both reg.io/data:1 and reg.io/data:1.2", ["data", "more"]),
      ("something else", ["data", "more"]),
      ("reg.io/data:10", ["data", "more"]),
    ])
  func imageVolumes(message: String, expected: [String]) {
    let containers = [
      ContainerRecord.make("web:1"),
      .make("reg.io/data:1", name: "data", role: .imageVolume),
      .make("reg.io/data:1.2", name: "more", role: .imageVolume, index: 1),
    ]
    let inventory = ClusterInventory.make(pods: [
      .make(
        containers: containers, phase: "Pending",
        statuses: [
          .waiting("ImageVolumeMountFailed", message),
          .waiting("ImageVolumeMountFailed", message, name: "other"),
        ])
    ])
    let failing = inventory.uses.filter { !$0.failures.isEmpty }
    #expect(failing.map(\.container) == expected)
    // Two containers wait for one volume: one failure.
    #expect(failing.allSatisfy { $0.failureCount == 1 })
    #expect(failing.allSatisfy { $0.role == .imageVolume })
  }

  @Test(
    "what the kubelet will do is what the Pods say",
    arguments: [
      (PullPolicy.ifNotPresent, PullPolicy.always, "Running", PullPolicy.always),
      (.always, .ifNotPresent, "Running", .always),
      (.never, .never, "Running", .never),
      (.ifNotPresent, .always, "Failed", .ifNotPresent),
    ])
  func pullPolicy(template: PullPolicy, pod: PullPolicy, phase: String, expected: PullPolicy) {
    let inventory = Self.inventory(
      [.make("web:1", policy: template)],
      pods: [
        .make(owner: Self.owner, containers: [.make("web:1", policy: pod)], phase: phase)
      ])
    #expect(inventory.uses.map(\.pullPolicy) == [expected])
  }

  @Test(
    "reasons that are kept",
    arguments: [
      ("ErrImagePull", true), ("ImagePullBackOff", true), ("RegistryUnavailable", true),
      ("ImageInspectError", true), ("SignatureValidationFailed", true), ("ErrImageNeverPull", true),
      ("InvalidImageName", true), ("CrashLoopBackOff", false), ("ContainerCreating", false),
      ("CreateContainerConfigError", false), ("", false),
    ])
  func reasons(reason: String, isKept: Bool) {
    let inventory = ClusterInventory.make(
      pods: [.make(phase: "Pending", statuses: [.waiting(reason, "m")])])
    #expect(inventory.uses.map(\.failureCount) == [isKept ? 1 : 0])
  }

  @Test func failuresAreBoundedAndTheSmallestStay() throws {
    let pods = (10...30).map {
      PodRecord.make(
        "web-1-\($0)", owner: Self.owner, image: "web:1", phase: "Pending",
        statuses: [.waiting("ErrImagePull", "m\($0)")])
    }
    var orders = [pods, pods.reversed()]
    var random = Seeded(seed: 7)
    orders.append(pods.shuffled(using: &random))
    for order in orders {
      let use = try #require(Self.inventory([.make("web:1")], pods: order).uses.first)
      #expect(use.failureCount == 21)
      #expect(use.failures.map(\.pod) == (10...14).map { "web-1-\($0)" })
    }
  }

  @Test func aPodThatTwoPagesBroughtFailsOnce() throws {
    let pod = PodRecord.make(
      owner: Self.owner, image: "web:1", phase: "Pending", statuses: [.waiting("ErrImagePull")])
    let use = try #require(Self.inventory([.make("web:1")], pods: [pod, pod]).uses.first)
    #expect(use.failures.count == 1)
  }

  @Test func placementIsWhereverAnyPodMayBeBound() throws {
    var pods = [PodRecord.make("a"), .make("b"), .make("c")]
    for index in pods.indices {
      pods[index].metadata.owner = .make("Custom", "x")
      pods[index].spec.nodeSelector = ["disk": "ssd", "zone": "\(index)"]
      pods[index].spec.tolerations = [.make(key: "k\(index)", operator: "Exists")]
    }
    for order in [pods, pods.reversed(), [pods[1], pods[0], pods[2]]] {
      let use = try #require(ClusterInventory.make(pods: order).uses.first)
      #expect(use.podCount == 3)
      #expect(use.placement.nodeSelector == ["disk": "ssd"])
      #expect(use.placement.tolerations.map(\.key) == ["k0", "k1", "k2"])
    }
  }
}

/// SplitMix64: the same numbers in every run.
struct Seeded: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
