import Foundation
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

/// The report in a real Chromium, which `make test-real` installs: sorted, filtered and opened by
/// keyboard, in both themes, on a telephone, on paper, and without JavaScript.
@Suite(
  .enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"), .serialized)
struct HTMLRealToolsTests {
  private struct Page: Decodable {
    let title: String
    let rows: Int
    let scripts: Int
    let landmarks: [String]
    let broken: [String]
    let contrast: Ratio
    let darkContrast: Ratio
    let sorted: [String]?
    let reversed: [String]?
    let story: String?
    let searched: [Bool]?
    let filtered: Int?
    let linked: Link?
    let themes: [Bool]
    let screenshot: Int
    let overflow: Int
    let pdf: String
    let complaints: [String]
    let requests: Int
    let refused: [String]
    let owned: Bool
    let plainRows: Int
    let plainControls: Int
  }

  /// The least contrast, and where.
  private struct Ratio: Decodable {
    let value: Double
    let place: String

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      value = try container.decode(Double.self)
      place = try container.decode(String.self)
    }
  }

  /// How many rows a click in the map leaves, and whether all are of that namespace.
  private struct Link: Decodable {
    let rows: Int
    let areAllThere: Bool

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      rows = try container.decode(Int.self)
      areAllThere = try container.decode(Bool.self)
    }
  }

  private func page(_ report: Report) throws -> Page {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Browser/read_report.py").path
    let output = try Programs.run(
      ["python3", "-B", script], reading: render(report, as: .html))
    return try JSONDecoder().decode(Page.self, from: output)
  }

  private func expectSound(_ page: Page) {
    #expect(page.complaints == [])
    #expect(page.requests == 1)
    #expect(page.scripts == 1)
    #expect(page.landmarks == ["header", "nav", "main", "footer"])
    #expect(page.broken == [])
    // WCAG 2.2, 1.4.3.
    #expect(page.contrast.value >= 4.5, "\(page.contrast.place)")
    #expect(page.darkContrast.value >= 4.5, "\(page.darkContrast.place)")
    #expect(page.themes == [true, true])
    #expect(page.screenshot > 10_000)
    #expect(page.overflow <= 0)
    #expect(page.pdf == "%PDF-")
    #expect(page.refused == ["img-src", "script-src-elem", "style-src-attr"])
    #expect(!page.owned)
    #expect(page.plainControls == 0)
  }

  @Test(.timeLimit(.minutes(5))) func findingsAreSortedFilteredAndOpened() throws {
    let report = DocumentSamples.tenClusters
    let page = try page(report)
    expectSound(page)
    let findings = report.clusters.flatMap(\.findings)
    #expect(page.rows == findings.count)
    #expect(page.plainRows == findings.count)
    let namespaces = findings.map(\.use.workload.namespace).sorted()
    #expect(page.sorted == namespaces)
    #expect(page.reversed == namespaces.reversed())
    #expect(page.story?.contains("a reason") == true)
    #expect(page.searched?.isEmpty == false)
    #expect(page.searched?.allSatisfy { $0 } == true)
    #expect(page.filtered == findings.count { $0.risk == .critical })
    #expect(page.linked?.areAllThere == true)
    #expect((page.linked?.rows ?? 0) > 0)
  }

  @Test(.timeLimit(.minutes(5))) func hostileNamesDoNothing() throws {
    let page = try page(DocumentSamples.hostile)
    expectSound(page)
    #expect(page.rows == DocumentSamples.hostileTexts.count)
  }

  @Test(.timeLimit(.minutes(5)), arguments: [SampleReports.clean, DocumentSamples.unread])
  func pagesWithoutFindings(_ report: Report) throws {
    let page = try page(report)
    expectSound(page)
    #expect(page.rows == 0)
  }
}
