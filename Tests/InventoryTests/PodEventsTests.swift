import ImageReferences
import Testing

@testable import Inventory

/// What events say of Pods that wait.
@Suite struct PodEventsTests {
  private static let image = "gone.example/app:1"

  private static func event(
    _ reason: String, _ message: String, pod: String = "web-1", at path: String = ""
  ) -> EventRecord {
    var event = EventRecord()
    (event.reason, event.message) = (reason, message)
    event.involvedUID = "uid-\(pod)"
    event.involvedFieldPath = path
    return event
  }

  private static func inventory(_ events: [EventRecord]) -> ClusterInventory {
    var inventory = ClusterInventory.make(
      [
        .make(
          .deployment, "web",
          containers: [
            .make(image), .make("cool.example/init:1", name: "app", role: .initContainer),
          ], desired: 1)
      ],
      pods: [
        .make(
          "web-1", owner: .make("Deployment", "web"),
          containers: [
            .make(image), .make("cool.example/init:1", name: "app", role: .initContainer),
          ], phase: "Pending", statuses: [.waiting("ImagePullBackOff", "Back-off")]),
        .make("calm", image: image),
      ])
    inventory.add(events)
    return inventory
  }

  private static let failed = event(
    "Failed", "Failed to pull image \"\(image)\": x509: expired", at: "spec.containers{app}")

  @Test func messagesJoinTheFailuresOfTheirContainer() {
    let backOff = Self.event(
      "BackOff", "Back-off pulling image \"\(Self.image)\"", at: "spec.containers{app}")
    let found = Self.inventory([backOff, Self.failed, Self.failed])
    let use = found.uses.first { $0.workload.name == "web" && $0.role == .container }
    #expect(use?.failures.map(\.reason) == ["ImagePullBackOff", "BackOff", "Failed"])
    #expect(use?.failures.map(\.isFromEvent) == [false, true, true])
    #expect(use?.failureCount == 1)
    #expect(
      found.uses.filter { $0.role == .initContainer }.allSatisfy { $0.failures.isEmpty })
    #expect(Self.inventory([Self.failed, backOff]).uses == found.uses)
  }

  @Test(arguments: [
    // A crash, not a pull.
    event("BackOff", "Back-off restarting failed container app", at: "spec.containers{app}"),
    event("Failed", "Error: ErrImagePull", at: "spec.containers{app}"),
    event("Failed", "Failed to pull image \"other.example/x:1\": 404", at: "spec.containers{app}"),
    event("Failed", "Failed to pull image \"\(image)\": 404", pod: "calm"),
    event("Failed", "Failed to pull image \"\(image)\": 404", pod: "stranger"),
    event("Killing", "Stopping container app", at: "spec.containers{app}"),
    event("FailedCreatePodSandBox", "Failed to create pod sandbox: no network"),
  ])
  func whatIsAboutSomethingElseIsLeftOut(_ event: EventRecord) {
    #expect(Self.inventory([event]).uses == Self.inventory([]).uses)
  }

  @Test func anInitContainerIsNotTheContainerOfItsName() {
    let found = Self.inventory([
      Self.event("InspectFailed", "cannot inspect", at: "spec.initContainers{app}")
    ])
    #expect(
      found.uses.filter { $0.failures.contains(where: \.isFromEvent) }.map(\.role)
        == [.initContainer])
  }

  struct Sandbox: Sendable {
    var message: String
    var image: String?
  }

  @Test(arguments: [
    Sandbox(
      message: "Failed to create pod sandbox: rpc error: code = Unknown desc = failed to get"
        + " sandbox image \"k8s.gcr.io/pause:3.2\": failed to pull image \"k8s.gcr.io/pause:3.2\"",
      image: "k8s.gcr.io/pause:3.2"),
    Sandbox(
      message: "error creating pod sandbox with name \"k8s_POD\": initializing source"
        + " docker://k8s.gcr.io/pause:3.5: reading manifest 3.5", image: "k8s.gcr.io/pause:3.5"),
    Sandbox(
      message: "failed pulling image \"gcr.io/google_containers/pause:3.1\": Error response",
      image: "gcr.io/google_containers/pause:3.1"),
    Sandbox(message: "failed to setup network for sandbox \"abc\"", image: nil),
    Sandbox(message: "failed to get sandbox image \"", image: nil),
  ])
  func sandboxImages(_ sandbox: Sandbox) {
    #expect(PodEvents.sandboxImage(sandbox.message)?.raw == sandbox.image)
    let found = Self.inventory([Self.event("FailedCreatePodSandBox", sandbox.message)])
    let uses = found.uses.filter { $0.role == .sandbox }
    #expect(uses.map(\.image.text) == [sandbox.image].compactMap(\.self))
    #expect(uses.allSatisfy { $0.workload.name == "web" && $0.failures.count == 1 })
  }

  @Test(arguments: [
    (PodRecord.make(phase: "Pending"), true),
    // Not scheduled yet: no kubelet has tried.
    (PodRecord.make(node: "", phase: "Pending"), false),
    (PodRecord.make(phase: "Running"), false),
    (PodRecord.make(statuses: [.waiting("CrashLoopBackOff")]), false),
    (PodRecord.make(statuses: [.waiting("ErrImagePull")]), true),
    (PodRecord.make(statuses: [.waiting("ContainerCreating")]), true),
    (PodRecord.make(phase: "Failed", statuses: [.waiting("ErrImagePull")]), false),
  ])
  func whichPodsWait(_ pod: PodRecord, waits: Bool) {
    #expect(pod.isWaiting == waits)
    #expect(ClusterInventory.make(pods: [pod]).waiting.isEmpty == !waits)
  }
}
