import Testing

@testable import Inventory

/// `-l`: whose labels count, after Pods were rolled up.
@Suite struct SelectedWorkloadsTests {
  private func selected(
    _ text: String, _ workloads: [WorkloadRecord] = [], pods: [PodRecord] = []
  ) throws -> [String] {
    let selector = try LabelSelector(text)
    // Lists come in builders of their own.
    var whole = InventoryBuilder(selecting: selector)
    for pod in pods {
      var part = InventoryBuilder(selecting: selector)
      part.add(pod)
      whole.merge(part)
    }
    var part = InventoryBuilder(selecting: selector)
    for workload in workloads { part.add(workload) }
    whole.merge(part)
    return whole.finish().workloads.filter { $0.isSelected(by: selector) }
      .map { "\($0.identity.kind)/\($0.identity.name)" }
  }

  @Test func theTopsOwnLabelsCount() throws {
    let deployment = WorkloadRecord.make(.deployment, labels: ["team": "a"])
    let replicaSet = WorkloadRecord.make(
      .replicaSet, "web-1", owner: .make("Deployment", "web"), labels: ["app": "web"])
    let pod = PodRecord.make(owner: .make("ReplicaSet", "web-1"), labels: ["app": "web"])
    #expect(try selected("team=a", [deployment, replicaSet], pods: [pod]) == ["Deployment/web"])
    #expect(try selected("app=web", [deployment, replicaSet], pods: [pod]) == [])
    #expect(try selected("!app", [deployment, replicaSet], pods: [pod]) == ["Deployment/web"])
  }

  @Test func podsWithoutAnOwnerAreMatchedThemselves() throws {
    let pods = [
      PodRecord.make("a", labels: ["app": "web"]), .make("b", labels: ["app": "api"]), .make("c"),
      .make(
        "static-node-1", owner: .make("Node", "node-1"), labels: ["app": "web"],
        annotations: [AnnotationKeys.mirror: "x"]),
    ]
    #expect(try selected("app=web", pods: pods) == ["Pod/a", "Pod/static-node-1"])
    #expect(try selected("!app", pods: pods) == ["Pod/c"])
  }

  /// One of several Pods is enough, and no label stands for one.
  @Test func ofAnOwnerThatWasNotReadItsPodsCount() throws {
    let owner = OwnerReference.make("RayCluster", "sim")
    let pods = [
      PodRecord.make("sim-1", owner: owner, labels: ["role": "head"]),
      .make("sim-2", owner: owner, labels: ["role": "worker"]),
    ]
    for text in ["role=head", "role=worker", "role", "role!=head"] {
      #expect(try selected(text, pods: pods) == ["RayCluster/sim"], "\(text)")
    }
    #expect(try selected("role=other", pods: pods) == [])
    #expect(try selected("!role", pods: pods) == [])
    let statefulSet = WorkloadRecord.make(.statefulSet, "db", owner: owner, labels: ["app": "db"])
    #expect(try selected("app=db", [statefulSet], pods: pods) == ["RayCluster/sim"])
  }

  /// Memory is that of workloads: no label of an owned Pod stays.
  @Test func labelsOfOwnedPodsAreNotKept() throws {
    var builder = InventoryBuilder(selecting: try LabelSelector("app=web"))
    builder.add(.make(owner: .make("ReplicaSet", "web-1"), labels: ["app": "web"]))
    #expect(builder.podGroups.values.map(\.metadata.labels) == [[:]])
    #expect(builder.podGroups.values.map(\.isSelected) == [true])
  }
}
