import Foundation
import Reports
import Testing

@testable import CommandLineTool

/// What the README shows and lists is what there is.
@Suite struct ReadmeTests {
  private let text: String

  init() throws {
    text = try String(
      contentsOf: Project.root.appending(path: "README.md"), encoding: .utf8)
  }

  private func section(_ title: String) throws -> Substring {
    let start = try #require(text.range(of: "\n## \(title)\n")).upperBound
    let stop = text[start...].range(of: "\n## ")?.lowerBound ?? text.endIndex
    return text[start..<stop]
  }

  @Test func theSampleIsWhatTheDemoPrints() throws {
    let golden = try String(
      contentsOf: Project.root.appending(path: "Tests/Goldens/demo-table-80.txt"), encoding: .utf8)
    #expect(text.contains("```\n\(golden)```\n"), "copy Tests/Goldens/demo-table-80.txt")
  }

  @Test func everyCommandIsDescribedOnce() throws {
    let rows = try section("Use").split(separator: "\n").filter { $0.hasPrefix("| `") }
    for command in CommandRegistry.standard.commands {
      let name = command.name.rawValue
      let own = rows.filter { row in
        row.dropFirst().prefix { $0 != "|" }.split(separator: ",").contains { cell in
          cell.split(whereSeparator: { " `".contains($0) }).first.map(String.init) == name
        }
      }
      #expect(own.count == 1, "\(name)")
    }
  }

  @Test func everyFormatIsDescribedOnce() throws {
    let rows = try section("Formats").split(separator: "\n")
    for format in OutputFormat.allCases {
      #expect(rows.count { $0.hasPrefix("| `\(format.rawValue)` |") } == 1, "\(format)")
    }
  }

  @Test func everyColumnIsNamedInItsOrder() throws {
    let columns = CSVColumns.names.map { "`\($0)`" }.joined(separator: ", ")
    #expect(try section("Formats").contains("only ever appended to: \(columns). "))
  }

  @Test(arguments: ["0", "1", "2", "3", "4", "130", "143", "129"])
  func everyExitStatusIsDescribedOnce(_ status: String) throws {
    let rows = try section("Exit status").split(separator: "\n")
    #expect(rows.count { $0.hasPrefix("| \(status) |") } == 1)
  }
}
