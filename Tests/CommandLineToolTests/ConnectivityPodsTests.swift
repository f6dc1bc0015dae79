import CurlTransport
import Foundation
import Inventory
import RegistryProbes
import Reports
import Testing

@testable import CommandLineTool

@Suite struct ConnectivityPodsTests {
  private func node(_ name: String, _ pool: String?, _ platform: String) -> NodeReport {
    NodeReport(
      name: name, platform: platform,
      pool: pool.flatMap { text in
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return NodePoolLabel(labels: [String(parts[0]): String(parts[1])])
      })
  }

  private func text(_ nodes: [NodeReport]?) -> String {
    ConnectivityPods(
      clusters: [ClusterReport(contexts: ["prod"], server: "https://a.test", nodes: nodes)]
    ).text()
  }

  @Test func aPodForEachPoolAndPlatform() {
    let text = text([
      node("c", "agentpool=web", "linux/arm64"), node("a", "agentpool=web", "linux/amd64"),
      node("b", "agentpool=web", "linux/amd64"), node("d", nil, "linux/amd64"),
      node("e", "agentpool=win", "windows/amd64"),
    ])
    let titles = text.split(separator: "\n").filter {
      $0.hasPrefix("# Pool ") || $0.hasPrefix("# Nodes ")
    }
    #expect(
      titles == [
        "# Nodes without the label of a pool, linux/amd64: 1 node.",
        "# Pool agentpool=web, linux/amd64: 2 nodes.",
        "# Pool agentpool=web, linux/arm64: 1 node.",
        "# Pool agentpool=win, windows/amd64: 1 node. No Pod: the image is for Linux only.",
      ])
    #expect(text.components(separatedBy: "\nkind: Pod\n").count == 4)
    #expect(
      text.contains(
        """
          nodeSelector:
            "agentpool": "web"
            "kubernetes.io/arch": "arm64"
            "kubernetes.io/os": "linux"
          tolerations: [{operator: Exists}]

        """))
    #expect(text.contains("      look registry.k8s.io /v2/\n"))
    #expect(text.components(separatedBy: "@sha256:").count == 4)
  }

  @Test func unreadNodesGetOnePod() {
    #expect(text(nil).components(separatedBy: "\nkind: Pod\n").count == 2)
    #expect(text([]).contains("# Nodes without the label of a pool: any node.\n"))
    #expect(
      ConnectivityPods(clusters: [ClusterReport(contexts: ["a"], server: "s")]).hasUnreadNodes)
  }

  /// Labels come from the cluster: no byte of them leaves its scalar or comment.
  @Test func hostileLabels() {
    let text = text([
      node("a", "agentpool=x\"\n  hostPID: true\n#\u{1B}[2J", "linux/amd64\nkind: Secret")
    ])
    #expect(!text.contains("\n  hostPID"))
    #expect(!text.contains("\nkind: Secret"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test(arguments: [
    ("Google Trust Services", true), ("Google Trust Services LLC", true), ("Amazon", true),
    ("DigiCert Inc", true), ("DigiCert, Inc.", true), ("Let's Encrypt", true), ("GoogleX", false),
    ("Zscaler Inc.", false), ("ca", false), ("", false),
  ])
  func publicAuthorities(issuer: String, expected: Bool) {
    #expect(PublicAuthorities.hold(issuer) == expected)
  }

  @Test(arguments: [
    ("registry.k8s.io", "Google Trust Services", ConnectivityReport.State.reached),
    ("registry.k8s.io", "Zscaler Inc.", .intercepted),
    ("us-east1-docker.pkg.dev", "Acme TLS Inspection", .intercepted),
    ("registry.acme.test:5000", "Acme CA", .reached),
    ("notk8s.io", "Acme CA", .reached),
  ])
  func whoSigned(host: String, issuer: String, expected: ConnectivityReport.State) {
    let hop = Hop(host: host, result: .answered(200), issuer: issuer)
    let answered = ConnectivityReport.Host(hop, nil, isOnTheWay: true)
    #expect(answered.state == expected)
    #expect((answered.reason == nil) == (expected == .reached))
  }

  @Test(arguments: [
    (TransportError.tls(.unknownToSystem), ConnectivityReport.State.intercepted),
    (.tls(.nameMismatch(expected: "registry.k8s.io")), .intercepted),
    (.tls(.handshake("no")), .blocked), (.proxyRefused(host: "p", port: 1, status: 403), .blocked),
    (.couldNotResolve(host: "registry.k8s.io"), .blocked),
  ])
  func failures(error: TransportError, expected: ConnectivityReport.State) {
    let hop = Hop(host: "registry.k8s.io", result: .failed(error))
    let host = ConnectivityReport.Host(hop, nil, isOnTheWay: true)
    #expect(host.state == expected)
    #expect(host.reason?.isEmpty == false)
  }

  @Test func theBackendsOfTheDossier() {
    let all = KubernetesBackend.all
    #expect(all.count { $0.purpose == .artifactRegistry } == 22)
    #expect(all.count { $0.purpose == .bucket } == 32)
    #expect(Set(all.map(\.host)).count == 56)
    #expect(KubernetesBackend.purpose(ofHost: "us-docker.pkg.dev") == .artifactRegistry)
    #expect(KubernetesBackend.purpose(ofHost: "login.portal.test") == nil)
  }
}
