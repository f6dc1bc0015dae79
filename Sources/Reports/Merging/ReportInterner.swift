import ImageReferences
import Inventory

/// Lets the clusters of a fleet share what they say alike: images, reasons, paths, names of nodes.
///
/// Fleets run the same software everywhere; without this, memory grows with every copy of a text.
/// What only judging needed (placement, annotations, where containers run now) is dropped.
package struct ReportInterner: Sendable {
  private var texts: [String: String] = [:]
  private var lists: [[String]: [String]] = [:]
  private var images: [ImageText: ImageText] = [:]
  private var last: (original: Workload, shared: Workload)?

  package init() {}

  package mutating func intern(_ cluster: inout ClusterReport) {
    for number in cluster.findings.indices { intern(&cluster.findings[number]) }
    for number in cluster.namespaces.indices {
      guard var worst = cluster.namespaces[number].worst else { continue }
      intern(&worst)
      cluster.namespaces[number].worst = worst
    }
  }

  private mutating func intern(_ finding: inout Finding) {
    finding.reasons = shared(finding.reasons)
    finding.outlook = finding.outlook.map { shared($0) }
    finding.replacement = finding.replacement.map { shared($0) }
    finding.rule = finding.rule.map { shared($0) }
    finding.team = finding.team.map { shared($0) }
    finding.use.image = shared(finding.use.image)
    finding.use.path = shared(finding.use.path)
    finding.use.container = shared(finding.use.container)
    finding.use.nodes = shared(finding.use.nodes)
    finding.use.notes = shared(finding.use.notes)
    finding.use.runningNodes = []
    finding.use.placement = PodPlacement()
    let identity = finding.use.workload
    finding.use.workload = WorkloadIdentity(
      apiVersion: shared(identity.apiVersion), kind: shared(identity.kind),
      namespace: shared(identity.namespace), name: shared(identity.name))
    finding.workload = shared(finding.workload, identity: finding.use.workload)
  }

  /// Findings of one workload follow each other, and go on sharing it.
  private mutating func shared(_ workload: Workload, identity: WorkloadIdentity) -> Workload {
    if let last, last.original == workload { return last.shared }
    var changed = workload
    changed.annotations = [:]
    changed.managedBy = workload.managedBy.map { shared($0) }
    changed.identity = identity
    last = (workload, changed)
    return changed
  }

  private mutating func shared(_ text: String) -> String {
    // Up to 15 bytes stand in the value itself.
    guard text.utf8.count > 15 else { return text }
    if let known = texts[text] { return known }
    texts[text] = text
    return text
  }

  private mutating func shared(_ list: [String]) -> [String] {
    guard !list.isEmpty else { return [] }
    if let known = lists[list] { return known }
    lists[list] = list
    return list
  }

  private mutating func shared(_ image: ImageText) -> ImageText {
    if let known = images[image] { return known }
    images[image] = image
    return image
  }
}
