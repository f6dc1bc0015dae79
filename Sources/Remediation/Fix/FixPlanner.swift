import Inventory
import RegistryCatalogue
import Reports

/// Sorts one cluster's findings by what is to be done about them.
struct FixPlanner {
  let report: Report
  let cluster: ClusterReport
  let isWanted: ((WorkloadIdentity) -> Bool)?

  func fixes() -> ClusterFixes {
    var fixes = ClusterFixes(
      cluster: cluster, target: KubectlTarget(cluster, of: report), gaps: cluster.gapsInWords)
    // Files have a command of their own that changes them.
    guard cluster.files == nil else { return fixes }
    let findings = cluster.findings.filter { isWanted?($0.use.workload) ?? true }
    var live: [WorkloadIdentity: [ImageChange]] = [:]
    var sources: [SourceKey: [Finding]] = [:]
    for finding in findings where finding.kind != .clean && finding.risk > .clean {
      if finding.isHistory {
        fixes.historyCount += 1
      } else if finding.waiver != nil {
        fixes.aside.append(finding)
      } else if finding.replacement == nil {
        fixes.open.append(finding)
      } else if !ImageChange.isMechanical(finding) {
        fixes.successors.append(finding)
      } else {
        let place = EditPlace(finding)
        if place == .object, let change = ImageChange(finding) {
          live[finding.use.workload, default: []].append(change)
        } else {
          sources[SourceKey(place, finding), default: []].append(finding)
        }
      }
    }
    fixes.live = live.compactMap { Self.live($0.key, $0.value) }.sorted(by: Self.precedes)
    fixes.sources = sources.compactMap { Self.source($0.key, $0.value) }.sorted(by: Self.precedes)
    fixes.neighbours = cluster.findings
    if isWanted == nil { fixes.historyCount += cluster.unlistedHistory.uses }
    return fixes
  }

  /// What one person does in one go.
  private struct SourceKey: Hashable {
    let place: EditPlace
    let identity: WorkloadIdentity?

    init(_ place: EditPlace, _ finding: Finding) {
      self.place = place
      // One manager, one injector, one runtime stand behind many workloads.
      switch place {
      case .manager, .injector, .sandbox: identity = nil
      default: identity = finding.use.workload
      }
    }
  }

  private static func live(_ identity: WorkloadIdentity, _ changes: [ImageChange]) -> LiveFix? {
    // A place is changed once, whatever found it twice.
    var seen: Set<FieldPointer> = []
    let distinct = changes.sorted { $0.pointer.text < $1.pointer.text }.filter {
      seen.insert($0.pointer).inserted
    }
    guard let worst = changes.map(\.finding).min(by: FindingOrder.precedes) else { return nil }
    return LiveFix(
      identity: identity, workload: worst.workload, risk: worst.risk,
      exposure: changes.contains { $0.finding.exposure == .failing } ? .failing : worst.exposure,
      changes: distinct)
  }

  private static func source(_ key: SourceKey, _ findings: [Finding]) -> SourceFix? {
    let sorted = findings.sorted(by: FindingOrder.precedes)
    guard let worst = sorted.first else { return nil }
    return SourceFix(
      place: key.place, identity: key.identity, risk: worst.risk, findings: sorted)
  }

  /// What fails already has nothing to lose; then by risk. At equal risk what other things are made
  /// from comes first, and what every node runs last.
  private static func precedes(_ left: LiveFix, _ right: LiveFix) -> Bool {
    let (leftFails, rightFails) = (left.exposure == .failing, right.exposure == .failing)
    if leftFails != rightFails { return leftFails }
    if left.risk != right.risk { return left.risk > right.risk }
    if stage(left.identity) != stage(right.identity) {
      return stage(left.identity) < stage(right.identity)
    }
    return left.identity < right.identity
  }

  private static func precedes(_ left: SourceFix, _ right: SourceFix) -> Bool {
    if left.risk != right.risk { return left.risk > right.risk }
    guard let one = left.findings.first, let other = right.findings.first else { return false }
    if one == other { return false }
    return FindingOrder.precedes(one, other)
  }

  private static func stage(_ identity: WorkloadIdentity) -> Int {
    switch BuiltInKind(identity) {
    case nil: 0
    case .workload(.daemonSet): 5
    case _ where identity.namespace.hasPrefix("kube-"): 4
    case .workload(.podTemplate): 0
    case .workload(.cronJob): 1
    case .workload(.statefulSet): 3
    default: 2
    }
  }
}
