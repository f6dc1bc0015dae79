import ImageReferences
import Testing

@testable import Inventory

/// Pods beside the templates that made them: which of the two says where a use stands.
@Suite struct PodsAndTemplatesTests {
  /// The evicted Pods of an old revision must not take the place of its ReplicaSet.
  @Test func endedPodsNeverStandForATemplate() throws {
    var builder = InventoryBuilder()
    builder.add(deployment(image: "registry.k8s.io/pause:3.9"))
    builder.add(oldReplicaSet(image: "k8s.gcr.io/pause:3.1"))
    builder.add(pod("web-1-evicted", image: "k8s.gcr.io/pause:3.1", phase: "Failed"))
    let uses = builder.finish().uses
    #expect(uses.count == 2)
    let old = try #require(uses.first { $0.image.text == "k8s.gcr.io/pause:3.1" })
    #expect(old.origin == .dependent("ReplicaSet/web-1"))
    #expect(old.path == "spec.template.spec.containers[0].image")
    #expect(old.activity == .history)
    #expect(old.podCount == 0)
  }

  /// Two shapes of Pods share a use; whichever comes first, the report is the same.
  @Test func theOrderOfPodsNeverShows() {
    var outcomes: Set<[String]> = []
    for _ in 0..<20 {
      var builder = InventoryBuilder()
      for number in 0..<12 {
        var lone = pod("p-\(number)", image: "k8s.gcr.io/debug:1", phase: "Running")
        lone.spec.containers[0].index = number
        lone.metadata.owner = OwnerReference(
          apiVersion: "ray.io/v1", kind: "RayCluster", name: "sim", uid: "ray")
        builder.add(lone)
      }
      let inventory = builder.finish()
      outcomes.insert(inventory.uses.map { "\($0.path) \($0.podCount)" })
    }
    #expect(outcomes == [["spec.containers[0].image 12"]])
  }

  /// What a server before 1.21 calls `batch/v1beta1`, the report calls so too.
  @Test func theVersionThatWasServedIsTheVersionThatIsTold() {
    var record = WorkloadRecord(kind: .cronJob)
    #expect(record.identity.apiVersion == "batch/v1")
    record.servedVersion = "batch/v1beta1"
    #expect(record.identity.apiVersion == "batch/v1beta1")
  }

  private func container(_ image: String) -> ContainerRecord {
    var container = ContainerRecord()
    container.name = "main"
    container.image = image
    return container
  }

  private func deployment(image: String) -> WorkloadRecord {
    var record = WorkloadRecord(kind: .deployment)
    record.metadata.name = "web"
    record.metadata.namespace = "shop"
    record.metadata.uid = "deployment"
    record.desired = 1
    record.template.containers = [container(image)]
    return record
  }

  private func oldReplicaSet(image: String) -> WorkloadRecord {
    var record = WorkloadRecord(kind: .replicaSet)
    record.metadata.name = "web-1"
    record.metadata.namespace = "shop"
    record.metadata.uid = "old"
    record.metadata.owner = OwnerReference(
      apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: "deployment")
    record.desired = 0
    record.template.containers = [container(image)]
    return record
  }

  private func pod(_ name: String, image: String, phase: String) -> PodRecord {
    var pod = PodRecord()
    pod.metadata.name = name
    pod.metadata.namespace = "shop"
    pod.metadata.uid = name
    pod.metadata.owner = OwnerReference(
      apiVersion: "apps/v1", kind: "ReplicaSet", name: "web-1", uid: "old")
    pod.phase = phase
    pod.spec.containers = [container(image)]
    return pod
  }
}
