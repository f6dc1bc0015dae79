import ImageReferences
import Inventory
import RegistryCatalogue

/// A gcr.io project that no rule knows: whether its images survived, only the registry can tell.
struct UnverifiedProject: Hashable, Sendable {
  static let rulePrefix = "gcr-unverified"

  /// `gcr.io/my-project`, sanitised.
  let name: String
  let workloads: Int
  let namespaces: Int
  let clusters: Int

  /// - Parameter saysClusters: among several clusters, in how many of them it is.
  func text(saysClusters: Bool = false) -> String {
    let used = CountWords.text(workloads, "workload")
    let place = CountWords.text(namespaces, "namespace")
    let fleet = saysClusters ? " of \(CountWords.text(clusters, "cluster"))" : ""
    return "\(name)  \(used) in \(place)\(fleet)"
  }

  /// One per project, most workloads first, then by name; history is left out.
  static func all(in clusters: [ClusterReport]) -> [UnverifiedProject] {
    var users: [String: Set<WorkloadPlace>] = [:]
    for (number, cluster) in clusters.enumerated() {
      for finding in cluster.findings where !finding.isHistory && isUnverified(finding) {
        guard case .reference(let reference) = finding.use.image else { continue }
        users["\(reference.registry)/\(reference.projectPath)", default: []].insert(
          WorkloadPlace(cluster: number, workload: finding.use.workload))
      }
    }
    return users.map { name, places in
      let byCluster = Dictionary(grouping: places, by: \.cluster)
      return UnverifiedProject(
        name: TerminalText.sanitized(name), workloads: places.count,
        namespaces: byCluster.values.reduce(0) { $0 + Set($1.map(\.workload.namespace)).count },
        clusters: byCluster.count)
    }
    .sorted { ($1.workloads, $0.name) < ($0.workloads, $1.name) }
  }

  private static func isUnverified(_ finding: Finding) -> Bool {
    finding.fate == .probe && finding.rule?.hasPrefix(rulePrefix) == true
  }
}
