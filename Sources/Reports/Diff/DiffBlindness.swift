import Inventory

/// Whether a report could have held a finding of the other one at all.
struct DiffBlindness {
  let report: Report
  /// `former` or `later`.
  let name: String
  /// Nil: the report does not hold it.
  let cluster: ClusterReport?
  let other: Report
  let otherCluster: ClusterReport?

  /// What kept the report from holding it; nil when nothing did.
  func reason(for finding: Finding) -> String? {
    guard let cluster else { return "the cluster is not in the \(name) report" }
    if let failure = cluster.failure { return "the cluster was not read: \(failure)" }
    if hides(finding, in: cluster) { return "filtered by \(report.filter.words)" }
    if finding.use.place != nil || cluster.files != nil {
      return fileReason(finding, in: cluster)
    }
    return ledgerReason(finding, in: cluster).map(FindingWords.gap)
  }

  /// What the other report saw and this one did not, and that may have told how bad the finding
  /// is: which pulls fail, which nodes hold the image, what scales it.
  func lostEvidence(of finding: Finding) -> String? {
    guard let cluster else { return nil }
    if report.stamp(of: cluster).isAsOfAnotherDay,
      let otherCluster, !other.stamp(of: otherCluster).isAsOfAnotherDay
    {
      return "judged for another day than its own, without what fails or is cached"
    }
    let workload = finding.use.workload
    let dependents = workload.dependentResources
    let gaps = cluster.coverage.filter { entry in
      entry.isGap && entry.touches(workload.namespace, cluster) && isNew(entry)
        && entry.resource != CoverageEntry.configMaps
        && (!entry.holdsImages || entry.isOf(workload) || dependents.contains(entry.resource))
    }
    let shown = gaps.prefix(3).map(FindingWords.gap).joined(separator: "; ")
    return gaps.isEmpty ? nil : shown
  }

  /// Every gap that the other report does not have.
  var losses: [String] {
    guard let cluster else { return ["the cluster is not in the \(name) report"] }
    if let failure = cluster.failure { return ["the whole cluster: \(failure)"] }
    return CoverageWording.gaps(cluster.coverage.filter { $0.isGap && isNew($0) })
  }

  // MARK: Filters

  /// Namespaces and images pass a filter or do not, whatever the scan; of the other conditions
  /// (risk, rule, team, labels) a place may leave the shown part without being fixed.
  private func hides(_ finding: Finding, in cluster: ClusterReport) -> Bool {
    let filter = report.filter
    if filter.isEmpty { return false }
    var places = ReportFilter()
    places.namespaces = filter.namespaces
    places.excludedNamespaces = filter.excludedNamespaces
    places.images = filter.images
    if !places.includes(finding) { return true }
    var rest = filter
    rest.namespaces = []
    rest.excludedNamespaces = []
    rest.images = []
    return !rest.isEmpty && cluster.filteredFindings > 0
  }

  // MARK: Files

  private func fileReason(_ finding: Finding, in cluster: ClusterReport) -> String? {
    let paths = cluster.files?.paths ?? []
    guard Set(paths) == Set(otherCluster?.files?.paths ?? []) else {
      return "read from \(paths.joined(separator: ", ")) only"
    }
    let file = finding.use.place?.file ?? ""
    return cluster.coverage.first { entry in
      entry.isUnread && (entry.resource == file || file.hasPrefix(entry.resource + "/"))
    }?.unreadable
  }

  // MARK: The ledger

  /// The kind of the workload, and what may hold its images besides: Pods that run an older
  /// template, ReplicaSets, Jobs. An old gap among the latter hides nothing that was seen before.
  private func ledgerReason(
    _ finding: Finding, in cluster: ClusterReport
  ) -> CoverageEntry? {
    let workload = finding.use.workload
    let here = cluster.coverage.filter { $0.touches(workload.namespace, cluster) }
    let own = here.filter { $0.isOf(workload) }
    let gaps = own.filter(\.isUnread)
    let isFromPods = finding.use.origin != .template
    if let gap = gaps.first(where: { isNew($0) || (!isFromPods && !$0.sparesKnownNames) }) {
      return gap
    }
    if own.isEmpty {
      // Whichever list it came from, that may be the one that was not read.
      return here.first { $0.isUnread && $0.holdsImages && isNew($0) }
    }
    var dependents = workload.dependentResources
    // The image of a Pod's sandbox is known from events and nodes alone.
    if finding.use.role == .sandbox { dependents.formUnion(["events", "nodes"]) }
    return here.first { $0.isUnread && dependents.contains($0.resource) && isNew($0) }
  }

  private func isNew(_ entry: CoverageEntry) -> Bool {
    guard let otherCluster, otherCluster.failure == nil else { return true }
    return !otherCluster.coverage.contains { known in
      known.isUnread && known.resource == entry.resource
        && (known.namespace == entry.namespace || known.namespace.isEmpty)
        && (entry.sparesKnownNames || !known.sparesKnownNames)
    }
  }
}

extension CoverageEntry {
  /// Nothing is known of it, asked for or not.
  var isUnread: Bool { isGap || state == .skipped }

  fileprivate static let configMaps = "configmaps"

  /// Not all ConfigMaps were searched; those that are known by name were read all the same.
  fileprivate var sparesKnownNames: Bool {
    resource == Self.configMaps && state == .skipped && !isLeftOut
  }

  /// A gap of the whole cluster leaves alone the namespaces in which the kind was read.
  func touches(_ namespace: String, _ cluster: ClusterReport) -> Bool {
    guard self.namespace.isEmpty else { return self.namespace == namespace }
    return !isUnread
      || !cluster.coverage.contains {
        $0.state == .read && $0.resource == resource && !namespace.isEmpty
          && $0.namespace == namespace
      }
  }

  /// Whether it is about the kind: its plural and its group.
  func isOf(_ workload: WorkloadIdentity) -> Bool {
    // Releases of Helm are no kind of the API; the ledger has them under a name of their own.
    if workload.apiVersion == "helm.sh/v1" { return resource.hasPrefix("helm releases") }
    let parts = resource.split(separator: ".", maxSplits: 1)
    let version = workload.apiVersion.split(separator: "/")
    let group = version.count == 2 ? String(version[0]) : ""
    guard let plural = parts.first.map(String.init),
      (parts.count == 2 ? String(parts[1]) : "") == group
    else { return false }
    let singular = workload.kind.lowercased()
    return [singular + "s", singular + "es", singular.dropLast() + "ies", singular]
      .contains(plural)
  }
}

extension WorkloadIdentity {
  /// Whose objects the workload owns, as the ledger names them.
  fileprivate var dependentResources: Set<String> {
    switch kind {
    case "Deployment": ["pods", "replicasets.apps"]
    case "CronJob": ["pods", "jobs.batch"]
    default: ["pods"]
    }
  }
}
