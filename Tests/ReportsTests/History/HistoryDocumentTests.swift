import Foundation
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct HistoryDocumentTests {
  static let hostile = "<img src=x onerror=alert(1)>\"'\u{1b}[31m\u{202e}|`a`"

  static let trend = Trend([
    .make(1, [.critical, .high, .low, .low]), .make(2, [.high, .low, .low]),
    .make(3, [.high], unread: [RecordedScan.noPods]), .make(4, isRead: false),
    .make(5, [.high, .high, .medium, .low, .low]),
    .make(6, [.low], cluster: hostile, identity: "x", filter: "-n \(hostile)"),
  ])

  static let diff: ReportDiff = {
    let workload = WorkloadIdentity.make(hostile, "Job", hostile)
    let before = ReportDiffTests.report([.make(team: "shop"), .make(.make("bank"), risk: .high)])
    let after = ReportDiffTests.report(
      [
        .make(
          workload, image: .make(registry: "gcr.io", "x"), container: Self.hostile,
          team: Self.hostile),
        .make(.make("bank"), risk: .low),
      ],
      coverage: [ReportDiffTests.noPods])
    return ReportDiff(from: before, to: after)
  }()

  static let plain = ReportDiff(
    from: ReportDiffTests.report([
      .make(team: "shop"), .make(.make("bank"), exposure: .failing, risk: .high),
    ]),
    to: ReportDiffTests.report(
      [.make(.make("cart", "Job")), .make(.make("bank"), risk: .low)],
      coverage: [ReportDiffTests.noPods]))

  static let documents: [HistoryDocument] = [
    .scans([.make(1, [.high]), .make(2, isRead: false, filter: hostile)]), .scans([]),
    .diff(diff),
    .diff(ReportDiff(from: ReportDiffTests.report([]), to: ReportDiffTests.report([]))),
    .trend(trend), .trend(Trend([])),
  ]

  private func text(
    _ document: HistoryDocument, _ format: OutputFormat = .table, width: Int? = nil,
    color: Bool = false
  ) -> String {
    let options = RenderOptions(
      width: width ?? 80, color: color, isTerminal: width != nil)
    return String(decoding: document.render(as: format, options: options), as: UTF8.self)
  }

  @Test(arguments: documents) func jsonIsAsItsSchemaSays(_ document: HistoryDocument) throws {
    let schema: DocumentSchema =
      switch document.kind {
      case .scans: .history
      case .diff: .diff
      case .trend: .trend
      }
    let bytes = document.render(as: .json, options: RenderOptions())
    #expect(try SchemaValidator.errors(SchemaValidator.object(bytes), schema) == [])
  }

  @Test(arguments: documents, [40, 80, 200]) func noLineIsTooLong(
    _ document: HistoryDocument, _ width: Int
  ) {
    for line in text(document, width: width).split(separator: "\n") {
      #expect(TerminalText.width(line) <= width, "\(line)")
    }
  }

  /// Whatever the width, each scan's numbers and remarks are there.
  @Test(arguments: [40, 48, 49, 60, 80, 200]) func noWidthLosesANumber(_ width: Int) {
    let scans: [RecordedScan] = [
      .make(1, [.critical, .high, .high, .low]), .make(12, isRead: false),
      .make(123, [.medium], cluster: "prod", filter: "--risk high"),
    ]
    let words = text(.scans(scans), width: width).split { " \n".contains($0) }.map(String.init)
    let rows: [[String]] =
      width < 50
      ? [
        ["1", "critical", "·", "2", "high", "·", "0", "medium", "·", "1", "low"],
        ["?", "critical", "·", "?", "high", "·", "?", "medium", "·", "?", "low"],
        ["0", "critical", "·", "0", "high", "·", "1", "medium", "·", "0", "low"],
      ] : [["1", "2", "0", "1"], ["?", "?", "?", "?"], ["0", "0", "1", "0"]]
    for row in rows + [["not", "read"], ["--risk", "high"], ["prod"]] {
      #expect(words.contains(row), "\(row)")
    }
  }

  @Test func countsGoBelowTheirLineOnANarrowTerminal() {
    #expect(
      text(.scans([.make(1, [.high]), .make(2, isRead: false)]), width: 40) == """
        ID  TIME (UTC)
          FINDINGS
          REMARKS
          CLUSTERS
        1   1970-01-02 00:00
          0 critical · 1 high · 0 medium · 0 low
          prod-eu
        2   1970-01-03 00:00
          ? critical · ? high · ? medium · ? low
          not read
          prod-eu

        """)
  }

  /// A change of a fleet says which cluster, team and container, whatever the width.
  @Test(arguments: [40, 60, 80, 120]) func noWidthLosesWhereAChangeIs(_ width: Int) {
    let text = text(.diff(Self.plain), width: width)
    for word in ["app", "shop", "bank", "cart"] { #expect(text.contains(word), "\(word)") }
  }

  @Test(arguments: documents) func namesDoNothingToATerminal(_ document: HistoryDocument) {
    for format in document.kind.formats where format != .html {
      let text = text(document, format)
      #expect(!text.unicodeScalars.contains { $0 != "\n" && TerminalText.acts($0) })
    }
  }

  @Test func namesAreNoMarkup() throws {
    let html = text(.trend(Self.trend), .html)
    #expect(!html.contains("<img"))
    #expect(html.contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;\\u{1b}[31m\\u{202e}"))
    #expect(html.contains("default-src &#39;none&#39;; style-src"))
    #expect(!html.contains("<script"))
    let markdown = text(.diff(Self.diff), .markdown)
    #expect(
      !markdown.split(separator: "`").enumerated().contains { index, piece in
        index.isMultiple(of: 2) && piece.contains("<")
      })
  }

  /// Every element that is opened is closed, and every bar and word of the policy is ours.
  @Test func thePageIsWhole() throws {
    let script = """
      import json, sys
      from html.parser import HTMLParser
      class Reader(HTMLParser):
          def __init__(self):
              super().__init__()
              self.open, self.seen = [], set()
          def handle_starttag(self, tag, attributes):
              self.seen.add(tag)
              assert not any(n.startswith("on") or n == "style" for n, _ in attributes), attributes
              if tag != "meta": self.open.append(tag)
          def handle_startendtag(self, tag, attributes): self.seen.add(tag)
          def handle_endtag(self, tag):
              assert self.open.pop() == tag, (tag, self.getpos())
      reader = Reader()
      reader.feed(open(sys.argv[1], encoding="utf-8").read())
      assert not reader.open
      json.dump(sorted(reader.seen), sys.stdout)
      """
    let bytes = HistoryDocument.trend(Self.trend).render(as: .html, options: RenderOptions())
    let tags = try #require(Programs.python(script, reading: bytes) as? [String])
    #expect(tags.contains("rect") && tags.contains("path") && !tags.contains("script"))
  }

  @Test func aPlot() {
    #expect(
      text(
        .trend(
          Trend([
            .make(1, [.critical, .high, .low, .low]), .make(2, [.high, .low, .low]),
            .make(3, [.high], unread: [RecordedScan.noPods]), .make(4, isRead: false),
            .make(5, [.high, .high, .medium, .low, .low]),
          ])), width: 80)
          == """
          prod-eu: from 4 to 5, 1 regression
            1970-01-02 00:00  4   █▓░░
            1970-01-03 00:00  3   ▓░░    -1
            1970-01-04 00:00  1+? ▓??    2 no longer readable
            1970-01-05 00:00  ?   ???    not read; 3 before
            1970-01-06 00:00  5   ▓▓▒░░  +2, worse

          prod-eu, team web: from 4 to 5, 1 regression
            1970-01-02 00:00  4   █▓░░
            1970-01-03 00:00  3   ▓░░    -1
            1970-01-04 00:00  1+? ▓??    2 no longer readable
            1970-01-05 00:00  ?   ???    not read; 3 before
            1970-01-06 00:00  5   ▓▓▒░░  +2, worse

          Findings: █ critical, ▓ high, ▒ medium, ░ low, ? not read since

          """)
  }

  @Test func aDiff() {
    let text = text(.diff(Self.plain), width: 100)
    #expect(
      text == """
        From the former report of 2026-11-21 08:09, catalogue 2026-11-20
        to the later report of 2026-11-21 08:09, catalogue 2026-11-20

        1 appeared (cluster changed), 2 no longer readable

        CHANGE      RISK        CAUSE     NAMESPACE  WORKLOAD        CONTAINER  IMAGE               TEAM
        appeared    medium      cluster   cart       Job/web         app        k8s.gcr.io/web:1.0  -
        unreadable  high > low  coverage  bank       Deployment/web  app        k8s.gcr.io/web:1.0  -
        unreadable  medium      coverage  shop       Deployment/web  app        k8s.gcr.io/web:1.0  shop

        CLUSTER  CHANGES
        prod-eu  1 appeared (cluster changed), 2 no longer readable

        NAMESPACE  CHANGES
        bank       1 no longer readable
        cart       1 appeared (cluster changed)
        shop       1 no longer readable

        TEAM       CHANGES
        (no team)  1 appeared (cluster changed), 1 no longer readable
        shop       1 no longer readable

        NO LONGER READ
          pods (forbidden)

        WHY NO LONGER, OR ONLY NOW
          2 findings: pods (forbidden)

        """)
  }

  @Test func colours() {
    let plot = text(.trend(Self.trend), width: 80, color: true)
    #expect(plot.contains("\u{1B}[31m+2, worse\u{1B}[0m"))
    #expect(plot.contains("\u{1B}[35m??\u{1B}[0m"))
  }
}
