import Testing

@testable import Reports

/// What people see: one file per report, format and place.
@Suite struct GoldenTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let report: Report
    let format: OutputFormat
    /// Nil: a pipe.
    let width: Int?
    var color = false

    var file: String {
      let place = width.map { "-\($0)" } ?? ""
      let ending =
        switch format {
        case .table, .wide: "txt"
        case .csv, .json, .yaml: format.rawValue
        case .markdown: "md"
        case .html: "html"
        case .sarif: "sarif"
        case .junit: "xml"
        case .prometheus: "prom"
        case .name, .github: "txt"
        }
      return "\(name)-\(format.rawValue)\(place)\(color ? "-color" : "").\(ending)"
    }

    var testDescription: String { file }
  }

  static let widths: [Int?] = [40, 60, 80, 120, 200, nil]

  static let cases: [Case] =
    widths.flatMap { width in
      [
        Case(name: "mixed", report: SampleReports.mixed, format: .table, width: width),
        Case(name: "mixed", report: SampleReports.mixed, format: .wide, width: width),
        Case(name: "hostile", report: SampleReports.hostile, format: .table, width: width),
        Case(name: "hostile", report: SampleReports.hostile, format: .wide, width: width),
      ]
    } + [
      Case(name: "mixed", report: SampleReports.mixed, format: .csv, width: nil),
      Case(name: "mixed", report: SampleReports.mixed, format: .json, width: nil),
      Case(name: "hostile", report: SampleReports.hostile, format: .csv, width: nil),
      Case(name: "hostile", report: SampleReports.hostile, format: .json, width: nil),
      Case(name: "mixed", report: SampleReports.mixed, format: .yaml, width: nil),
      Case(name: "hostile", report: SampleReports.hostile, format: .yaml, width: nil),
      Case(name: "mixed", report: SampleReports.mixed, format: .name, width: nil),
      Case(name: "mixed", report: SampleReports.mixed, format: .table, width: 120, color: true),
    ]
    + [OutputFormat.markdown, .html, .sarif, .junit, .prometheus, .github].flatMap { format in
      [
        Case(name: "mixed", report: SampleReports.mixed, format: format, width: nil),
        Case(name: "hostile", report: SampleReports.hostile, format: format, width: nil),
        Case(name: "sweep", report: SampleReports.sweep, format: format, width: nil),
      ]
    } + [
      Case(name: "mixed", report: SampleReports.mixed, format: .wide, width: 120, color: true),
      Case(name: "clean", report: SampleReports.clean, format: .table, width: 60),
      Case(name: "clean", report: SampleReports.clean, format: .table, width: nil),
      Case(name: "clean", report: SampleReports.clean, format: .wide, width: nil),
      Case(name: "doubtful", report: SampleReports.doubtful, format: .table, width: 40),
      Case(name: "doubtful", report: SampleReports.doubtful, format: .wide, width: nil),
      Case(name: "sweep", report: SampleReports.sweep, format: .table, width: 80),
      Case(name: "sweep", report: SampleReports.sweep, format: .table, width: nil),
      Case(name: "sweep", report: SampleReports.sweep, format: .wide, width: 120),
      Case(name: "sweep", report: SampleReports.sweep, format: .csv, width: nil),
      Case(name: "sweep", report: SampleReports.sweep, format: .json, width: nil),
      Case(name: "forbidden", report: SampleReports.forbidden, format: .table, width: 80),
      Case(name: "forbidden", report: SampleReports.forbidden, format: .table, width: nil),
      Case(name: "clean-rows", report: SampleReports.cleanRows, format: .table, width: 80),
      Case(name: "clean-rows", report: SampleReports.cleanRows, format: .wide, width: 80),
      Case(name: "clean-rows", report: SampleReports.cleanRows, format: .csv, width: nil),
    ]
    + [OutputFormat.table, .wide, .csv, .json, .sarif, .junit, .prometheus, .github].map {
      Case(name: "selected", report: SampleReports.selected, format: $0, width: nil)
    }

  @Test(arguments: cases) func matchesGolden(_ test: Case) throws {
    let options = RenderOptions(
      width: test.width ?? 80, color: test.color, isTerminal: test.width != nil)
    let bytes = render(test.report, as: test.format, options: options)
    try Golden.expect(test.format == .html ? Self.withoutAssets(bytes) : bytes, test.file)
  }

  /// The page itself: style and script are files of their own.
  private static func withoutAssets(_ bytes: [UInt8]) -> [UInt8] {
    var text = String(decoding: bytes, as: UTF8.self)
    for (asset, name) in [(HTMLAssets.style, "report.css"), (HTMLAssets.script, "report.js")] {
      text = text.replacing(asset.text, with: "(\(name))")
        .replacing(asset.policySource.replacing("'", with: ""), with: "(hash of \(name))")
    }
    return Array(text.utf8)
  }

  @Test func everyGoldenHasItsOwnFile() {
    #expect(Set(Self.cases.map(\.file)).count == Self.cases.count)
  }
}
