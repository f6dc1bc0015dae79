import Kubeconfig

extension ClusterTarget {
  /// How reports and progress name the cluster.
  var displayName: String {
    contextName ?? (isInCluster ? "in-cluster" : server.text)
  }
}
