import Inventory
import Reports
import Testing

@testable import Remediation

@Suite struct NodePlatformTests {
  private static let expected: [(String, NodePlatform)] = [
    ("plain-1", .containerd(.from1_5)), ("plain-2", .containerd(.from1_5)),
    ("old", .containerd(.before1_5)), ("two", .containerd(.from2_0)),
    ("colon", .containerd(.from2_1)), ("newest", .containerd(.from2_3)), ("crio", .crio),
    ("docker", .docker), ("k3s", .k3s), ("rke2", .rke2), ("talos", .talos),
    ("rocket", .bottlerocket), ("gke", .gke), ("eks", .eks(.from1_5)), ("aks", .aks(.from1_5)),
    ("kops", .kops(.from1_5)), ("ocp", .openshift), ("win", .windows), ("mute", .unknown),
  ]

  @Test(arguments: expected)
  func aNodeIsKnown(name: String, platform: NodePlatform) throws {
    let node = try #require(MirrorSamples.nodes.first { $0.name == name })
    #expect(NodePlatform(node) == platform)
  }

  @Test(arguments: [
    ("containerd://1.4.13", ContainerdVersion.before1_5), ("containerd://0.9", .before1_5),
    ("containerd://1.5.0", .from1_5), ("containerd://v1.7.2", .from1_5),
    ("containerd://2.0.0-rc.1", .from2_0), ("containerd://2.1.0", .from2_1),
    ("containerd://2.2.0", .from2_1), ("containerd://2.3.0", .from2_3),
    ("containerd://2.4.0-beta.0", .from2_3), ("containerd://3.0.0", .from2_3),
    ("containerd://1.6~ds1", .from1_5), ("containerd://", .unknown), ("containerd://x.y", .unknown),
    ("containerd://1", .unknown), ("cri-o://1.31", .unknown),
    ("containerd://99999999999999999999.1.2", .unknown),
  ])
  func aVersionIsRead(runtime: String, version: ContainerdVersion) {
    #expect(ContainerdVersion(runtime: runtime) == version)
  }

  @Test func poolsAreOfOneKindEach() throws {
    let report = try MirrorSamples.report([], nodes: MirrorSamples.nodes)
    let pools = NodePool.all(in: report)
    #expect(pools.count == 18)
    #expect(
      pools.first { $0.platform == .containerd(.from1_5) }?.nodes.map(\.name) == [
        "plain-1", "plain-2",
      ])
    #expect(pools.first { $0.platform == .gke }?.label?.name == "default")
  }
}
