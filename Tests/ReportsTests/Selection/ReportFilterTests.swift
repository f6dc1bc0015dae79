import ImageReferences
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct ReportFilterTests {
  private static func labelled(_ finding: Finding, _ labels: [String: String]) -> Finding {
    var finding = finding
    finding.workload.labels = labels
    return finding
  }

  private static let report = Report.make(
    clusters: [
      .make(
        namespaces: ["a", "b", "kube-system", "quiet"],
        findings: [
          labelled(
            .make(.make("a", "Deployment", "web"), team: "red", risk: .critical), ["app": "x"]),
          .make(
            .make("a", "Deployment", "api"), image: .make(registry: "gcr.io", "p/api"),
            team: "blue",
            rule: "gcr-unverified-project", fate: .probe, risk: .low),
          .make(
            .make("b", "Deployment", "bad"), image: .invalid(raw: "x y", reason: "space"),
            kind: .invalidReference, rule: nil, fate: .ok, certainty: nil, risk: .medium),
          .make(.make("kube-system", "DaemonSet", "dns"), risk: .high),
          .make(
            .make("quiet", "Pod", "ok"),
            image: .make("nginx", registry: "docker.io", "library/nginx", tag: "latest"),
            kind: .clean, rule: nil, fate: .ok, certainty: nil, risk: .clean),
        ],
        workloads: ["a": 5, "b": 1, "kube-system": 2, "quiet": 1], useCount: 5,
        coverage: [
          CoverageEntry(resource: "jobs.batch", namespace: "b", state: .forbidden),
          CoverageEntry(resource: "nodes", state: .forbidden, holdsImages: false),
        ])
    ])

  struct Case: Sendable, CustomTestStringConvertible {
    let flags: String
    let names: [String]
    let dropped: Int
    let make: @Sendable (inout ReportFilter) -> Void
    var testDescription: String { flags }
  }

  private static let cases = [
    Case(flags: "", names: ["web", "dns", "bad", "api", "ok"], dropped: 0, make: { _ in }),
    Case(
      flags: "-n a,kube-*", names: ["web", "dns", "api"], dropped: 1,
      make: { $0.namespaces = [Glob("a"), Glob("kube-*")] }),
    Case(
      flags: "--exclude-namespaces kube-*,?", names: ["ok"], dropped: 4,
      make: { $0.excludedNamespaces = [Glob("kube-*"), Glob("?")] }),
    Case(flags: "-l app=x", names: ["web"], dropped: 3) { filter in
      do { filter.selector = try LabelSelector("app=x") } catch { Issue.record(error) }
    },
    Case(
      flags: "--team r*", names: ["web"], dropped: 3, make: { $0.teams = [Glob("r*")] }),
    Case(flags: "--risk high", names: ["web", "dns"], dropped: 2, make: { $0.risk = .high }),
    Case(
      flags: "--rule k8s-*", names: ["web", "dns"], dropped: 2,
      make: { $0.rules = [Glob("k8s-*")] }),
    Case(
      flags: "--rule invalid-reference", names: ["bad"], dropped: 3,
      make: { $0.rules = [Glob("invalid-reference")] }),
    Case(
      flags: "--image gcr.io/p/api", names: ["api"], dropped: 3,
      make: { $0.images = [Glob("gcr.io/p/api")] }),
    Case(
      flags: "--image docker.io/*,x*", names: ["bad", "ok"], dropped: 3,
      make: { $0.images = [Glob("docker.io/*"), Glob("x*")] }),
    Case(
      flags: "--only-legacy", names: ["web", "dns", "api"], dropped: 1,
      make: { $0.onlyLegacy = true }),
    Case(
      flags: "-n a, --risk critical", names: ["web"], dropped: 3,
      make: {
        $0.namespaces = [Glob("a")]
        $0.risk = .critical
      }),
  ]

  @Test(arguments: cases) func whatStays(_ test: Case) {
    var filter = ReportFilter()
    test.make(&filter)
    #expect(filter.words == test.flags)
    let filtered = filter.applied(to: Self.report)
    let cluster = filtered.clusters[0]
    #expect(cluster.findings.map(\.use.workload.name) == test.names)
    #expect(cluster.filteredFindings == test.dropped)
    // Never less than there was.
    #expect(cluster.coverage == Self.report.clusters[0].coverage)
    #expect(cluster.namespaces.contains { $0.name == "b" && $0.isPartlyUnknown })
    #expect(filtered.filter == filter)
    // Filtering again changes nothing but what is counted.
    #expect(filter.applied(to: filtered).clusters[0].findings == cluster.findings)
  }

  /// A namespace whose findings are left out is filtered; one that is not looked at is not there.
  @Test func nothingFilteredIsClean() {
    var filter = ReportFilter()
    filter.risk = .critical
    let cluster = filter.applied(to: Self.report).clusters[0]
    #expect(
      cluster.namespaces.map { "\($0.name) \($0.riskWord) \($0.atRisk)/\($0.workloads)" } == [
        "a critical 1/5", "b unknown 0/1", "kube-system filtered 0/2", "quiet clean 0/1",
      ])
    #expect(
      TableRenderer.summary(cluster)
        == "1 critical · 0 high · 0 medium · 0 low · 1 unknown · 1 filtered · 1 clean")
    #expect(cluster.workloadCount == 9)
  }

  @Test func workloadsThatAreNotLookedAtDoNotCount() throws {
    var filter = ReportFilter()
    filter.selector = try LabelSelector("app=x")
    let cluster = filter.applied(to: Self.report).clusters[0]
    #expect(
      cluster.namespaces.map { "\($0.name) \($0.riskWord) \($0.atRisk)/\($0.workloads)" } == [
        "a critical 1/1", "b unknown 0/0",
      ])
    #expect(cluster.workloadCount == 1 && cluster.useCount == 1)
  }

  @Test func everyFormatSaysWhatIsMissing() {
    var filter = ReportFilter()
    filter.risk = .critical
    let words = "filtered by --risk critical: 3 findings not shown"
    let filtered = filter.applied(to: Self.report)
    #expect(filtered.filterInWords == words)
    for format in [OutputFormat.table, .wide, .sarif, .junit, .github, .html] {
      let text = String(decoding: render(filtered, as: format), as: UTF8.self)
      #expect(text.contains(words), "\(format)")
    }
    for format in OutputFormat.allCases where format != .name && format != .markdown {
      let text = String(decoding: render(filtered, as: format), as: UTF8.self)
      #expect(text.contains("--risk critical"), "\(format)")
      let whole = String(decoding: render(Self.report, as: format), as: UTF8.self)
      #expect(!whole.contains("--risk"), "\(format)")
    }
  }

  /// A report that was read counts history that it does not list: how much of it passes, nobody knows.
  @Test func historyThatIsNotListedIsNotCountedUnderAFilter() {
    var cluster = Self.report.clusters[0]
    cluster.unlistedHistory = HistoryTotals(uses: 7, workloads: 3)
    let report = Report.make(clusters: [cluster])
    var filter = ReportFilter()
    filter.namespaces = [Glob("a")]
    let filtered = filter.applied(to: report)
    #expect(filtered.clusters[0].historyTotals == HistoryTotals(uses: 0, workloads: 0))
    for format in [OutputFormat.table, .wide, .html] {
      let text = String(decoding: render(filtered, as: format), as: UTF8.self)
      #expect(text.contains(HistoryTotals.uncounted), "\(format)")
      #expect(!text.contains("7 image uses"), "\(format)")
    }
    // One that leaves nothing out counts it still.
    filter.namespaces = [Glob("*")]
    let whole = filter.applied(to: report)
    #expect(whole.clusters[0].historyTotals == HistoryTotals(uses: 7, workloads: 3))
    let text = String(decoding: render(whole, as: .table), as: UTF8.self)
    #expect(text.contains("7 image uses in old revisions and finished work of 3 workloads"))
    #expect(!text.contains(HistoryTotals.uncounted))
  }

  @Test func aWholeNamespaceIsNothingMissing() {
    var filter = ReportFilter()
    filter.namespaces = [Glob("a")]
    let report = Report.make(clusters: [.make(namespaces: ["a"], findings: [.make(.make("a"))])])
    #expect(filter.applied(to: report).filterInWords == nil)
  }

  /// What was not read is not counted as nothing.
  @Test func namespacesThatWereNotReadAreNoZero() {
    var filter = ReportFilter()
    filter.excludedNamespaces = [Glob("b")]
    let report = Report.make(clusters: [.make(namespaces: ["a"], findings: [.make(.make("a"))])])
    #expect(filter.applied(to: report).filterInWords == "filtered by --exclude-namespaces b")
  }

  @Test func nothingLeftIsNoHappyAnswer() {
    var filter = ReportFilter()
    filter.images = [Glob("nowhere/*")]
    let filtered = filter.applied(
      to: .make(clusters: [.make(namespaces: ["shop"], findings: [.make()])]))
    let text = String(decoding: render(filtered, as: .table), as: UTF8.self)
    #expect(text.contains("\nNothing found that passes the filter.\n"))
    #expect(text.contains("· 0 unknown · 1 filtered · 0 clean\n"))
  }
}
