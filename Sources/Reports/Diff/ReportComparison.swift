import ImageReferences
import Inventory
import RegistryCatalogue

/// Compares two reports place by place.
struct ReportComparison {
  private let before: Report
  private let after: Report
  private let judge: DiffJudge?
  private(set) var entries: [ReportDiff.Entry] = []
  private(set) var losses: [ReportDiff.Loss] = []
  private(set) var lostCluster = false

  init(before: Report, after: Report, judge: DiffJudge?) {
    self.before = before
    self.after = after
    self.judge = judge
    var matched: Set<Int> = []
    for cluster in after.clusters {
      let number = Self.counterpart(of: cluster, in: before.clusters, except: matched)
      if let number { matched.insert(number) }
      compare(number.map { before.clusters[$0] }, cluster)
    }
    for (number, cluster) in before.clusters.enumerated() where !matched.contains(number) {
      compare(cluster, nil)
    }
    entries.sort(by: Self.precedes)
    losses.sort { ($0.cluster, $0.what) < ($1.cluster, $1.what) }
  }

  /// By UID, or, where one of the two reports has none, by a context in common. A restored copy
  /// has the UID of its original: the certificate authority and the names tell them apart.
  private static func counterpart(
    of cluster: ClusterReport, in others: [ClusterReport], except matched: Set<Int>
  ) -> Int? {
    let alike = others.indices.filter { number in
      guard !matched.contains(number) else { return false }
      if let uid = others[number].clusterUID, let own = cluster.clusterUID { return uid == own }
      return !Set(others[number].contexts).isDisjoint(with: cluster.contexts)
    }
    func likeness(_ number: Int) -> Int {
      (others[number].authority == cluster.authority ? 2 : 0)
        + (Set(others[number].contexts).isDisjoint(with: cluster.contexts) ? 0 : 1)
    }
    return alike.max { (likeness($0), $1) < (likeness($1), $0) }
  }

  // MARK: One cluster

  private mutating func compare(_ old: ClusterReport?, _ new: ClusterReport?) {
    guard let any = new ?? old else { return }
    let name = any.displayName
    let former = Self.places(old)
    let later = Self.places(new)
    let stamps = DiffStamps(
      before: old.map { before.stamp(of: $0) } ?? before.stamp,
      after: new.map { after.stamp(of: $0) } ?? after.stamp)
    let blindBefore = DiffBlindness(
      report: before, name: "former", cluster: old, other: after, otherCluster: new)
    let blindAfter = DiffBlindness(
      report: after, name: "later", cluster: new, other: before, otherCluster: old)
    if new?.failure != nil || new == nil { lostCluster = true }
    if old.map({ $0.failure == nil }) ?? false || new?.failure != nil {
      losses += blindAfter.losses.map { .init(cluster: name, what: $0) }
    }
    for (place, finding) in later {
      if let earlier = former[place] {
        guard earlier.risk != finding.risk else { continue }
        let verdict = change(from: earlier, to: finding, stamps, blindBefore, blindAfter)
        entries.append(
          entry(finding, name, verdict, before: earlier.risk, after: finding.risk))
      } else if let note = blindBefore.reason(for: finding) {
        entries.append(
          entry(finding, name, (.readable, .coverage, note), before: nil, after: finding.risk))
      } else {
        let cause = stamps.causeOfAppearing(finding, judge)
        entries.append(
          entry(finding, name, (.appeared, cause, nil), before: nil, after: finding.risk))
      }
    }
    for (place, finding) in former where later[place] == nil {
      let verdict: Verdict =
        if let note = blindAfter.reason(for: finding) {
          (.unreadable, .coverage, note)
        } else {
          (.fixed, stamps.causeOfGoing(finding, judge), nil)
        }
      entries.append(entry(finding, name, verdict, before: finding.risk, after: nil))
    }
  }

  private typealias Verdict = (
    change: ReportDiff.Change, cause: ReportDiff.Cause, note: String?
  )

  /// A risk that fell because less was seen has not fallen.
  private func change(
    from earlier: Finding, to finding: Finding, _ stamps: DiffStamps, _ blindBefore: DiffBlindness,
    _ blindAfter: DiffBlindness
  ) -> Verdict {
    let change: ReportDiff.Change = finding.risk > earlier.risk ? .worse : .better
    let lost = blindAfter.lostEvidence(of: finding)
    if change == .better, let lost { return (.unreadable, .coverage, lost) }
    if let note = lost ?? blindBefore.lostEvidence(of: finding),
      let cause = stamps.causeOfEvidence(from: earlier, to: finding)
    {
      return (change, cause, note)
    }
    return (change, stamps.causeOfChange(from: earlier, to: finding), nil)
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
    _ finding: Finding, _ cluster: String, _ verdict: Verdict, before: Risk?, after: Risk?
  ) -> ReportDiff.Entry {
    ReportDiff.Entry(
      change: verdict.change, cause: verdict.cause, cluster: cluster, team: finding.team,
      workload: finding.use.workload, container: finding.use.container,
      image: finding.use.image.text, file: finding.use.place?.file, before: before, after: after,
      note: verdict.note)
  }

  private static func precedes(_ left: ReportDiff.Entry, _ right: ReportDiff.Entry) -> Bool {
    if left.cluster != right.cluster { return left.cluster < right.cluster }
    if left.change != right.change {
      let order = ReportDiff.Change.allCases
      return order.firstIndex(of: left.change) ?? 0 < order.firstIndex(of: right.change) ?? 0
    }
    let risks = (left.worst, right.worst)
    if risks.0 != risks.1 { return risks.0 > risks.1 }
    if left.workload != right.workload { return left.workload < right.workload }
    return (left.container, left.image, left.file ?? "")
      < (right.container, right.image, right.file ?? "")
  }
}

extension ReportDiff.Entry {
  /// Of the two reports.
  fileprivate var worst: Risk { max(before ?? .clean, after ?? .clean) }
}
