import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct TableTests {
  static let reports = [
    SampleReports.mixed, SampleReports.clean, SampleReports.doubtful, SampleReports.sweep,
    SampleReports.forbidden, SampleReports.cleanRows, SampleReports.hostile,
  ]

  private func text(_ report: Report, _ format: OutputFormat, _ options: RenderOptions) -> String {
    String(decoding: render(report, as: format, options: options), as: UTF8.self)
  }

  private func lines(_ text: String) -> [Substring] {
    text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test(arguments: reports, [OutputFormat.table, .wide])
  func noLineIsWiderThanTheTerminal(_ report: Report, _ format: OutputFormat) {
    for width in 20...210 {
      let options = RenderOptions(width: width, isTerminal: true)
      for line in lines(text(report, format, options)) where TerminalText.width(line) > width {
        Issue.record("\(TerminalText.width(line)) columns at \(width): \(line)")
      }
    }
  }

  @Test(arguments: reports, OutputFormat.allCases)
  func renderingTwiceGivesEqualBytes(_ report: Report, _ format: OutputFormat) {
    for options in [RenderOptions(), RenderOptions(width: 60, color: true, isTerminal: true)] {
      #expect(
        render(report, as: format, options: options) == render(report, as: format, options: options)
      )
    }
  }

  @Test(arguments: reports, OutputFormat.allCases)
  func nothingActsOnATerminal(_ report: Report, _ format: OutputFormat) {
    for options in [RenderOptions(), RenderOptions(width: 40, isTerminal: true)] {
      for scalar in text(report, format, options).unicodeScalars {
        // CSV keeps line breaks and tabs of the data, and letters that only look odd.
        let isAllowed =
          format == .csv
          ? scalar.value >= 0xA0 || "\t\r\n".unicodeScalars.contains(scalar)
          : scalar == "\n" || scalar == "\u{FE0F}"
        if TerminalText.acts(scalar) && !isAllowed {
          Issue.record("U+\(String(scalar.value, radix: 16)) in \(format)")
        }
      }
    }
  }

  @Test(arguments: [OutputFormat.table, .wide])
  func namespaceRiskAndTagSurviveEveryWidth(_ format: OutputFormat) {
    for width in 40...210 {
      let output = text(SampleReports.mixed, format, RenderOptions(width: width, isTerminal: true))
      for word in ["istio-system", "kube-system", "critical", ":1.29.1", ":1.15.13"]
      where !output.contains(word) {
        Issue.record("\(word) is missing at \(width)")
      }
    }
  }

  @Test func columnsAlignWithWideCharacters() {
    let layout = TableLayout(
      columns: [
        TableColumn(title: "NAME", room: .always), TableColumn(title: "X", room: .always),
      ],
      rows: [[.text("名前"), .text("1")], [.text("e\u{301}"), .text("2")]], options: .init())
    #expect(layout.lines() == ["NAME  X", "名前  1", "e\u{301}     2"])
  }

  @Test func colourEndsWithItsCell() {
    let options = RenderOptions(width: 120, color: true, isTerminal: true)
    let output = text(SampleReports.mixed, .table, options)
    #expect(output.contains("istio-system  \u{1B}[1;31mcritical\u{1B}[0m  2/14"))
    #expect(!text(SampleReports.mixed, .table, .init()).contains("\u{1B}"))
  }

  @Test func coloursChangeNothingElse() {
    for width in [40, 80, 120] {
      var options = RenderOptions(width: width, color: true, isTerminal: true)
      var coloured = text(SampleReports.mixed, .table, options)
      for code in ["1;31", "31", "33", "36", "2", "32", "35", "0"] {
        coloured = coloured.split(separator: "\u{1B}[\(code)m", omittingEmptySubsequences: false)
          .joined()
      }
      options.color = false
      #expect(coloured == text(SampleReports.mixed, .table, options))
    }
  }

  @Test(arguments: [OutputFormat.table, .wide])
  func noHeadersLeavesOutTheHeadingsOnly(_ format: OutputFormat) {
    let with = lines(text(SampleReports.mixed, format, .init()))
    let without = lines(text(SampleReports.mixed, format, .init(noHeaders: true)))
    #expect(with.count == without.count + 1)
    #expect(!without.contains { $0.hasPrefix("NAMESPACE ") })
    #expect(without.contains { $0.hasPrefix("CLUSTER ") })
    #expect(without.contains { $0.hasPrefix("NOT READ ") })
  }

  @Test(arguments: reports.dropLast(), [OutputFormat.table, .wide])
  func everyClusterIsNamedWithItsCatalogue(_ report: Report, _ format: OutputFormat) {
    let headers = lines(text(report, format, .init())).filter { $0.hasPrefix("CLUSTER ") }
    #expect(headers.count == report.clusters.count)
    for (header, cluster) in zip(headers, report.clusters) where cluster.failure == nil {
      #expect(header.contains("catalogue \(report.catalogue.date)"))
      #expect(header.contains("sha256 9f86d081884c"))
      #expect(header.contains("as of \(report.asOf)"))
    }
  }

  @Test func summaryCountsEachNamespaceOnce() {
    #expect(
      TableRenderer.summary(SampleReports.mixedCluster)
        == "1 critical · 0 high · 1 medium · 2 low · 1 unknown · 2 clean")
    #expect(
      TableRenderer.summary(.make(findings: [.make(risk: .info)]))
        == "0 critical · 0 high · 0 medium · 0 low · 1 info · 0 unknown · 0 clean")
  }

  struct AnswerCase: Sendable {
    let cluster: ClusterReport
    let answer: String?
  }

  @Test(arguments: [
    AnswerCase(
      cluster: .make(namespaces: ["a"], useCount: 3), answer: "Nothing here names a dying registry."
    ),
    AnswerCase(cluster: .make(namespaces: ["a"]), answer: "No image is used here."),
    AnswerCase(
      cluster: .make(coverage: [.init(resource: "nodes", state: .failed, holdsImages: false)]),
      answer: "Nothing found in what was read."),
    AnswerCase(cluster: .make(findings: [.make(risk: .info)]), answer: nil),
  ])
  func answersHonestly(_ test: AnswerCase) {
    #expect(CleanAnswer.text(test.cluster) == test.answer)
  }

  @Test(arguments: [("2026-11-20", false), ("2026-08-23", false), ("2026-08-22", true)])
  func saysWhenTheCatalogueIsOld(_ date: String, _ isOld: Bool) {
    let report = Report.make(catalogueDate: date)
    #expect(text(report, .table, .init()).contains("\nCATALOGUE ") == isOld)
    #expect(text(report, .wide, .init()).contains("\nCATALOGUE ") == isOld)
  }

  @Test func numbersAreGrouped() {
    #expect(CountWords.grouped(0) == "0")
    #expect(CountWords.grouped(999) == "999")
    #expect(CountWords.grouped(1_000) == "1,000")
    #expect(CountWords.grouped(-1_234_567) == "-1,234,567")
    #expect(CountWords.text(1, "workload") == "1 workload")
  }

  @Test func unverifiedProjectsAreOneLineEach() {
    #expect(
      UnverifiedProject.all(in: [SampleReports.mixedCluster]).map { $0.text() } == [
        "gcr.io/acme-prod  2 workloads in 1 namespace",
        "eu.gcr.io/example.com/web  1 workload in 1 namespace",
      ])
    #expect(
      UnverifiedProject.all(in: [SampleReports.mixedCluster, SampleReports.mixedCluster])
        .map { $0.text(saysClusters: true) } == [
          "gcr.io/acme-prod  4 workloads in 2 namespaces of 2 clusters",
          "eu.gcr.io/example.com/web  2 workloads in 2 namespaces of 2 clusters",
        ])
  }
}
