import Testing

@testable import Inventory

@Suite struct NameSetTests {
  /// Whatever the order and the repetitions, and across the points where it sorts itself.
  @Test(arguments: [0, 1, 2, 16, 17, 18, 40, 500])
  func holdsEachNameOnce(count: Int) {
    let names = (0..<count).map { "node-\($0 * 7919 % 1009)" }
    var forward = NameSet()
    for name in names + names { forward.insert(name) }
    var backward = NameSet()
    for name in names.reversed() { backward.insert(name) }
    #expect(forward.sorted == Set(names).sorted())
    #expect(backward.sorted == forward.sorted)
    #expect(backward == forward)
    #expect(backward.hashValue == forward.hashValue)
  }

  @Test func unionsAreSets() {
    var left = NameSet()
    for name in ["c", "a", "b"] { left.insert(name) }
    var right = NameSet()
    for name in ["d", "b"] { right.insert(name) }
    var union = left
    union.formUnion(right)
    #expect(union.sorted == ["a", "b", "c", "d"])
    var empty = NameSet()
    empty.formUnion(right)
    #expect(empty.sorted == ["b", "d"])
    empty.formUnion(NameSet())
    #expect(empty.sorted == ["b", "d"])
  }
}

@Suite struct PodNodesTests {
  private func status(
    _ name: String, _ state: ContainerStatusRecord.State, _ role: ContainerRole = .container
  ) -> ContainerStatusRecord {
    var status = ContainerStatusRecord()
    (status.name, status.state, status.role) = (name, state, role)
    return status
  }

  private func key(_ name: String, _ role: ContainerRole = .container) -> PodGroup.ContainerKey {
    PodGroup.ContainerKey(role: role, name: name)
  }

  @Test func tellsWhichContainersRunWhere() {
    var nodes = PodNodes()
    nodes.add("n2", running: [status("app", .running), status("proxy", .running)])
    nodes.add("n1", running: [status("app", .running), status("proxy", .waiting)])
    nodes.add("n3", running: [status("app", .terminated)])
    nodes.add("n2", running: [])
    nodes.pack()
    #expect(nodes.all == ["n1", "n2", "n3"])
    #expect(nodes.running(key("app")) == ["n1", "n2"])
    #expect(nodes.running(key("proxy")) == ["n2"])
    #expect(nodes.running(key("proxy", .initContainer)) == [])
  }

  /// More combinations of running containers than are kept apart say the same all the same.
  @Test func anyNumberOfCombinations() {
    var whole = PodNodes()
    var parts = (PodNodes(), PodNodes())
    var expected: [String: Set<String>] = [:]
    for number in 0..<256 {
      let node = "node-\(number % 50)"
      let statuses = (0..<8).map {
        status("c\($0)", number >> $0 & 1 == 1 ? .running : .waiting)
      }
      for status in statuses where status.state == .running {
        expected[status.name, default: []].insert(node)
      }
      whole.add(node, running: statuses)
      if number % 2 == 0 { parts.0.add(node, running: statuses) }
      if number % 2 == 1 { parts.1.add(node, running: statuses) }
    }
    parts.0.formUnion(parts.1)
    for nodes in [whole, parts.0] {
      #expect(nodes.all.count == 50)
      for (name, names) in expected { #expect(nodes.running(key(name)) == names.sorted()) }
    }
  }
}
