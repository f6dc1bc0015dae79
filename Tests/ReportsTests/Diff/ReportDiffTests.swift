import ImageReferences
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct ReportDiffTests {
  /// Complains about everything from this day on.
  static func judge(_ sha: String, from day: String) -> DiffJudge {
    let start = CalendarDate.make(day)
    return DiffJudge(sha256: sha) { _, asked in start <= asked }
  }

  static func report(
    _ findings: [Finding], asOf: String = "2026-11-21", sha: String = "old",
    coverage: [CoverageEntry] = [], context: String = "prod-eu"
  ) -> Report {
    var report = Report.make(
      asOf: asOf,
      clusters: [.make(contexts: [context], findings: findings, coverage: coverage)])
    report.catalogue.sha256 = sha
    // On the day for which it is judged, at 08:09:09.
    report.scannedAt = Int64(report.asOf.daysSince1970) * 86_400 + 29_349
    return report
  }

  private static func forAnotherDay(_ findings: [Finding], asOf: String) -> Report {
    var report = report(findings, asOf: asOf)
    report.scannedAt = Report.make().scannedAt
    return report
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let before: Report
    let after: Report
    var judge: DiffJudge?
    let expected: [String]
  }

  static let web = Finding.make()
  static let high = Finding.make(risk: .high)
  static let forbidden = CoverageEntry(
    resource: "deployments.apps", namespace: "shop", state: .forbidden, reason: "may not list")

  static let readDeployments = CoverageEntry(resource: "deployments.apps", state: .read)
  static let readPods = CoverageEntry(resource: "pods", state: .read)
  static let noPods = CoverageEntry(resource: "pods", state: .forbidden)
  static let noNodes = CoverageEntry(
    resource: "nodes", state: .forbidden, holdsImages: false)
  static let helm = Finding.make(
    WorkloadIdentity(apiVersion: "helm.sh/v1", kind: "Release", namespace: "shop", name: "web"))

  static let kubeadm = Finding.make(
    WorkloadIdentity(
      apiVersion: "v1", kind: "ConfigMap", namespace: "kube-system", name: "kubeadm-config"))
  /// The few that are known by name are read all the same.
  static let noSearch = CoverageEntry(
    resource: "configmaps", state: .skipped, reason: "--configmaps", holdsImages: false)
  static let noKubeadm = CoverageEntry(
    resource: "configmaps", namespace: "kube-system", state: .forbidden, reason: "kubeadm-config",
    holdsImages: false)
  static let noConfigMaps = CoverageEntry(
    resource: "configmaps", state: .skipped, reason: CoverageEntry.excludedKinds,
    holdsImages: false)

  static let cases: [Case] = [
    Case(
      testDescription: "a ConfigMap that is read by name was mended",
      before: report([kubeadm], coverage: [noSearch]), after: report([], coverage: [noSearch]),
      expected: ["fixed, cluster changed, medium -> nil"]),
    Case(
      testDescription: "a ConfigMap that is read by name is forbidden now",
      before: report([kubeadm], coverage: [noSearch]),
      after: report([], coverage: [noKubeadm, noSearch]),
      expected: ["no longer readable, coverage changed, medium -> nil"]),
    Case(
      testDescription: "ConfigMaps are left out now",
      before: report([kubeadm], coverage: [noSearch]), after: report([], coverage: [noConfigMaps]),
      expected: ["no longer readable, coverage changed, medium -> nil"]),
    Case(
      testDescription: "ConfigMaps were searched before",
      before: report([kubeadm], coverage: [.init(resource: "configmaps", state: .read)]),
      after: report([], coverage: [noSearch]),
      expected: ["no longer readable, coverage changed, medium -> nil"]),
    Case(
      testDescription: "the same", before: report([web]), after: report([web], asOf: "2026-11-22"),
      expected: []),
    Case(
      testDescription: "appeared in the cluster", before: report([]), after: report([web]),
      expected: ["appeared, cluster changed, nil -> medium"]),
    Case(
      testDescription: "appeared a day later, complained of before already",
      before: report([]), after: report([web], asOf: "2026-11-22"),
      judge: judge("old", from: "2026-01-01"),
      expected: ["appeared, cluster changed, nil -> medium"]),
    Case(
      testDescription: "appeared because its day came", before: report([]),
      after: report([web], asOf: "2026-11-22"), judge: judge("old", from: "2026-11-22"),
      expected: ["appeared, date passed, nil -> medium"]),
    Case(
      testDescription: "appeared with a new catalogue", before: report([]),
      after: report([web], sha: "new"), judge: judge("old", from: "2027-01-01"),
      expected: ["appeared, catalogue changed, nil -> medium"]),
    Case(
      testDescription: "appeared with a new catalogue, which cannot tell of the old one",
      before: report([]), after: report([web], sha: "new"), judge: judge("new", from: "2026-01-01"),
      expected: ["appeared, cluster, catalogue or date, nil -> medium"]),
    Case(
      testDescription: "appeared, and nobody can be asked", before: report([]),
      after: report([web], asOf: "2026-11-22"),
      expected: ["appeared, cluster, catalogue or date, nil -> medium"]),
    Case(
      testDescription: "no rule warns of it", before: report([]),
      after: report([.make(kind: .pullFailing, rule: nil, fate: .ok)], sha: "new"),
      expected: ["appeared, cluster changed, nil -> medium"]),
    Case(
      testDescription: "fixed in the cluster", before: report([web]), after: report([]),
      expected: ["fixed, cluster changed, medium -> nil"]),
    Case(
      testDescription: "the catalogue took its complaint back", before: report([web]),
      after: report([], sha: "new"), judge: judge("new", from: "2027-01-01"),
      expected: ["fixed, catalogue changed, medium -> nil"]),
    Case(
      testDescription: "fixed while the catalogue changed", before: report([web]),
      after: report([], sha: "new"), judge: judge("new", from: "2026-01-01"),
      expected: ["fixed, cluster changed, medium -> nil"]),
    Case(
      testDescription: "its kind is forbidden now", before: report([web]),
      after: report([], coverage: [forbidden]),
      expected: ["no longer readable, coverage changed, medium -> nil"]),
    Case(
      testDescription: "another kind is forbidden, as before",
      before: report([web], coverage: [.init(resource: "jobs.batch", state: .forbidden)]),
      after: report([], coverage: [.init(resource: "jobs.batch", state: .forbidden)]),
      expected: ["fixed, cluster changed, medium -> nil"]),
    Case(
      testDescription: "another namespace is forbidden", before: report([web]),
      after: report(
        [], coverage: [.init(resource: "pods", namespace: "vault", state: .forbidden)]),
      expected: ["fixed, cluster changed, medium -> nil"]),
    Case(
      testDescription: "another kind is forbidden now", before: report([web]),
      after: report(
        [], coverage: [readDeployments, .init(resource: "jobs.batch", state: .forbidden)]),
      expected: ["fixed, cluster changed, medium -> nil"]),
    Case(
      testDescription: "Pods, which may run an older template, are forbidden now",
      before: report([web]), after: report([], coverage: [readDeployments, noPods]),
      expected: ["no longer readable, coverage changed, medium -> nil"]),
    Case(
      testDescription: "Pods were forbidden before",
      before: report([web], coverage: [readDeployments, noPods]),
      after: report([], coverage: [readDeployments, noPods]),
      expected: ["fixed, cluster changed, medium -> nil"]),
    Case(
      testDescription: "who knows which kind it came from",
      before: report([web]), after: report([], coverage: [.init(resource: "a", state: .failed)]),
      expected: ["no longer readable, coverage changed, medium -> nil"]),
    Case(
      testDescription: "its kind is forbidden but for its namespace", before: report([web]),
      after: report(
        [],
        coverage: [
          .init(resource: "deployments.apps", state: .forbidden),
          .init(resource: "deployments.apps", namespace: "shop", state: .read),
        ]),
      expected: ["fixed, cluster changed, medium -> nil"]),
    Case(
      testDescription: "the group is another one's", before: report([web]),
      after: report(
        [], coverage: [readDeployments, .init(resource: "deployments.example.org", state: .failed)]),
      expected: ["fixed, cluster changed, medium -> nil"]),
    Case(
      testDescription: "seen in Pods, as before, while its kind is forbidden",
      before: report([.make(origin: .podsOnly)], coverage: [forbidden, readPods]),
      after: report([], coverage: [forbidden, readPods]),
      expected: ["fixed, cluster changed, medium -> nil"]),
    Case(
      testDescription: "Helm was not asked for", before: report([helm]),
      after: report([], coverage: [.init(resource: "helm releases", state: .skipped)]),
      expected: ["no longer readable, coverage changed, medium -> nil"]),
    Case(
      testDescription: "nobody sees any more that the pull fails",
      before: report([.make(exposure: .failing, risk: .critical)]),
      after: report([web], coverage: [noPods]),
      expected: ["no longer readable, coverage changed, critical -> medium"]),
    Case(
      testDescription: "nobody sees any more that nodes hold it",
      before: report([.make(exposure: .cached, risk: .low)]),
      after: report([web], coverage: [noNodes]),
      expected: ["worse, coverage changed, low -> medium"]),
    Case(
      testDescription: "that nodes hold it can be read now",
      before: report([web], coverage: [noNodes]),
      after: report([.make(exposure: .cached, risk: .low)]),
      expected: ["better, coverage changed, medium -> low"]),
    Case(
      testDescription: "lists of other kinds say nothing of it",
      before: report([.make(exposure: .cached, risk: .low)]),
      after: report(
        [web], coverage: [readDeployments, .init(resource: "statefulsets.apps", state: .forbidden)]),
      expected: ["worse, cluster changed, low -> medium"]),
    Case(
      testDescription: "nobody sees any more that nodes run it, a day later",
      before: report([.make(risk: .info)]),
      after: report([web], asOf: "2026-11-22", coverage: [noNodes]),
      expected: ["worse, cluster, catalogue or date, info -> medium"]),
    Case(
      testDescription: "nobody sees any more that nodes run it",
      before: report([.make(risk: .info)]), after: report([web], coverage: [noNodes]),
      expected: ["worse, coverage changed, info -> medium"]),
    Case(
      testDescription: "a sandbox is known from events alone",
      before: report([.make(role: .sandbox)]),
      after: report(
        [],
        coverage: [
          readDeployments, .init(resource: "events", state: .forbidden, holdsImages: false),
        ]),
      expected: ["no longer readable, coverage changed, medium -> nil"]),
    Case(
      testDescription: "another day has no failures",
      before: report([.make(exposure: .failing, risk: .critical)]),
      after: forAnotherDay([web], asOf: "2027-01-01"),
      expected: ["no longer readable, coverage changed, critical -> medium"]),
    Case(
      testDescription: "what another day brings",
      before: report([web]), after: forAnotherDay([high], asOf: "2027-01-01"),
      expected: ["worse, date passed, medium -> high"]),
    Case(
      testDescription: "its kind can be read now", before: report([], coverage: [forbidden]),
      after: report([web]),
      expected: ["readable now, coverage changed, nil -> medium"]),
    Case(
      testDescription: "another cluster", before: report([web], context: "prod-eu").anonymous,
      after: report([web], context: "prod-us").anonymous,
      expected: [
        "no longer readable, coverage changed, medium -> nil",
        "readable now, coverage changed, nil -> medium",
      ]),
    Case(
      testDescription: "worse: no node has it any more",
      before: report([.make(exposure: .cached, risk: .low)]), after: report([web], sha: "new"),
      expected: ["worse, cluster changed, low -> medium"]),
    Case(
      testDescription: "worse: the end is near", before: report([web]),
      after: report([high], asOf: "2026-12-20"),
      expected: ["worse, date passed, medium -> high"]),
    Case(
      testDescription: "better: another rule", before: report([high]),
      after: report([.make(rule: "kinder", risk: .low)], asOf: "2026-11-22", sha: "new"),
      expected: ["better, catalogue changed, high -> low"]),
    Case(
      testDescription: "another rule, as bad", before: report([web]),
      after: report([.make(rule: "other")], sha: "new"), expected: []),
    Case(
      testDescription: "set aside is not fixed", before: report([web]),
      after: report([.make(waivedUntil: .make("2027-01-01"), waiver: .mitigated)]), expected: []),
    Case(
      testDescription: "history and clean uses do not count",
      before: report([.make(exposure: .history)]),
      after: report([.make(kind: .clean, rule: nil, fate: .ok, risk: .clean)]), expected: []),
  ]

  @Test(arguments: cases) func changes(_ example: Case) {
    let diff = ReportDiff(from: example.before, to: example.after, judge: example.judge)
    let told = diff.entries.map { entry in
      "\(entry.change.words), \(entry.cause.words),"
        + " \(entry.before?.rawValue ?? "nil") -> \(entry.after?.rawValue ?? "nil")"
    }
    #expect(told == example.expected)
  }

  /// - Parameter left: findings that the filter left out.
  private static func filtered(
    _ findings: [Finding], left: Int, _ change: (inout ReportFilter) -> Void
  ) -> Report {
    var report = report(findings)
    change(&report.filter)
    report.clusters[0].filteredFindings = left
    return report
  }

  @Test func aFilterHidesAndDoesNotFix() {
    let before = Self.report([Self.web])
    let after = Self.filtered([], left: 1) { $0.risk = .high }
    let diff = ReportDiff(from: before, to: after)
    #expect(diff.entries.map(\.change) == [.unreadable])
    #expect(diff.entries.first?.note == "filtered by --risk high")
    #expect(!diff.hasNew)
    // The same filter twice: it may have become better than what is shown.
    let twice = ReportDiff(from: Self.filtered([Self.web], left: 0) { $0.risk = .low }, to: after)
    #expect(twice.entries.map(\.change) == [.unreadable])
    // Nothing was left out, so nothing is hidden.
    let none = Self.filtered([], left: 0) { $0.risk = .high }
    #expect(ReportDiff(from: before, to: none).entries.map(\.change) == [.fixed])
  }

  @Test func aFilterOfPlacesHidesOtherPlacesOnly() {
    let before = Self.report([Self.web, .make(.make("bank"))])
    let after = Self.filtered([], left: 0) { $0.namespaces = [Glob("shop")] }
    let diff = ReportDiff(from: before, to: after)
    #expect(
      diff.entries.map { "\($0.workload.namespace) \($0.change)" } == [
        "shop fixed", "bank unreadable",
      ])
  }

  @Test func anUnreadClusterFixesNothing() {
    let after = Report.make(clusters: [.make(failure: "the connection was refused")])
    let diff = ReportDiff(from: Self.report([Self.web]), to: after)
    #expect(diff.entries.map(\.change) == [.unreadable])
    #expect(diff.losses.map(\.what) == ["the whole cluster: the connection was refused"])
    #expect(diff.lostCluster)
  }

  /// Nothing was found before, and nobody could look now.
  @Test func whatIsNoLongerReadIsSaidWithoutFindings() {
    let diff = ReportDiff(
      from: Self.report([]), to: Self.report([], coverage: [Self.noPods, Self.noNodes]))
    #expect(diff.entries.isEmpty)
    #expect(
      diff.losses.map(\.what) == ["nodes (forbidden): cache state unknown", "pods (forbidden)"])
    #expect(!diff.lostCluster)
    let back = ReportDiff(
      from: Self.report([], coverage: [Self.noPods]), to: Self.report([]))
    #expect(back.losses.isEmpty)
  }

  /// A restored copy has the UID of its original.
  @Test func twinsAreToldApart() {
    func cluster(_ name: String, _ authority: String, _ findings: [Finding]) -> ClusterReport {
      var cluster = ClusterReport.make(contexts: [name], findings: findings)
      cluster.authority = authority
      return cluster
    }
    let before = Report.make(clusters: [
      cluster("prod", "aa", [Self.web]), cluster("copy", "bb", []),
    ])
    let after = Report.make(clusters: [
      cluster("copy", "bb", []), cluster("prod", "aa", [Self.web]),
    ])
    #expect(ReportDiff(from: before, to: after).entries.isEmpty)
  }

  @Test func sumsByNamespaceTeamAndCluster() {
    let findings: [Finding] = [
      .make(.make("shop"), team: "a"), .make(.make("bank"), team: "a"), .make(.make("bank", "Job")),
    ]
    let diff = ReportDiff(from: Self.report([]), to: Self.report(findings))
    #expect(diff.hasNew)
    #expect(diff.total[.appeared] == 3)
    #expect(diff.total[.fixed] == 0)
    #expect(diff.groups(by: .namespace).map(\.name) == ["bank", "shop"])
    #expect(diff.groups(by: .namespace).map(\.cluster) == ["prod-eu", "prod-eu"])
    #expect(diff.groups(by: .team).map(\.name) == [nil, "a"])
    #expect(diff.groups(by: .team).map { $0.tally[.appeared] } == [1, 2])
    #expect(diff.groups(by: .cluster).map(\.cluster) == ["prod-eu"])
  }
}

extension Report {
  fileprivate var anonymous: Report {
    var report = self
    for number in report.clusters.indices { report.clusters[number].clusterUID = nil }
    return report
  }
}
