import Foundation
import Testing

@testable import Reports

/// More findings than one table of `-o html` takes, in a real Chromium: the tables are one list
/// that is sorted, filtered and leafed through as a whole, and without a script nothing of it is
/// missing.
@Suite(
  .enabled(if: ProcessInfo.processInfo.environment["GCR_REPORT_REAL_TOOLS"] == "1"), .serialized)
struct HTMLTablesRealToolsTests {
  private struct Page: Decodable {
    let steps: [Step]
    let opened: Int
    let complaints: [String]
    let requests: Int
  }

  /// What was shown after one thing that a reader did.
  private struct Step: Decodable {
    let step: String
    let tables: [[Row]]
    let known: Int
    let status: String
    let orders: [String?]
    let more: Bool

    var rows: [Row] { tables.flatMap { $0 } }
  }

  private struct Row: Decodable, Hashable {
    let id: String
    let risk: String
    let namespace: String
    let workload: String

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      id = try container.decode(String.self)
      risk = try container.decode(String.self)
      namespace = try container.decode(String.self)
      workload = try container.decode(String.self)
    }

    init(id: String, risk: String, number: Int) {
      self.id = id
      self.risk = risk
      namespace = "team-\(number % 400)"
      workload = "Deployment/service-\(number)"
    }
  }

  private static let count = 1_234
  private static let report = DocumentSamples.large(count)

  /// In the report's order: of `large(_:)` every fourth finding has the same risk; worst first,
  /// then by namespace and name, byte by byte.
  private static let expected: [Row] = {
    let numbers = (0..<4).flatMap { risk in
      stride(from: risk, to: count, by: 4).map { (risk: risk, number: $0) }.sorted {
        ("team-\($0.number % 400)", "service-\($0.number)")
          < ("team-\($1.number % 400)", "service-\($1.number)")
      }
    }
    return numbers.enumerated().map { place, finding in
      Row(
        id: "f\(place)", risk: ["critical", "high", "medium", "low"][finding.risk],
        number: finding.number)
    }
  }()

  /// `team-9` before `team-10`, as the page sorts names with numbers.
  private static func number(_ row: Row) -> Int {
    Int(row.namespace.dropFirst("team-".count)) ?? -1
  }

  @Test(.timeLimit(.minutes(5))) func severalTablesAreOneList() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Browser/read_tables.py").path
    let output = try Programs.run(
      ["python3", "-B", script], reading: render(Self.report, as: .html))
    let page = try JSONDecoder().decode(Page.self, from: output)
    #expect(page.complaints == [])
    #expect(page.requests == 1)
    let steps = Dictionary(page.steps.map { ($0.step, $0) }, uniquingKeysWith: { $1 })
    func step(_ name: String) throws -> Step { try #require(steps[name]) }
    #expect(Set(Self.expected.map(\.namespace)).count == 400)
    // Whatever is shown, every finding is in the document once.
    #expect(page.steps.allSatisfy { $0.known == Self.count })

    // Leafing through: as many tables as are needed, the worst first.
    for (name, sizes, status) in [
      ("opened", [500], "1,234 findings, the first 500 shown"),
      ("more", [500, 500], "1,234 findings, the first 1,000 shown"),
      ("all", [500, 500, 234], "1,234 findings"),
    ] {
      let seen = try step(name)
      #expect(seen.tables.map(\.count) == sizes, "\(name)")
      #expect(seen.rows == Array(Self.expected.prefix(sizes.reduce(0, +))), "\(name)")
      #expect(seen.status == status)
      #expect(seen.more == (sizes.count < 3))
    }

    // Sorting by the last table's heading sorts all of them; equals stay in their order.
    let places = Dictionary(
      Self.expected.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { $1 })
    let ascending = Self.expected.sorted {
      (Self.number($0), places[$0.id] ?? 0) < (Self.number($1), places[$1.id] ?? 0)
    }
    let descending = Self.expected.sorted {
      (-Self.number($0), places[$0.id] ?? 0) < (-Self.number($1), places[$1.id] ?? 0)
    }
    for (name, order, word) in [
      ("sorted", ascending, "ascending"), ("reversed", descending, "descending"),
    ] {
      let seen = try step(name)
      #expect(seen.tables.map(\.count) == [500, 500, 234])
      #expect(seen.rows == order, "\(name)")
      #expect(seen.orders == [word, word, word])
    }

    // A filter gathers what matches and keeps the order.
    let low = descending.filter { $0.risk == "low" }
    let filtered = try step("filtered")
    #expect(low.count == 308)
    #expect(filtered.tables.map(\.count) == [308])
    #expect(filtered.rows == low)
    #expect(filtered.status == "308 of 1,234 findings")
    #expect(try step("searched").rows.map(\.workload) == ["Deployment/service-1231"])
    #expect(try step("nothing").status == "0 of 1,234 findings")

    // Cleared, printed, and after that: the first page, all, the first page.
    #expect(try step("cleared").rows == Array(descending.prefix(500)))
    #expect(try step("printing").rows == descending)
    #expect(try step("printed").rows == Array(descending.prefix(500)))

    // Without a script everything is there, in the report's order, and opens.
    let plain = try step("plain")
    #expect(plain.tables.map(\.count) == [500, 500, 234])
    #expect(plain.rows == Self.expected)
    #expect(!plain.more)
    #expect(page.opened == Self.count)
  }
}
