import ImageReferences
import Testing

@testable import Inventory

@Suite("Old revisions") struct HistoryTests {
  private static func revision(
    _ number: Int, of name: String = "web", image: String, desired: Int = 0, observed: Int = 0
  ) -> WorkloadRecord {
    .make(
      .replicaSet, "\(name)-\(number)", owner: .make("Deployment", name), images: [image],
      desired: desired, observed: observed)
  }

  @Test func anotherImageIsHistoryAndTheSameIsOneUse() {
    let inventory = ClusterInventory.make([
      .make(.deployment, images: ["web:3"], desired: 2, observed: 2),
      Self.revision(1, image: "web:1"), Self.revision(2, image: "web:3"),
      Self.revision(3, image: "web:3", desired: 2, observed: 2),
    ])
    #expect(
      inventory.summary == [
        "Deployment/web web:1 history — in ReplicaSet/web-1", "Deployment/web web:3 active(2)",
      ])
  }

  @Test func severalOldRevisionsWithOneImageAreOneUse() {
    let inventory = ClusterInventory.make(
      [.make(.deployment, images: ["web:9"], desired: 1)]
        + (1...8).map { Self.revision($0, image: "web:1") })
    #expect(
      inventory.summary == [
        "Deployment/web web:1 history — in ReplicaSet/web-1", "Deployment/web web:9 active(1)",
      ])
  }

  @Test("in a stuck rollout both revisions are active", arguments: [(1, 0), (0, 1), (1, 1)])
  func stuckRollout(desired: Int, observed: Int) {
    let inventory = ClusterInventory.make([
      .make(.deployment, images: ["web:2"], desired: 3, observed: 4),
      Self.revision(1, image: "web:1", desired: desired, observed: observed),
      Self.revision(2, image: "web:2", desired: 3, observed: 3),
    ])
    #expect(
      inventory.summary == [
        "Deployment/web web:1 active(\(desired)) — in ReplicaSet/web-1",
        "Deployment/web web:2 active(3)",
      ])
  }

  @Test func theNewestRevisionOfAScaledDownDeploymentIsNoHistory() {
    let inventory = ClusterInventory.make([
      .make(.deployment, images: ["web:2"], desired: 0), Self.revision(2, image: "web:2"),
    ])
    #expect(inventory.summary == ["Deployment/web web:2 scaled-to-zero"])
  }

  @Test func aReplicaSetOfItsOwnIsAsleepNotHistory() {
    #expect(
      ClusterInventory.make([.make(.replicaSet, desired: 0)]).summary
        == ["ReplicaSet/web nginx:1 scaled-to-zero"])
  }

  @Test func aMigratedClusterHasNothingOldAlive() {
    let inventory = ClusterInventory.make(
      [
        .make(.deployment, images: ["registry.k8s.io/pause:3.9"], desired: 1),
        .make(.cronJob, "nightly", images: ["registry.k8s.io/pause:3.9"]),
      ]
        + (1...10).map { Self.revision($0, image: "k8s.gcr.io/pause:3.\($0)") }
        + (1...3).map {
          .make(
            .job, "nightly-\($0)", owner: .make("CronJob", "nightly"),
            images: ["k8s.gcr.io/pause:3.\($0)"], isFinished: true)
        },
      pods: (1...3).map {
        .make(
          "web-10-\($0)", owner: .make("ReplicaSet", "web-10"), image: "k8s.gcr.io/pause:3.10",
          phase: "Failed", reason: "Evicted")
      })
    let old = inventory.uses.filter { $0.image.text.hasPrefix("k8s.gcr.io/") }
    #expect(old.count == 13)
    #expect(old.allSatisfy { $0.activity.isPast })
    #expect(inventory.uses.filter { !$0.activity.isPast }.count == 2)
    #expect(inventory.workloads.map(\.activity.text) == ["active", "active(1)"])
  }

  @Test func evictedPodsOfTheLiveRevisionChangeNothing() {
    let inventory = ClusterInventory.make(
      [
        .make(.deployment, images: ["web:1"], desired: 1, observed: 1),
        Self.revision(1, image: "web:1", desired: 1, observed: 1),
      ],
      pods: [
        .make("a", owner: .make("ReplicaSet", "web-1"), image: "web:1"),
        .make(
          "b", owner: .make("ReplicaSet", "web-1"), image: "web:1", phase: "Failed",
          reason: "Evicted"),
      ])
    #expect(inventory.summary == ["Deployment/web web:1 active(1) x1"])
  }
}
