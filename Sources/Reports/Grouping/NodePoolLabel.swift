/// The labels by which providers and installers name pools of nodes that are alike.
enum NodePoolLabel {
  /// The most telling first; roles stand in where nobody names pools.
  private static let keys = [
    "cloud.google.com/gke-nodepool", "eks.amazonaws.com/nodegroup",
    "alpha.eksctl.io/nodegroup-name", "karpenter.sh/nodepool", "kubernetes.azure.com/agentpool",
    "agentpool", "kops.k8s.io/instancegroup", "doks.digitalocean.com/node-pool",
    "lke.linode.com/pool-id", "k8s.scaleway.com/pool-name",
    "node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master",
  ]

  /// `key=value`
  static func find(in labels: [String: String]) -> String? {
    for key in keys {
      if let value = labels[key] { return "\(key)=\(value)" }
    }
    return nil
  }
}
