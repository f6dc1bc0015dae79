/// The label by which a node says which group of nodes it was made with.
package struct NodePoolLabel: Hashable, Sendable {
  /// For example `eks.amazonaws.com/nodegroup`.
  package let label: String
  /// For example `spot-large`; of a role's label the role.
  package let name: String

  package init(label: String, name: String) {
    self.label = label
    self.name = name
  }

  /// The first of the labels that distributions and autoscalers put on their nodes, else the node's
  /// role; nil when there is neither.
  package init?(labels: [String: String]) {
    for label in Self.known {
      guard let name = labels[label], !name.isEmpty else { continue }
      self.init(label: label, name: name)
      return
    }
    let roles = labels.keys.filter { $0.hasPrefix(Self.role) && $0.count > Self.role.count }
    guard let role = roles.min() else { return nil }
    self.init(label: role, name: String(role.dropFirst(Self.role.count)))
  }

  /// Whether the label is that of a role, whose value says nothing.
  package var isRole: Bool { label.hasPrefix(Self.role) }

  private static let role = "node-role.kubernetes.io/"

  private static let known = [
    "cloud.google.com/gke-nodepool", "karpenter.sh/nodepool", "eks.amazonaws.com/nodegroup",
    "alpha.eksctl.io/nodegroup-name", "kubernetes.azure.com/agentpool", "agentpool",
    "kops.k8s.io/instancegroup", "doks.digitalocean.com/node-pool",
    "lke.linode.com/pool-id", "k8s.scaleway.com/pool-name",
    "ibm-cloud.kubernetes.io/worker-pool-name", "node.cluster.x-k8s.io/machine-pool",
  ]
}
