import ImageReferences
import Inventory
import RegistryCatalogue

/// Sorts a report's findings into groups and sums these up. Pure: every format that groups does it
/// with this.
package enum ReportGrouping {
  /// Every group, clean ones included, worst first: by risk, then unknown ones, then the number at
  /// risk, then the order of the clusters and the name.
  ///
  /// What was not read makes a group partly unknown: a namespace and its workloads by gaps in that
  /// namespace, nodes by unread Pods, clusters by their gaps; images, registries, rules and teams
  /// by any gap of the report, for what was not read may hold any of them.
  package static func groups(of report: Report, by dimension: GroupDimension) -> [ReportGroup] {
    var builders: [Key: Builder] = [:]
    for (number, cluster) in report.clusters.enumerated() {
      for key in seeds(cluster, number, dimension) {
        builders[key] = Builder()
      }
      for finding in cluster.findings where !finding.isHistory {
        for subject in subjects(of: finding, by: dimension) {
          let key = Key(subject: subject, cluster: dimension.isWithinCluster ? number : nil)
          builders[key, default: Builder()].add(finding, cluster: number)
        }
      }
    }
    let facts = Facts(report)
    return builders.map { key, builder in builder.group(key, facts) }.sorted(by: precedes)
  }

  fileprivate struct Key: Hashable {
    let subject: ReportGroup.Subject
    let cluster: Int?
  }

  /// Groups that are there whether or not something was found.
  private static func seeds(
    _ cluster: ClusterReport, _ number: Int, _ dimension: GroupDimension
  ) -> [Key] {
    switch dimension {
    case .namespace:
      cluster.namespaces.map { Key(subject: .namespace($0.name), cluster: number) }
    case .node:
      (cluster.nodes ?? []).map { Key(subject: .node($0.name), cluster: number) }
    case .cluster: [Key(subject: .cluster, cluster: number)]
    case .workload, .image, .registry, .rule, .team: []
    }
  }

  private static func subjects(
    of finding: Finding, by dimension: GroupDimension
  ) -> [ReportGroup.Subject] {
    let use = finding.use
    let reference = use.image.reference
    switch dimension {
    case .namespace: return [.namespace(use.workload.namespace)]
    case .workload: return [.workload(use.workload)]
    case .image:
      return [
        .image(
          reference?.canonical ?? use.image.text, tag: reference?.tag, digest: reference?.digest)
      ]
    case .registry: return [.registry(reference?.registry)]
    case .rule: return [.rule(finding.rule ?? finding.kind.rawValue)]
    case .team: return [.team(finding.team)]
    case .node: return use.nodes.isEmpty ? [.node(nil)] : use.nodes.map { .node($0) }
    case .cluster: return [.cluster]
    }
  }

  private static func precedes(_ left: ReportGroup, _ right: ReportGroup) -> Bool {
    if left.risk != right.risk { return left.risk > right.risk }
    if left.isPartlyUnknown != right.isPartlyUnknown { return left.isPartlyUnknown }
    if left.atRisk != right.atRisk { return left.atRisk > right.atRisk }
    if left.cluster != right.cluster { return (left.cluster ?? -1) < (right.cluster ?? -1) }
    return left.subject.sortKey.lexicographicallyPrecedes(right.subject.sortKey)
  }
}

/// What groups need to know of the whole report.
private struct Facts {
  let clusters: [ClusterReport]
  let namespaces: [[String: NamespaceReport]]
  let nodes: [[String: NodeReport]]
  let hasUnread: [Bool]
  let isNarrowed: Bool

  init(_ report: Report) {
    clusters = report.clusters
    namespaces = report.clusters.map { cluster in
      Dictionary(cluster.namespaces.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
    nodes = report.clusters.map { cluster in
      Dictionary(
        (cluster.nodes ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
    hasUnread = report.clusters.map(\.hasUnreadImages)
    isNarrowed = report.clusters.contains(where: \.isNarrowed)
  }
}

/// The findings of one group, as they come.
private struct Builder {
  private struct Place: Hashable {
    let cluster: Int
    let name: String
  }

  private var members: [ReportGroup.Member] = []
  /// The worst risk of each.
  private var workloads: [WorkloadPlace: Risk] = [:]
  private var mitigated: Set<WorkloadPlace> = []

  mutating func add(_ finding: Finding, cluster: Int) {
    let place = WorkloadPlace(cluster: cluster, workload: finding.use.workload)
    workloads[place] = max(workloads[place] ?? .clean, finding.counts ? finding.risk : .clean)
    guard finding.counts else {
      mitigated.insert(place)
      return
    }
    guard finding.risk > .clean else { return }
    members.append(ReportGroup.Member(cluster: cluster, finding: finding))
  }

  func group(_ key: ReportGrouping.Key, _ facts: Facts) -> ReportGroup {
    let sorted = members.sorted { left, right in
      if FindingOrder.precedes(left.finding, right.finding) { return true }
      if FindingOrder.precedes(right.finding, left.finding) { return false }
      return left.cluster < right.cluster
    }
    var exposed: [Exposure: Set<WorkloadPlace>] = [:]
    for member in members where member.finding.risk >= .low {
      exposed[member.finding.exposure, default: []].insert(
        WorkloadPlace(cluster: member.cluster, workload: member.finding.use.workload))
    }
    let byRisk = workloads.values.filter { $0 > .clean }.reduce(into: [:]) {
      $0[$1, default: 0] += 1
    }
    let images = Set(
      members.map { $0.finding.use.image.reference?.canonical ?? $0.finding.use.image.text })
    let places = Set(
      workloads.keys.map { Place(cluster: $0.cluster, name: $0.workload.namespace) })
    var group = ReportGroup(
      subject: key.subject, cluster: key.cluster,
      risk: members.map(\.finding.risk).max() ?? .clean,
      isPartlyUnknown: isPartlyUnknown(key, facts),
      workloads: workloads.count, atRisk: workloads.values.count { $0 >= .low },
      byExposure: exposed.mapValues(\.count), byRisk: byRisk, images: images.count,
      namespaces: places.count, clusters: Set(workloads.keys.map(\.cluster)).count,
      worst: sorted.first, findings: sorted,
      mitigated: mitigated.count { workloads[$0] == .clean },
      isNarrowed: isNarrowed(key, facts))
    complete(&group, facts)
    return group
  }

  /// What findings alone do not tell.
  private func complete(_ group: inout ReportGroup, _ facts: Facts) {
    guard let number = group.cluster else { return }
    group.clusters = 1
    switch group.subject {
    case .namespace(let name):
      group.namespaces = 1
      group.workloads = max(group.workloads, facts.namespaces[number][name]?.workloads ?? 0)
    case .node(let name):
      group.node = name.flatMap { facts.nodes[number][$0] }
    case .cluster:
      let cluster = facts.clusters[number]
      group.namespaces = cluster.namespaces.count { !$0.name.isEmpty }
      group.workloads = max(group.workloads, cluster.workloadCount)
    case .workload, .image, .registry, .rule, .team: break
    }
  }

  /// Counts of what a filter took are known for namespaces alone.
  private func isNarrowed(_ key: ReportGrouping.Key, _ facts: Facts) -> Bool {
    guard let number = key.cluster else { return facts.isNarrowed }
    switch key.subject {
    case .namespace(let name): return (facts.namespaces[number][name]?.filtered ?? 0) > 0
    case .cluster: return facts.clusters[number].namespaces.contains { $0.filtered > 0 }
    default: return facts.clusters[number].isNarrowed
    }
  }

  private func isPartlyUnknown(_ key: ReportGrouping.Key, _ facts: Facts) -> Bool {
    guard let number = key.cluster else { return facts.hasUnread.contains(true) }
    switch key.subject {
    case .namespace(let name):
      return facts.namespaces[number][name]?.isPartlyUnknown ?? facts.hasUnread[number]
    case .workload(let workload):
      return facts.namespaces[number][workload.namespace]?.isPartlyUnknown
        ?? facts.hasUnread[number]
    // Only Pods tell what a node runs.
    case .node(.some): return facts.clusters[number].lacksPods
    default: return facts.hasUnread[number]
    }
  }
}

extension ReportGroup.Subject {
  /// What orders groups of one dimension that are otherwise alike; unnamed ones come first.
  fileprivate var sortKey: [String] {
    switch self {
    case .namespace(let name), .rule(let name): [name]
    case .workload(let workload):
      [workload.namespace, workload.kind, workload.name, workload.apiVersion]
    case .image(let text, _, _): [text]
    case .registry(let name), .team(let name), .node(let name): [name ?? ""]
    case .cluster: []
    }
  }
}
