import ImageReferences
import Inventory
import RegistryCatalogue

/// Compares two reports place by place.
struct ReportComparison {
  let before: Report
  let after: Report
  let judge: DiffJudge?

  func entries() -> [ReportDiff.Entry] {
    var entries: [ReportDiff.Entry] = []
    var matched: Set<Int> = []
    for cluster in after.clusters {
      let number = before.clusters.indices.first {
        !matched.contains($0) && Self.isSame(before.clusters[$0], cluster)
      }
      if let number { matched.insert(number) }
      entries += self.entries(from: number.map { before.clusters[$0] }, to: cluster)
    }
    for (number, cluster) in before.clusters.enumerated() where !matched.contains(number) {
      entries += self.entries(from: cluster, to: nil)
    }
    return entries.sorted(by: Self.precedes)
  }

  /// By UID, or, where one of the two reports has none, by a context in common.
  private static func isSame(_ left: ClusterReport, _ right: ClusterReport) -> Bool {
    if let uid = left.clusterUID, let other = right.clusterUID { return uid == other }
    return !Set(left.contexts).isDisjoint(with: right.contexts)
  }

  // MARK: One cluster

  private func entries(
    from old: ClusterReport?, to new: ClusterReport?
  ) -> [ReportDiff.Entry] {
    guard let any = new ?? old else { return [] }
    let name = any.contexts.first ?? any.server
    let former = Self.places(old)
    let later = Self.places(new)
    let stamps = Stamps(
      before: old.map { before.stamp(of: $0) } ?? before.stamp,
      after: new.map { after.stamp(of: $0) } ?? after.stamp)
    var entries: [ReportDiff.Entry] = []
    for (place, finding) in later {
      guard let earlier = former[place] else {
        let blind = Blindness(report: before, cluster: old, other: after, otherCluster: new)
          .reason(for: finding)
        entries.append(
          entry(
            finding, name, blind == nil ? .appeared : .readable,
            blind == nil ? stamps.causeOfAppearing(finding, judge) : .coverage,
            before: nil, after: finding.risk, note: blind))
        continue
      }
      guard earlier.risk != finding.risk else { continue }
      entries.append(
        entry(
          finding, name, finding.risk > earlier.risk ? .worse : .better,
          stamps.causeOfChange(from: earlier, to: finding),
          before: earlier.risk, after: finding.risk, note: nil))
    }
    for (place, finding) in former where later[place] == nil {
      let blind = Blindness(report: after, cluster: new, other: before, otherCluster: old)
        .reason(for: finding)
      entries.append(
        entry(
          finding, name, blind == nil ? .fixed : .unreadable,
          blind == nil ? stamps.causeOfGoing(finding, judge) : .coverage,
          before: finding.risk, after: nil, note: blind))
    }
    return entries
  }

  /// The worst finding of each place, whatever rule it is of.
  private static func places(_ cluster: ClusterReport?) -> [FindingIdentity: Finding] {
    var places: [FindingIdentity: Finding] = [:]
    for finding in cluster?.findings ?? []
    where !finding.isHistory && finding.kind != .clean {
      let identity = FindingIdentity(finding)
      let place = FindingIdentity(
        namespace: identity.namespace, kind: identity.kind, name: identity.name,
        container: identity.container, image: identity.image, rule: "", file: identity.file)
      if let known = places[place], known.risk >= finding.risk { continue }
      places[place] = finding
    }
    return places
  }

  private func entry(
    _ finding: Finding, _ cluster: String, _ change: ReportDiff.Change,
    _ cause: ReportDiff.Cause, before: Risk?, after: Risk?, note: String?
  ) -> ReportDiff.Entry {
    ReportDiff.Entry(
      change: change, cause: cause, cluster: cluster, team: finding.team,
      workload: finding.use.workload, container: finding.use.container,
      image: finding.use.image.text, before: before, after: after, note: note)
  }

  private static func precedes(_ left: ReportDiff.Entry, _ right: ReportDiff.Entry) -> Bool {
    if left.cluster != right.cluster { return left.cluster < right.cluster }
    if left.change != right.change {
      let order = ReportDiff.Change.allCases
      return order.firstIndex(of: left.change) ?? 0 < order.firstIndex(of: right.change) ?? 0
    }
    let risks = (left.after ?? left.before, right.after ?? right.before)
    if let one = risks.0, let other = risks.1, one != other { return one > other }
    if left.workload != right.workload { return left.workload < right.workload }
    return (left.container, left.image) < (right.container, right.image)
  }
}
