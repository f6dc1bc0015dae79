import ImageReferences
import Testing

@testable import Inventory

@Suite("Node census") struct NodeCensusTests {
  private static let digest = "sha256:" + String(repeating: "a", count: 64)

  private static func state(
    _ image: String, _ nodes: [NodeRecord], _ placement: PodPlacement = PodPlacement(),
    isDaemon: Bool = false
  ) throws -> CacheState {
    let reference = try #require(ImageText.parse(image).reference)
    return NodeCensus(nodes).cacheState(of: reference, placement: placement, isDaemon: isDaemon)
  }

  private static func filled(_ count: Int) -> [[String]] {
    (0..<count).map { ["registry.corp/filler:\($0)"] }
  }

  @Test(
    "names",
    arguments: [
      // As the use has it, as the node has it, and whether that is the same image.
      ("nginx", "docker.io/library/nginx:latest", true),
      ("nginx:1", "nginx:1", true),
      ("docker.io/library/nginx:1", "nginx:1", true),
      ("k8s.gcr.io/pause:3.1", "k8s.gcr.io/pause:3.1", true),
      ("K8S.gcr.io/pause:3.1", "k8s.gcr.io/pause:3.1", true),
      ("k8s.gcr.io/pause:3.1", "k8s.gcr.io/pause:3.10", false),
      ("k8s.gcr.io/pause:3.1", "registry.k8s.io/pause:3.1", false),
      ("k8s.gcr.io/pause@\(digest)", "k8s.gcr.io/pause@\(digest)", true),
      // Runtimes pull and store by the digest when there is one.
      ("k8s.gcr.io/pause:3.1@\(digest)", "k8s.gcr.io/pause@\(digest)", true),
      ("k8s.gcr.io/pause:3.1@\(digest)", "k8s.gcr.io/pause:3.1", false),
      ("k8s.gcr.io/pause:3.1", "k8s.gcr.io/pause@\(digest)", false),
      ("nginx", "<none>@<none>", false),
      ("nginx", "", false),
    ])
  func names(use: String, node: String, isSame: Bool) throws {
    let state = try Self.state(use, [.make("n", images: [["other:1", node]])])
    #expect(
      state == CacheState(eligible: 1, holding: isSame ? 1 : 0, likelyLacking: isSame ? 0 : 1))
  }

  @Test(
    "a list says what it lacks unless it is empty or full",
    arguments: [
      (0, 0), (1, 1), (49, 1), (50, 0), (51, 0),
    ])
  func lists(entries: Int, lacking: Int) throws {
    #expect(
      try Self.state("absent:1", [.make("n", images: Self.filled(entries))])
        == CacheState(eligible: 1, holding: 0, likelyLacking: lacking))
  }

  @Test func aBoundPodHasOneNode() throws {
    let nodes: [NodeRecord] = [
      .make("a", images: [["a:1"]]), .make("b", images: [["b:1"]]), .make("c", images: []),
    ]
    let reference = try #require(ImageText.parse("a:1").reference)
    let states = [["a"], ["b"], ["c"], ["gone"], ["a", "b"]].map {
      NodeCensus(nodes).cacheState(of: reference, boundTo: $0)
    }
    #expect(
      states == [
        CacheState(eligible: 1, holding: 1), CacheState(eligible: 1, likelyLacking: 1),
        CacheState(eligible: 1), CacheState(),
        CacheState(eligible: 2, holding: 1, likelyLacking: 1),
      ])
  }

  @Test func presenceIsProvenByAFullList() throws {
    #expect(
      try Self.state("registry.corp/filler:7", [.make("n", images: Self.filled(50))])
        == CacheState(eligible: 1, holding: 1, likelyLacking: 0))
  }

  @Test(
    "selectors",
    arguments: [
      ([:], 3), (["pool": "a"], 2), (["pool": "a", "zone": "1"], 1), (["pool": "c"], 0),
      (["none": ""], 0),
    ])
  func selectors(selector: [String: String], eligible: Int) throws {
    let nodes: [NodeRecord] = [
      .make("1", labels: ["pool": "a", "zone": "1"]), .make("2", labels: ["pool": "a"]),
      .make("3", labels: ["pool": "b"]),
    ]
    #expect(
      try Self.state("x:1", nodes, PodPlacement(nodeSelector: selector)).eligible == eligible)
  }

  struct Toleration: Sendable, CustomTestStringConvertible {
    let toleration: TolerationRecord?
    let taint: TaintRecord
    let isAdmitted: Bool

    init(_ toleration: TolerationRecord?, _ taint: TaintRecord, _ isAdmitted: Bool) {
      self.toleration = toleration
      self.taint = taint
      self.isAdmitted = isAdmitted
    }

    var testDescription: String {
      "\(toleration.map { "\($0.key) \($0.operator) \($0.value) \($0.effect)" } ?? "none") /"
        + " \(taint.key)=\(taint.value):\(taint.effect)"
    }
  }

  private static let taint = TaintRecord.make(key: "k", value: "v", effect: "NoSchedule")

  @Test(
    "taints",
    arguments: [
      Toleration(nil, taint, false),
      Toleration(nil, .make(key: "k", effect: "PreferNoSchedule"), true),
      Toleration(nil, .make(key: "k", effect: "NoExecute"), false),
      Toleration(.make(operator: "Exists"), taint, true),
      Toleration(.make(key: "k", operator: "Exists"), taint, true),
      Toleration(.make(key: "k", operator: "Exists", effect: "NoExecute"), taint, false),
      Toleration(.make(key: "other", operator: "Exists"), taint, false),
      Toleration(.make(key: "k", value: "v"), taint, true),
      Toleration(.make(key: "k", operator: "Equal", value: "v", effect: "NoSchedule"), taint, true),
      Toleration(.make(key: "k", operator: "Equal", value: "w"), taint, false),
      Toleration(.make(key: "", operator: "Equal", value: "v"), taint, false),
      // An operator of a later version (KEP-5471) is not Equal.
      Toleration(.make(key: "k", operator: "Gt", value: "v"), taint, false),
    ])
  func taints(_ example: Toleration) throws {
    let placement = PodPlacement(tolerations: example.toleration.map { [$0] } ?? [])
    let state = try Self.state("x:1", [.make("n", taints: [example.taint])], placement)
    #expect(state.eligible == (example.isAdmitted ? 1 : 0))
  }

  @Test func everyTaintMustBeTolerated() throws {
    let node = NodeRecord.make(
      "n", taints: [Self.taint, .make(key: "second", effect: "NoExecute")])
    let one = PodPlacement(tolerations: [.make(key: "k", operator: "Exists")])
    #expect(try Self.state("x:1", [node], one).eligible == 0)
  }

  @Test(
    "cordoned nodes",
    arguments: [
      // Whether the taint is set, the toleration, a DaemonSet: admitted?
      (false, "", false, false), (true, "", false, false), (false, "", true, true),
      (true, "", true, true), (true, "node.kubernetes.io/unschedulable", false, true),
      (false, "node.kubernetes.io/unschedulable", false, true),
    ])
  func cordoned(hasTaint: Bool, tolerated: String, isDaemon: Bool, isAdmitted: Bool) throws {
    let taint = TaintRecord.make(key: "node.kubernetes.io/unschedulable", effect: "NoSchedule")
    let node = NodeRecord.make("n", taints: hasTaint ? [taint] : [], isUnschedulable: true)
    let placement = PodPlacement(
      tolerations: tolerated.isEmpty ? [] : [.make(key: tolerated, operator: "Exists")])
    #expect(
      try Self.state("x:1", [node], placement, isDaemon: isDaemon).eligible
        == (isAdmitted ? 1 : 0))
  }

  @Test(
    "taints that every DaemonSet's Pods tolerate",
    arguments: [
      ("node.kubernetes.io/not-ready", true), ("node.kubernetes.io/disk-pressure", true),
      ("node.kubernetes.io/network-unavailable", false), ("dedicated", false),
    ])
  func daemons(key: String, isAdmitted: Bool) throws {
    let node = NodeRecord.make("n", taints: [.make(key: key, effect: "NoSchedule")])
    #expect(try Self.state("x:1", [node], isDaemon: true).eligible == (isAdmitted ? 1 : 0))
    #expect(try Self.state("x:1", [node], isDaemon: false).eligible == 0)
  }

  @Test func nodesAreSortedAndFoundByName() {
    let census = NodeCensus([.make("b", created: 2), .make("a", created: 1)])
    #expect(census.nodes.map(\.name) == ["a", "b"])
    #expect(census.creation(ofNode: "b") == 2)
    #expect(census.creation(ofNode: "c") == nil)
  }
}
