import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct NamespaceGroupingTests {
  @Test func countsWorkloadsOnceAndPerExposure() {
    let web = WorkloadIdentity.make("shop", "Deployment", "web")
    let findings: [Finding] = [
      .make(web, image: .make("a"), exposure: .failing, risk: .critical),
      .make(web, image: .make("b"), exposure: .pulls, risk: .high),
      .make(web, image: .make("c"), exposure: .pulls, risk: .medium),
      .make(.make("shop", "CronJob", "sync"), exposure: .dormant, risk: .low),
      // Info never is at risk: inferred sandbox images are info.
      .make(
        .make("shop", "DaemonSet", "node"), image: .make("pause"), role: .sandbox,
        certainty: .inferred, exposure: .unknown, risk: .info),
      .make(.make("shop", "Deployment", "old"), exposure: .history, risk: .info),
    ]
    let report = NamespaceGrouping.make(
      findings: findings, namespaces: ["shop"], coverage: [], workloads: ["shop": 5])
    #expect(report.count == 1)
    #expect(report.first?.risk == .critical)
    #expect(report.first?.workloads == 5)
    #expect(report.first?.atRisk == 2)
    #expect(report.first?.byExposure == [.failing: 1, .pulls: 1, .dormant: 1])
    #expect(report.first?.worst == findings[0])
    #expect(report.first?.riskWord == "critical")
  }

  @Test func historyLeavesANamespaceClean() {
    let past = Finding.make(activity: .history, exposure: .history, risk: .info)
    let report = NamespaceGrouping.make(
      findings: [past], namespaces: [], coverage: [], workloads: ["shop": 1])
    #expect(report.map(\.isClean) == [true])
    #expect(report.first?.worst == nil)
  }

  /// Who leaves kinds out does not know what they hold; Helm and ConfigMaps are read on request.
  @Test(arguments: [
    ("--kinds", "unknown", "Nothing found in what was read."),
    ("--exclude-kinds", "unknown", "Nothing found in what was read."),
    ("--helm", "clean", "No image is used here."),
  ])
  func kindsThatAreLeftOutMakeNothingClean(reason: String, word: String, answer: String) {
    let coverage = [
      CoverageEntry(resource: "deployments.apps", state: .skipped, reason: reason)
    ]
    let cluster = ClusterReport.make(namespaces: ["shop"], coverage: coverage)
    #expect(cluster.namespaces.map(\.riskWord) == [word])
    #expect(CleanAnswer.text(cluster) == answer)
    let found = ClusterReport.make(
      namespaces: ["shop"], findings: [.make()], coverage: coverage)
    #expect(found.namespaces.map(\.riskWord) == [word == "clean" ? "medium" : "medium+?"])
  }

  @Test func ordersWorstFirst() {
    let findings: [Finding] = [
      .make(.make("b-low"), risk: .low),
      .make(.make("low-2", "Deployment", "x"), risk: .low),
      .make(.make("low-2", "Deployment", "y"), risk: .low),
      .make(.make("high"), risk: .high),
      .make(.make("low+?"), risk: .low),
      .make(.make("info"), risk: .info),
    ]
    let coverage = ["low+?", "unknown"].map {
      CoverageEntry(resource: "jobs.batch", namespace: $0, state: .forbidden)
    }
    let report = NamespaceGrouping.make(
      findings: findings, namespaces: ["clean-b", "clean-a"], coverage: coverage, workloads: [:])
    #expect(
      report.map { "\($0.name) \($0.riskWord)" } == [
        "high high", "low+? low+?", "low-2 low", "b-low low", "info info", "unknown unknown",
        "clean-a clean", "clean-b clean",
      ])
  }

  struct GapCase: Sendable {
    let entry: CoverageEntry
    let unknown: [String]
  }

  @Test(arguments: [
    GapCase(entry: .init(resource: "pods", state: .forbidden), unknown: ["a"]),
    GapCase(entry: .init(resource: "pods", state: .partial), unknown: ["a"]),
    GapCase(entry: .init(resource: "jobs.batch", state: .failed), unknown: ["a", "b"]),
    GapCase(entry: .init(resource: "jobs.batch", namespace: "b", state: .failed), unknown: ["b"]),
    GapCase(entry: .init(resource: "nodes", state: .forbidden, holdsImages: false), unknown: []),
    GapCase(entry: .init(resource: "x", state: .notServed), unknown: []),
    GapCase(entry: .init(resource: "x", state: .skipped), unknown: []),
  ])
  func gapsTouchTheirNamespaces(_ test: GapCase) {
    // Pods were read in b, whatever became of the cluster-wide list.
    let read = CoverageEntry(resource: "pods", namespace: "b", state: .read)
    let report = NamespaceGrouping.make(
      findings: [], namespaces: ["a", "b"], coverage: [test.entry, read], workloads: [:])
    #expect(report.filter(\.isUnknown).map(\.name) == test.unknown)
    #expect(report.count { $0.isClean } == 2 - test.unknown.count)
  }

  @Test func clusterScopedObjectsStandUnderTheEmptyName() {
    let report = NamespaceGrouping.make(
      findings: [.make(.make("", "Thing", "x"))], namespaces: [], coverage: [], workloads: [:])
    #expect(report.map(\.name) == [""])
    #expect(report.map(\.workloads) == [1])
  }

  @Test func theOrderOfTheFindingsDoesNotMatter() {
    let cluster = SampleReports.mixedCluster
    let again = NamespaceGrouping.make(
      findings: cluster.findings.reversed(), namespaces: cluster.namespaces.map(\.name).reversed(),
      coverage: cluster.coverage.reversed(),
      workloads: [
        "default": 1, "istio-system": 14, "kube-system": 6, "shop": 1_204, "team-a": 3, "web": 9,
      ])
    #expect(again == cluster.namespaces)
  }
}
