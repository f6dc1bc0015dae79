package import Inventory
package import Reports

/// Nodes of one cluster that were made together and are configured alike.
package struct NodePool: Hashable, Sendable {
  /// The cluster's name in the report.
  package let cluster: String
  /// Nil where no label says it.
  package let label: NodePoolLabel?
  package let platform: NodePlatform
  /// Sorted.
  package let nodes: [NodeReport]

  package static func all(in report: Report) -> [NodePool] {
    report.clusters.flatMap { cluster in
      let nodes = Dictionary(grouping: cluster.nodes ?? []) { node in
        Key(label: node.pool, platform: NodePlatform(node))
      }
      return nodes.map { key, members in
        NodePool(
          cluster: cluster.displayName, label: key.label, platform: key.platform,
          nodes: members.sorted { $0.name < $1.name })
      }.sorted { $0.order < $1.order }
    }
  }

  /// What the nodes say of themselves, each once.
  var runtimes: [String] { Set(nodes.map(\.runtime)).sorted() }
  var systems: [String] { Set(nodes.map(\.osImage)).filter { !$0.isEmpty }.sorted() }
  var kubelets: [String] { Set(nodes.map(\.kubeletVersion)).sorted() }

  private var order: String {
    "\(label == nil ? "2" : "1") \(label?.name ?? "") \(label?.label ?? "") \(platform)"
  }

  private struct Key: Hashable {
    let label: NodePoolLabel?
    let platform: NodePlatform
  }
}
