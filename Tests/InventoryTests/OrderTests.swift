import Testing

@testable import Inventory

/// Lists arrive in any order, and pages of them too: the inventory is the same.
@Suite("The order of arrival") struct OrderTests {
  private enum Item {
    case workload(WorkloadRecord)
    case pod(PodRecord)
    case namespace(String)
  }

  /// A cluster with something of everything that is merged.
  private static let items: [Item] = {
    var items: [Item] = [.namespace("shop"), .namespace("empty")]
    for number in 1...3 {
      items.append(
        .workload(
          .make(
            .replicaSet, "web-\(number)", owner: .make("Deployment", "web"),
            images: ["web:\(number / 2)", "side:1"], desired: number == 3 ? 2 : 0)))
      items.append(
        .workload(
          .make(
            .replicaSet, "roll-\(number)", owner: .make("Rollout", "roll", uid: "uid-\(number)"),
            images: ["roll:1"], desired: number)))
      items.append(
        .workload(
          .make(.deployment, "bare\(number)", uid: "", images: ["bare:1"], desired: number)))
    }
    items.append(.workload(.make(.deployment, images: ["web:1", "side:1"], desired: 2)))
    // One object from two lists, in two states.
    items.append(.workload(.make(.job, "twice", observed: 1)))
    items.append(.workload(.make(.job, "twice", isFinished: true)))
    items.append(.workload(.make(.deployment, "anew", uid: "new", desired: 0)))
    items.append(
      .workload(.make(.replicaSet, "anew-1", owner: .make("Deployment", "anew", uid: "old"))))
    for number in 0..<12 {
      let failing = number.isMultiple(of: 2)
      var pod = PodRecord.make(
        "web-3-\(number)", owner: .make("ReplicaSet", "web-3"),
        containers: [
          .make("web:1"), .make("proxy:1", name: "proxy", index: 1 + number % 3),
        ], node: "n\(number % 4)", phase: failing ? "Pending" : "Running",
        statuses: failing ? [.waiting("ErrImagePull", "m\(number)", name: "proxy")] : nil)
      pod.spec.nodeSelector = number < 6 ? ["a": "b"] : [:]
      items.append(.pod(pod))
      items.append(
        .pod(
          .make(
            "k-\(number)", owner: .make("PodSet", "kafka"),
            containers: [
              .make("kafka:3", index: number % 2, policy: number == 5 ? .always : .ifNotPresent)
            ], phase: number == 7 ? "Failed" : "Running")))
    }
    return items
  }()

  private static func add(_ item: Item, to builder: inout InventoryBuilder) {
    switch item {
    case .workload(let record): builder.add(record)
    case .pod(let record): builder.add(record)
    case .namespace(let name): builder.add(namespace: name)
    }
  }

  @Test func neverShows() {
    var whole = InventoryBuilder()
    for item in Self.items { Self.add(item, to: &whole) }
    let expected = whole.finish()
    #expect(expected.uses.contains { $0.failureCount == 6 })
    for seed in 1...40 {
      var random = Seeded(seed: UInt64(seed))
      // Dealt to builders at random, these merged in any order.
      var builders = (0..<Int.random(in: 1...6, using: &random)).map { _ in InventoryBuilder() }
      for item in Self.items.shuffled(using: &random) {
        Self.add(item, to: &builders[Int.random(in: builders.indices, using: &random)])
      }
      var merged = InventoryBuilder()
      for builder in builders.shuffled(using: &random) { merged.merge(builder) }
      let inventory = merged.finish()
      #expect(inventory.namespaces == expected.namespaces)
      #expect(inventory.workloads == expected.workloads, "seed \(seed)")
      #expect(inventory.uses == expected.uses, "seed \(seed)")
    }
  }

  @Test func namespacesAreThoseThatExistOrHoldAWorkload() {
    let inventory = ClusterInventory.make(
      [.make(.deployment, namespace: "b")], pods: [.make(namespace: "c")],
      namespaces: ["a", "c"])
    #expect(inventory.namespaces == ["a", "b", "c"])
    #expect(ClusterInventory.make().namespaces == [])
  }
}
