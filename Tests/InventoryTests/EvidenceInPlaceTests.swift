import ImageReferences
import Testing

@testable import Inventory

@Suite struct SandboxImagesTests {
  @Test(arguments: [
    ("containerd://1.4.13", "k8s.gcr.io/pause:3.2"),
    ("containerd://1.5.2-k3s1", "k8s.gcr.io/pause:3.5"),
    ("containerd://1.6.8", "k8s.gcr.io/pause:3.6"),
    ("containerd://1.6.20", nil),
    ("containerd://1.6.39~ds1", "registry.k8s.io/pause:3.6"),
    ("containerd://1.7.27", "registry.k8s.io/pause:3.8"),
    ("containerd://2.1.4", "registry.k8s.io/pause:3.10"),
    ("containerd://2.2.0", "registry.k8s.io/pause:3.10.1"),
    ("containerd://9.9", "registry.k8s.io/pause:3.10.2"),
    ("containerd://1.2.0", nil),
    ("containerd://", nil),
    ("containerd://one.two", nil),
    ("containerd://99999999999999999999.1.1", nil),
    ("docker://20.10.7", nil),
    ("cri-o://1.24.6", nil),
    ("", nil),
  ])
  func defaults(_ runtime: String, image: String?) {
    #expect(SandboxImages.inferred(from: runtime) == image)
  }

  @Test func oneUseForEachImageThatTheCatalogueKnows() {
    func node(_ name: String, _ runtime: String, system: String = "linux") -> NodeRecord {
      var node = NodeRecord.make(name)
      (node.containerRuntimeVersion, node.operatingSystem) = (runtime, system)
      return node
    }
    var inventory = ClusterInventory.make(namespaces: ["shop"])
    inventory.addInferredSandboxes(
      [
        node("b", "containerd://1.6.8"), node("a", "containerd://1.6.1"),
        node("c", "containerd://1.7.1"), node("w", "containerd://1.6.8", system: "windows"),
      ], { $0.registry == "k8s.gcr.io" })
    #expect(inventory.uses.map(\.image.text) == ["k8s.gcr.io/pause:3.6"])
    #expect(inventory.uses.map(\.nodes) == [["a", "b"]])
    #expect(inventory.uses.map(\.workload.name) == ["a"])
    #expect(inventory.uses.map(\.confidence) == [.inferred])
    #expect(
      inventory.uses[0].notes == [
        "the default of containerd://1.6.1, containerd://1.6.8", "on 2 nodes",
      ])
    #expect(inventory.namespaces == ["", "shop"])
    #expect(inventory.workloads.map(\.identity.kind) == ["Node"])
  }
}

@Suite struct MirrorIndexTests {
  private static func index(
    _ kind: String, _ mirrors: [(source: String, policy: String)]
  ) -> MirrorIndex {
    var set = MirrorSetRecord()
    set.metadata.name = "m"
    set.kind = kind
    set.mirrors = mirrors.map {
      var record = MirrorRecord()
      (record.source, record.mirrors, record.sourcePolicy) = (
        $0.source, ["corp/\($0.source)"], $0.policy
      )
      return record
    }
    return MirrorIndex([set])
  }

  private static func note(_ index: MirrorIndex, _ image: String) -> String? {
    ImageText.parse(image).reference.flatMap(index.note)
  }

  private static let digest = "@sha256:" + String(repeating: "a", count: 64)

  @Test(arguments: ["ImageDigestMirrorSet", "ImageContentSourcePolicy", "ImageTagMirrorSet"])
  func tagsAndDigestsHaveTheirOwnKinds(_ kind: String) {
    let index = Self.index(kind, [("k8s.gcr.io", "")])
    let isForTags = kind == "ImageTagMirrorSet"
    #expect((Self.note(index, "k8s.gcr.io/pause:3.2") != nil) == isForTags)
    #expect((Self.note(index, "k8s.gcr.io/pause") != nil) == isForTags)
    #expect((Self.note(index, "k8s.gcr.io/pause\(Self.digest)") != nil) == !isForTags)
    #expect((Self.note(index, "k8s.gcr.io/pause:3.2\(Self.digest)") != nil) == !isForTags)
  }

  @Test func theLongestSourceCountsAtABoundary() {
    let index = Self.index(
      "ImageTagMirrorSet",
      [("k8s.gcr.io", ""), ("k8s.gcr.io/dns", "NeverContactSource"), ("*.example.com", "")])
    #expect(
      Self.note(index, "k8s.gcr.io/dns/coredns:1")
        == "mirrored by ImageTagMirrorSet/m to corp/k8s.gcr.io/dns (source policy"
        + " NeverContactSource: the source is never asked); whether a mirror holds the image is not"
        + " known, so the risk stands")
    #expect(
      Self.note(index, "k8s.gcr.io/dnsmasq:1")
        == "mirrored by ImageTagMirrorSet/m to corp/k8s.gcr.io (source policy"
        + " AllowContactingSource: the source is asked when no mirror answers); whether a mirror"
        + " holds the image is not known, so the risk stands")
    #expect(Self.note(index, "a.example.com/x:1") != nil)
    #expect(Self.note(index, "example.com/x:1") == nil)
    #expect(Self.note(index, "k8s.gcr.io.evil.com/x:1") == nil)
    #expect(Self.note(index, "mirror.corp/k8s.gcr.io/x:1") == nil)
    #expect(Self.note(MirrorIndex(), "k8s.gcr.io/x:1") == nil)
  }
}

@Suite struct TeamTests {
  @Test(arguments: [
    (["team": "a"], ["team": "b"], "a"),
    ([:], ["team": "b"], "b"),
    (["team": ""], ["team": "b"], "b"),
    (["other": "x"], [:], nil),
  ])
  func theWorkloadGoesBeforeItsNamespace(
    labels: [String: String], namespace: [String: String], team: String?
  ) {
    var builder = InventoryBuilder()
    builder.add(.make(.deployment, labels: labels))
    builder.add(namespace: ObjectMetadata.make("shop", namespace: "", labels: namespace))
    let inventory = builder.finish()
    #expect(inventory.team(of: inventory.workloads[0], key: "team") == team)
  }

  @Test func annotationsCountToo() {
    var builder = InventoryBuilder()
    builder.add(.make(.deployment))
    builder.add(
      namespace: ObjectMetadata.make("shop", namespace: "", annotations: ["corp/owner": "crew"]))
    let inventory = builder.finish()
    #expect(inventory.team(of: inventory.workloads[0], key: "corp/owner") == "crew")
    #expect(inventory.team(of: inventory.workloads[0], key: "owner") == nil)
  }
}
