import Foundation
import RegistryCatalogue
import Reports
import Testing

@testable import CommandLineTool

@Suite struct HelpTopicTests {
  private func page(_ name: String, width: Int = 100) throws -> String {
    let topic = try #require(HelpTopic.all(.standard).first { $0.name == name })
    return HelpPage(registry: .standard, width: width).topic(topic)
  }

  private func lines(_ text: String) -> [[Substring]] {
    text.split(separator: "\n").map { $0.split(separator: " ") }
  }

  @Test func theList() {
    let list = HelpPage(registry: .standard, width: 80).topicList()
    #expect(
      HelpTopic.all(.standard).map(\.name) == [
        "risk", "rules", "exit-status", "formats", "filters",
      ])
    for topic in HelpTopic.all(.standard) {
      #expect(list.contains("  \(topic.name) "))
      #expect(!topic.summary.hasSuffix("."))
    }
  }

  @Test func everyFormatAndStatusIsThere() throws {
    let formats = try lines(page("formats")).compactMap(\.first)
    for format in OutputFormat.allCases { #expect(formats.contains(Substring(format.rawValue))) }
    let statuses = try lines(page("exit-status")).compactMap(\.first)
    for status in ToolStatus.allCases { #expect(statuses.contains("\(status.rawValue)")) }
    #expect(Set(ToolStatus.precedence) == Set(ToolStatus.allCases))
  }

  /// The order that the page tells is the one that decides.
  @Test func thePrecedenceIsTheOneInForce() {
    func facts(_ status: ToolStatus) -> ExitFacts {
      switch status {
      case .done: ExitFacts()
      case .error: ExitFacts(hasError: true)
      case .usage: ExitFacts(hasUsageError: true)
      case .findings: ExitFacts(hasFindings: true)
      case .incomplete: ExitFacts(isClusterUnread: true)
      case .interrupted, .terminated, .hungUp: ExitFacts(wasInterrupted: true)
      }
    }
    // No command decides on these: the process leaves with the status of the signal that came
    // first.
    let decided = ToolStatus.precedence.filter { $0 != .terminated && $0 != .hungUp }
    for (index, strong) in decided.enumerated() {
      for weak in decided[index...] {
        var both = facts(strong)
        let other = facts(weak)
        both.wasInterrupted = both.wasInterrupted || other.wasInterrupted
        both.hasUsageError = both.hasUsageError || other.hasUsageError
        both.hasError = both.hasError || other.hasError
        both.hasFindings = both.hasFindings || other.hasFindings
        both.isClusterUnread = both.isClusterUnread || other.isClusterUnread
        #expect(ToolStatus.decide(both) == strong)
      }
    }
  }

  /// The matrix of the page is the one that judges findings.
  @Test func theRiskMatrix() throws {
    let exposures = Exposure.allCases
    let page = try page("risk")
    #expect(page.contains("FATE                 " + exposures[0].rawValue.uppercased()))
    let rows = RiskMatrix.table
    #expect(rows.count == 6)
    for row in rows {
      let line = try #require(
        page.split(separator: "\n").first { $0.hasPrefix("  \(row.fate)  ") })
      let cells = line.dropFirst(row.fate.count + 2).split(separator: " ").map(String.init)
      #expect(
        cells
          == exposures.map { row.risks[$0] == .clean ? "-" : row.risks[$0]?.rawValue ?? "" })
    }
    #expect(rows.first?.risks[.failing] == .critical)
    #expect(rows.last?.risks[.pulls] == .clean)
  }

  @Test func narrowPagesListTheMatrix() throws {
    let page = try page("risk", width: 60)
    #expect(page.contains("failing critical, pulls critical"))
  }

  @Test func filtersAreTheFlagsOfSelection() throws {
    let page = try page("filters")
    for flag in CommandRegistry.standard.flags.definitions(for: .scan)
    where flag.category == .selection {
      #expect(page.contains(FlagWording.spelling(flag)))
    }
  }

  @Test func fatesAndCertainties() throws {
    let rules = try lines(page("rules")).compactMap(\.first)
    for fate in Fate.allCases { #expect(rules.contains(Substring(fate.rawValue))) }
    for certainty in Certainty.allCases {
      #expect(rules.contains(Substring(certainty.rawValue)))
    }
  }

  private static let readme = Project.root.appending(path: "README.md")

  /// The README's tables say what the code does.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: readme.path)))
  func readmeIsInStep() throws {
    let text = try String(contentsOf: Self.readme, encoding: .utf8)
    for format in OutputFormat.allCases { #expect(text.contains("\n| `\(format.rawValue)` | ")) }
    for status in ToolStatus.allCases { #expect(text.contains("\n| \(status.rawValue) | ")) }
    for row in RiskMatrix.table {
      let risks = [Exposure.failing, .pulls, .cached, .dormant, .history].map { exposure in
        row.risks[exposure] == .clean ? "–" : row.risks[exposure]?.rawValue ?? ""
      }
      #expect(row.risks[.pulls] == row.risks[.unknown])
      #expect(text.contains(" | " + risks.joined(separator: " | ") + " |\n"), "\(row.fate)")
    }
    for topic in HelpTopic.all(.standard) { #expect(text.contains(topic.name)) }
  }
}
