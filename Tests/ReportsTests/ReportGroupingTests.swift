import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct ReportGroupingTests {
  /// Two clusters that share an image, a rule and a team; the second has a gap.
  static let report = Report.make(
    clusters: [
      .make(
        contexts: ["eu"], namespaces: ["shop", "idle"],
        findings: [
          .make(
            .make("shop", "Deployment", "web"), nodes: ["n1", "n2"], team: "red", risk: .medium),
          .make(
            .make("shop", "Deployment", "web"), image: .make("old"), container: "side",
            nodes: ["n1"], team: "red", exposure: .failing, risk: .high),
          .make(
            .make("shop", "CronJob", "sync"), image: .make("old"), exposure: .dormant, risk: .info),
          .make(
            .make("shop", "Deployment", "ok"),
            image: .make("nginx", registry: "docker.io", "library/nginx", tag: "latest"),
            kind: .clean, rule: nil, fate: .ok, certainty: nil, risk: .clean),
          .make(.make("shop", "Deployment", "past"), exposure: .history, risk: .info),
        ],
        workloads: ["shop": 4, "idle": 1]),
      .make(
        contexts: ["us"], namespaces: ["shop", "vault"],
        findings: [.make(.make("shop", "Deployment", "web"), team: "blue", risk: .medium)],
        workloads: ["shop": 2],
        coverage: [.init(resource: "jobs.batch", namespace: "vault", state: .forbidden)]),
    ])

  struct Case: Sendable, CustomTestStringConvertible {
    let dimension: GroupDimension
    /// `title risk atRisk/workloads images namespaces clusters`
    let rows: [String]
    var testDescription: String { dimension.rawValue }
  }

  @Test(arguments: [
    Case(
      dimension: .namespace,
      rows: [
        "shop high 1/4 2 1 1", "shop medium 1/2 1 1 1", "vault unknown 0/0 0 1 1",
        "idle clean 0/1 0 1 1",
      ]),
    Case(
      dimension: .workload,
      rows: [
        "Deployment/web high 1/1 2 1 1", "Deployment/web medium 1/1 1 1 1",
        "CronJob/sync info 0/1 1 1 1", "Deployment/ok clean 0/1 0 1 1",
      ]),
    // What was not read may hold any image: every level is a lower bound.
    Case(
      dimension: .image,
      rows: [
        "k8s.gcr.io/old:1.0 high+? 1/2 1 1 1", "k8s.gcr.io/web:1.0 medium+? 2/2 1 2 2",
        "docker.io/library/nginx:latest unknown 0/1 0 1 1",
      ]),
    Case(
      dimension: .registry,
      rows: ["k8s.gcr.io high+? 2/3 2 2 2", "docker.io unknown 0/1 0 1 1"]),
    Case(dimension: .rule, rows: ["k8s-gcr-io high+? 2/3 2 2 2", "clean unknown 0/1 0 1 1"]),
    Case(
      dimension: .team,
      rows: ["red high+? 1/1 2 1 1", "blue medium+? 1/1 1 1 1", "(no team) info+? 0/2 1 1 1"]),
    Case(
      dimension: .node,
      rows: [
        "n1 high 1/1 2 1 1", "(no node) medium+? 1/1 1 1 1", "n2 medium 1/1 1 1 1",
        "(no node) info 0/2 1 1 1",
      ]),
    Case(dimension: .cluster, rows: ["eu high 1/5 2 2 1", "us medium+? 1/2 1 2 1"]),
  ])
  func sumsUp(_ test: Case) {
    let groups = ReportGrouping.groups(of: Self.report, by: test.dimension)
    #expect(
      groups.map { group in
        "\(group.title(in: Self.report)) \(group.riskWord) \(group.atRisk)/\(group.workloads)"
          + " \(group.images) \(group.namespaces) \(group.clusters)"
      } == test.rows)
  }

  @Test func countsExposuresAndWorstRisks() throws {
    let group = try #require(ReportGrouping.groups(of: Self.report, by: .cluster).first)
    #expect(group.byExposure == [.failing: 1, .pulls: 1])
    #expect(group.byRisk == [.high: 1, .info: 1])
    #expect(group.worst?.finding.risk == .high)
    #expect(group.findings.map(\.finding.risk) == [.high, .medium, .info])
  }

  @Test(arguments: GroupDimension.allCases)
  func theOrderOfTheFindingsDoesNotMatter(_ dimension: GroupDimension) {
    var shuffled = Self.report
    for number in shuffled.clusters.indices { shuffled.clusters[number].findings.reverse() }
    #expect(
      ReportGrouping.groups(of: shuffled, by: dimension)
        == ReportGrouping.groups(of: Self.report, by: dimension))
  }

  @Test func nodesWithoutPodsStandThereWithWhatTheyHold() throws {
    var report = Report.make(clusters: [.make(findings: [.make(nodes: ["n2"])])])
    report.clusters[0].nodes = [
      NodeReport(name: "n1", runtime: "containerd://1.7.2", cachedAtRisk: 3),
      NodeReport(name: "n2"),
    ]
    let groups = ReportGrouping.groups(of: report, by: .node)
    #expect(groups.map { $0.node?.name } == ["n2", "n1"])
    #expect(groups.map { $0.node?.cachedAtRisk } == [0, 3])
    #expect(groups.map(\.riskWord) == ["medium", "clean"])
  }

  @Test func anUnreadClusterIsUnknown() {
    let report = Report.make(clusters: [.make(failure: "connection refused")])
    #expect(ReportGrouping.groups(of: report, by: .cluster).map(\.riskWord) == ["unknown"])
  }
}

extension ReportGroupingTests {
  /// What is mitigated is no risk, and neither clean; a filter makes nothing clean either.
  @Test func whatIsSetAsideIsNotClean() {
    var finding = Finding.make()
    finding.waiver = Waiver(kind: .mitigated, reason: "mirrored", until: .make("2027-01-01"))
    var report = Report.make(clusters: [.make(findings: [finding], workloads: ["shop": 1])])
    for dimension in GroupDimension.allCases {
      let groups = ReportGrouping.groups(of: report, by: dimension)
      #expect(groups.map(\.riskWord) == ["mitigated"], "\(dimension)")
      #expect(groups.map(\.atRisk) == [0], "\(dimension)")
      #expect(groups.map(\.mitigated) == [1], "\(dimension)")
    }
    report.clusters[0].findings = []
    report.clusters[0].isNarrowed = true
    report.clusters[0].namespaces[0].mitigated = 0
    report.clusters[0].namespaces[0].filtered = 1
    for dimension in [GroupDimension.namespace, .cluster] {
      let groups = ReportGrouping.groups(of: report, by: dimension)
      #expect(groups.map(\.riskWord) == ["filtered"], "\(dimension)")
    }
  }
}
