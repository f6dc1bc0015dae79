import Testing

@testable import Inventory

/// Which object a person edits, and what of it is known.
struct OwnerCase: Sendable, CustomTestStringConvertible {
  let name: String
  var workloads: [WorkloadRecord] = []
  var pods: [PodRecord] = []
  let expected: [String]

  var testDescription: String { name }
}

@Suite("Owners") struct OwnerTests {
  static let cases: [OwnerCase] = [
    OwnerCase(
      name: "Pod → ReplicaSet → Deployment",
      workloads: [
        .make(.replicaSet, "web-1", owner: .make("Deployment", "web"), desired: 1, observed: 1),
        .make(.deployment, "web", desired: 1, observed: 1),
      ],
      pods: [.make("web-1-x", owner: .make("ReplicaSet", "web-1"))],
      expected: ["Deployment/web nginx:1 active(1) x1"]),
    OwnerCase(
      name: "Pod → Job → CronJob",
      workloads: [
        .make(.job, "nightly-1", owner: .make("CronJob", "nightly"), observed: 1),
        .make(.cronJob, "nightly"),
      ],
      pods: [.make("nightly-1-x", owner: .make("Job", "nightly-1"))],
      expected: ["CronJob/nightly nginx:1 active x1"]),
    OwnerCase(
      name: "a custom owner that was not read",
      workloads: [
        .make(.replicaSet, "web-1", owner: .make("Rollout", "web"), desired: 2, observed: 2)
      ],
      pods: [.make("web-1-x", owner: .make("ReplicaSet", "web-1"))],
      expected: ["Rollout/web nginx:1 active(2) x1 — in ReplicaSet/web-1"]),
    OwnerCase(
      name: "Pods of a custom owner that was not read",
      pods: [
        .make("k-0", owner: .make("StrimziPodSet", "kafka")),
        .make("k-1", owner: .make("StrimziPodSet", "kafka")),
      ],
      expected: ["StrimziPodSet/kafka nginx:1 active x2 — seen in Pods only"]),
    OwnerCase(
      name: "several levels, the last one unread",
      workloads: [
        .make(.replicaSet, "a-1", owner: .make("Deployment", "a"), desired: 1),
        .make(.deployment, "a", owner: .make("StatefulSet", "b"), desired: 1),
        .make(.statefulSet, "b", owner: .make("Cluster", "c"), images: ["redis:7"], desired: 1),
      ],
      pods: [.make("a-1-x", owner: .make("ReplicaSet", "a-1"))],
      expected: [
        "Cluster/c nginx:1 active(1) x1 — in Deployment/a",
        "Cluster/c redis:7 active(1) — in StatefulSet/b",
      ]),
    OwnerCase(
      name: "of a cycle each member stands for itself",
      workloads: [
        .make(.replicaSet, "a", owner: .make("ReplicaSet", "b"), images: ["a:1"], desired: 1),
        .make(.replicaSet, "b", owner: .make("ReplicaSet", "c"), images: ["b:1"], desired: 1),
        .make(.replicaSet, "c", owner: .make("ReplicaSet", "a"), images: ["c:1"], desired: 1),
      ],
      expected: [
        "ReplicaSet/a a:1 active(1)", "ReplicaSet/b b:1 active(1)", "ReplicaSet/c c:1 active(1)",
      ]),
    OwnerCase(
      name: "an object that owns itself",
      workloads: [.make(.job, "a", owner: .make("Job", "a"))],
      expected: ["Job/a nginx:1 active(1)"]),
    OwnerCase(
      name: "a Pod below a cycle stands for itself",
      workloads: [
        .make(.replicaSet, "a", owner: .make("ReplicaSet", "a"), images: ["a:1"], desired: 1)
      ],
      pods: [.make("p", owner: .make("ReplicaSet", "a"), image: "p:1")],
      expected: ["Pod/p p:1 active x1", "ReplicaSet/a a:1 active(1)"]),
    OwnerCase(
      name: "references without a UID are resolved by kind and name",
      workloads: [
        .make(
          .replicaSet, "web-1", uid: "", owner: .make("Deployment", "web", uid: ""), desired: 1),
        .make(.deployment, "web", uid: "", desired: 1),
      ],
      pods: [.make("web-1-x", uid: "", owner: .make("ReplicaSet", "web-1", uid: ""))],
      expected: ["Deployment/web nginx:1 active(1) x1"]),
    OwnerCase(
      name: "objects without a UID are not one object",
      workloads: [
        .make(.deployment, "a", uid: "", images: ["a:1"], desired: 1),
        .make(.deployment, "b", uid: "", images: ["b:1"], desired: 1),
        .make(.statefulSet, "a", uid: "", images: ["c:1"], desired: 1),
      ],
      pods: [.make("p", uid: "", image: "p:1"), .make("q", uid: "", image: "p:1")],
      expected: [
        "Deployment/a a:1 active(1)", "Deployment/b b:1 active(1)", "Pod/p p:1 active x1",
        "Pod/q p:1 active x1", "StatefulSet/a c:1 active(1)",
      ]),
    OwnerCase(
      name: "a UID that two lists brought is one object",
      workloads: [
        .make(.deployment, "a", desired: 3), .make(.deployment, "a", desired: 3, observed: 1),
      ],
      expected: ["Deployment/a nginx:1 active(3)"]),
    OwnerCase(
      name: "a mirror Pod is edited on its node",
      pods: [
        .make(
          "etcd-n1", owner: .make("Node", "n1"), image: "etcd:3",
          annotations: [AnnotationKeys.mirror: "abc"])
      ],
      expected: ["Pod/etcd-n1 etcd:3 active x1"]),
    OwnerCase(
      name: "mirror Pods of two nodes stay apart",
      pods: [
        .make("etcd-n1", owner: .make("Node", "n1"), image: "etcd:3"),
        .make("etcd-n2", owner: .make("Node", "n2"), image: "etcd:3"),
      ],
      expected: ["Pod/etcd-n1 etcd:3 active x1", "Pod/etcd-n2 etcd:3 active x1"]),
    OwnerCase(
      name: "an owner made anew under its name",
      workloads: [
        .make(
          .replicaSet, "web-0", owner: .make("Deployment", "web", uid: "before"),
          images: ["old:1"], desired: 0),
        .make(.deployment, "web", uid: "after", desired: 1),
      ],
      expected: [
        "Deployment/web nginx:1 active(1)",
        "Deployment/web old:1 history — in ReplicaSet/web-0",
      ]),
  ]

  @Test("resolution", arguments: cases)
  func resolution(_ example: OwnerCase) {
    let inventory = ClusterInventory.make(example.workloads, pods: example.pods)
    #expect(inventory.summary == example.expected)
    // Every use hangs on a workload that the inventory lists.
    #expect(Set(inventory.uses.map(\.workload)).isSubset(of: inventory.workloads.map(\.identity)))
  }

  @Test func anOwnerMadeAnewKeepsWhatWasReadOfIt() throws {
    // ReplicaSets are listed, and sorted, in either place: the reading order does not matter.
    let inventory = ClusterInventory.make([
      .make(.replicaSet, "web-0", owner: .make("Deployment", "web", uid: "before"), desired: 0),
      .make(.deployment, "web", uid: "after", desired: 1, labels: ["team": "a"]),
    ])
    let web = try #require(inventory.workloads.first)
    #expect(inventory.workloads.count == 1)
    #expect(web.wasRead)
    #expect(web.uid == "after")
    #expect(web.labels == ["team": "a"])
    #expect(web.activity == .active(desired: 1))
  }

  @Test func orphanPodsKeepTheirLabels() throws {
    let inventory = ClusterInventory.make(pods: [.make("p", labels: ["team": "a"])])
    let pod = try #require(inventory.workloads.first)
    #expect(pod.identity.kind == "Pod")
    #expect(pod.labels == ["team": "a"])
    #expect(pod.wasRead)
  }

  @Test func unreadOwnersSaySo() throws {
    let inventory = ClusterInventory.make([
      .make(.replicaSet, "web-2", owner: .make("Rollout", "web"), desired: 0),
      .make(.replicaSet, "web-3", owner: .make("Rollout", "web"), desired: 4),
    ])
    let rollout = try #require(inventory.workloads.first)
    #expect(!rollout.wasRead)
    #expect(rollout.activity == .active(desired: 4))
    #expect(rollout.uid == "uid-web")
  }

  @Test func anOwnerWithoutANamespaceOwnsPodsInSeveral() {
    // A cluster-scoped owner has one UID everywhere; its Pods stay where they are.
    let inventory = ClusterInventory.make(pods: [
      .make("a", namespace: "one", owner: .make("ClusterAgent", "agent")),
      .make("b", namespace: "two", owner: .make("ClusterAgent", "agent")),
    ])
    #expect(inventory.uses.map(\.workload.namespace) == ["one", "two"])
    #expect(inventory.uses.map(\.podCount) == [1, 1])
  }

  @Test func severalDependentsOfACustomOwnerStandSideBySide() {
    let owner = OwnerReference.make("RedisCluster", "r")
    let inventory = ClusterInventory.make(
      [
        .make(.statefulSet, "r-a", owner: owner, images: ["redis:7"], desired: 1),
        .make(.statefulSet, "r-b", owner: owner, images: ["redis:7"], desired: 1),
      ],
      pods: [
        .make(
          "r-a-0", owner: .make("StatefulSet", "r-a"),
          containers: [.make("redis:7"), .make("proxy:1", name: "proxy", index: 1)]),
        .make(
          "r-b-0", owner: .make("StatefulSet", "r-b"),
          containers: [.make("redis:7"), .make("proxy:1", name: "proxy", index: 1)]),
      ])
    // The injected proxy is one use: no two uses of an inventory are alike.
    #expect(
      inventory.summary == [
        "RedisCluster/r proxy:1 active x2 — injected: in the Pods, not in the template",
        "RedisCluster/r redis:7 active(1) x1 — in StatefulSet/r-a",
        "RedisCluster/r redis:7 active(1) x1 — in StatefulSet/r-b",
      ])
  }
}
