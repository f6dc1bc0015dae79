import ImageReferences
package import Inventory
import RegistryCatalogue

/// What a report keeps of a node: bounded, whatever the node holds and runs.
package struct NodeReport: Hashable, Sendable {
  package var name: String
  /// As the node says it, for example `containerd://1.7.2`; empty when it does not.
  package var runtime: String
  package var kubeletVersion: String
  /// For example `linux/amd64`.
  package var platform: String
  /// For example `Ubuntu 24.04.2 LTS`; empty where nobody said.
  package var osImage: String
  /// What its labels say of the group of nodes that it is one of; nil when they say nothing.
  package var pool: NodePoolLabel?
  /// Images of findings at risk (low or worse) that its list names.
  package var cachedAtRisk: Int
  /// Whether its list is complete, so that what it does not name is likely not there: lists of 0
  /// and of 50 entries say nothing.
  package var isListComplete: Bool

  package init(
    name: String, runtime: String = "", kubeletVersion: String = "", platform: String = "",
    osImage: String = "", pool: NodePoolLabel? = nil, cachedAtRisk: Int = 0,
    isListComplete: Bool = true
  ) {
    self.name = name
    self.runtime = runtime
    self.kubeletVersion = kubeletVersion
    self.platform = platform
    self.osImage = osImage
    self.pool = pool
    self.cachedAtRisk = cachedAtRisk
    self.isListComplete = isListComplete
  }

  /// One for each node of the census, sorted by name.
  ///
  /// - Parameter findings: of the same cluster; history counts for nothing.
  package static func all(of census: NodeCensus, findings: [Finding]) -> [NodeReport] {
    var cached: [String: Int] = [:]
    let atRisk = findings.filter { $0.counts && $0.risk >= .low }.compactMap(\.use.image.reference)
    var seen: Set<String> = []
    for reference in atRisk where seen.insert(reference.canonical).inserted {
      for name in census.holders(of: reference) { cached[name, default: 0] += 1 }
    }
    return census.nodes.map { node in
      let platform = [node.operatingSystem, node.architecture].filter { !$0.isEmpty }
      return NodeReport(
        name: node.name, runtime: node.containerRuntimeVersion,
        kubeletVersion: node.kubeletVersion, platform: platform.joined(separator: "/"),
        osImage: node.osImage, pool: NodePoolLabel(labels: node.labels),
        cachedAtRisk: cached[node.name] ?? 0, isListComplete: node.absenceIsLikely)
    }
  }
}
