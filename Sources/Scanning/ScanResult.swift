package import Inventory
package import KubernetesAPI

/// Everything that one cluster told us.
package struct ScanResult: Sendable {
  package var serverVersion: String?
  /// The UID of the namespace kube-system; nil when it could not be read.
  package var clusterUID: String?
  package var inventory: ClusterInventory
  /// Nil when nodes could not be read.
  package var nodes: NodeCensus?
  /// Nil when autoscalers could not be read.
  package var autoscalers: AutoscalerIndex?
  /// Mirrors that the cluster's own objects configure.
  package var mirrors: MirrorIndex
  /// The whole ledger, sorted.
  package var coverage: [CoverageEntry]
  package var totals: RequestLog.Totals
  /// The most lists that were in flight together.
  package var peakInFlight: Int
}
