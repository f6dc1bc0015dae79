import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct GroupedTableTests {
  private func text(
    _ report: Report, _ dimension: GroupDimension, _ format: OutputFormat,
    _ options: RenderOptions
  ) -> String {
    var options = options
    options.dimension = dimension
    return String(decoding: render(report, as: format, options: options), as: UTF8.self)
  }

  @Test(arguments: GroupDimension.allCases, [OutputFormat.table, .wide])
  func noLineIsWiderThanTheTerminal(_ dimension: GroupDimension, _ format: OutputFormat) {
    for report in TableTests.reports {
      for width in stride(from: 40, through: 204, by: 4) {
        let page = text(report, dimension, format, .init(width: width, isTerminal: true))
        for line in page.split(separator: "\n") where TerminalText.width(line) > width {
          Issue.record("\(TerminalText.width(line)) columns at \(width): \(line)")
        }
        for scalar in page.unicodeScalars
        where TerminalText.acts(scalar) && scalar != "\n" && scalar != "\u{FE0F}" {
          Issue.record("U+\(String(scalar.value, radix: 16)) at \(width)")
        }
      }
    }
  }

  struct Kept: Sendable {
    let dimension: GroupDimension
    let words: [String]
  }

  @Test(
    arguments: [
      Kept(dimension: .workload, words: ["istio-system", "kube-system", ":1.29.1", ":1.15.13"]),
      Kept(dimension: .image, words: [":1.29.1", ":1.15.13", ":3.5.1-0"]),
      Kept(dimension: .registry, words: ["eu.gcr.io", "k8s.gcr.io", "(no image)", ":1.29.1"]),
      Kept(
        dimension: .rule, words: ["gcr-io-istio-release", "gcr-unverified-project", ":1.29.1"]),
      Kept(dimension: .team, words: ["platform", "(no team)", ":1.29.1"]),
      Kept(dimension: .node, words: ["node-1", "node-2", "(no node)", ":1.29.1"]),
      Kept(dimension: .cluster, words: ["prod-eu", ":1.29.1"]),
    ], [OutputFormat.table, .wide])
  func keyRiskAndTagSurviveEveryWidth(_ test: Kept, _ format: OutputFormat) {
    for width in 40...204 {
      let page = text(
        SampleReports.mixed, test.dimension, format, .init(width: width, isTerminal: true))
      let gaps = ["NOT READ", "cronjobs.batch"]
      for word in test.words + ["critical"] + gaps where !page.contains(word) {
        Issue.record("\(word) is missing at \(width)")
      }
    }
  }

  /// What was not read makes a level a lower bound wherever it may belong.
  @Test(arguments: [
    (GroupDimension.image, "critical+?"), (.registry, "critical+?"), (.rule, "critical+?"),
    (.team, "critical+?"), (.cluster, "critical+?"), (.workload, "low+?"),
  ])
  func gapsMakeLowerBounds(_ dimension: GroupDimension, _ word: String) {
    #expect(text(SampleReports.mixed, dimension, .table, .init()).contains(word))
    #expect(!text(SampleReports.sweep, .workload, .table, .init()).contains("+?"))
  }

  @Test func severalClustersStandInOneMatrix() {
    let page = text(SampleReports.sweep, .cluster, .table, .init())
    let lines = page.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
    #expect(
      lines.contains("CLUSTER RISK CRITICAL HIGH MEDIUM LOW INFO CLEAN WORST"))
    #expect(lines.contains { $0.hasPrefix("prod-eu, admin@prod-eu high 0 1 0 1 0 0 ") })
    #expect(lines.contains("prod-us unknown ? ? ? ? ? ?"))
    #expect(lines.contains("staging clean 0 0 0 0 0 5"))
    #expect(
      lines.contains(
        "3 clusters: 0 critical · 1 high · 0 medium · 0 low · 1 unknown · 1 clean"))
    #expect(
      lines.contains(
        "NOT READ prod-us: the whole cluster: certificate of \"10.1.2.3\" has expired"))
  }

  /// A fleet has the same projects in many clusters, and old revisions in all of them.
  @Test func projectsAndHistoryOfSeveralClustersAreOneLineEach() {
    var report = SampleReports.mixed
    var copy = SampleReports.mixedCluster
    copy.contexts = ["prod-us"]
    report.clusters = [SampleReports.mixedCluster, copy]
    let one = text(SampleReports.mixed, .image, .table, .init()).split(separator: "\n")
    let two = text(report, .image, .table, .init()).split(separator: "\n")
    for label in ["UNVERIFIED ", "HISTORY "] {
      #expect(two.count { $0.hasPrefix(label) } == one.count { $0.hasPrefix(label) })
    }
    #expect(
      two.contains("UNVERIFIED    gcr.io/acme-prod  4 workloads in 2 namespaces of 2 clusters"))
  }

  @Test func imagesAreCountedAcrossClusters() {
    var report = ReportGroupingTests.report
    report.clusters[1].coverage = []
    let lines = text(report, .image, .table, .init()).split(separator: "\n").map {
      $0.split(separator: " ").joined(separator: " ")
    }
    #expect(lines.contains("k8s.gcr.io/web:1.0 medium 2 2 2 0 2 0 0 0"))
    #expect(lines.contains("2 images: 0 critical · 1 high · 1 medium · 0 low"))
  }

  @Test(arguments: GroupDimension.allCases)
  func noHeadersLeavesOutTheHeadingsOnly(_ dimension: GroupDimension) {
    let with = text(SampleReports.mixed, dimension, .wide, .init())
    let without = text(SampleReports.mixed, dimension, .wide, .init(noHeaders: true))
    #expect(with.split(separator: "\n").count == without.split(separator: "\n").count + 1)
  }

  @Test(arguments: GroupDimension.allCases)
  func aCleanClusterGetsAnAnswer(_ dimension: GroupDimension) {
    let page = text(SampleReports.clean, dimension, .table, .init())
    #expect(
      page.contains("Nothing here names a dying registry.")
        || dimension == .cluster && page.contains("staging  clean"))
    #expect(page.contains("HISTORY"))
  }

  /// `gone s…-10` says nothing.
  @Test(arguments: [
    ("removal 2026-12-01 to 2026-12-31, next brownout 2026-12-08", 19, "removal 2026-12-01…"),
    ("gone since 2025-07-10", 21, "gone since 2025-07-10"),
    ("unverified, the pull fails", 11, "unverified…"), ("", 0, ""),
  ])
  func anOutlookKeepsItsFirstDay(text: String, useful: Int, shortest: String) {
    let cell = TableCell(.outlook(text))
    #expect(cell.usefulWidth == useful)
    #expect(cell.fitted(to: useful) == shortest)
    for width in useful..<TerminalText.width(text) {
      let fitted = cell.fitted(to: width)
      #expect(TerminalText.width(fitted) <= width)
      #expect([shortest, "removal 2026-12-01 to 2026-12-31…"].contains(fitted))
    }
  }

  @Test func registriesArePlural() {
    #expect(GroupDimension.registry.counted(1) == "1 registry")
    #expect(GroupDimension.registry.counted(2) == "2 registries")
    #expect(GroupDimension.image.counted(2) == "2 images")
  }

  @Test func theNextCommandExplainsTheWorst() {
    #expect(
      text(SampleReports.mixed, .image, .table, .init()).contains(
        "NEXT          kubectl gcr-report explain istio-system/Deployment/istiod · "))
    let sweep = text(SampleReports.sweep, .image, .table, .init())
    #expect(!sweep.contains("explain"), "the sample cannot be explained")
  }
}
