import Foundation
import Testing

@testable import Reports

@Suite struct MarkdownTests {
  private func text(_ report: Report, by dimension: GroupDimension? = nil) -> String {
    String(
      decoding: render(report, as: .markdown, options: RenderOptions(dimension: dimension)),
      as: UTF8.self)
  }

  @Test(arguments: [
    ("shop", "`shop`"), ("", "–"), ("a`b|c", "`a\\u{60}b\\u{7c}c`"), ("a\nb", "`a\\nb`"),
    ("<b>@x", "`<b>@x`"),
  ])
  func names(name: String, expected: String) {
    #expect(Markdown.code(name) == expected)
  }

  @Test(arguments: [
    ("frozen since 2023-04-03; pulls: none", "frozen since 2023-04-03; pulls: none"),
    ("2 of 3 nodes", "2 of 3 nodes"), ("0.1.0", "0.1.0"), ("1. one", "`1. one`"),
    ("1) one", "`1) one`"), ("- item", "`- item`"), ("# heading", "`# heading`"),
    ("ask @team", "`ask @team`"), ("see #12", "`see #12`"), ("see gh-12", "`see gh-12`"),
    ("at https://x.example", "`at https://x.example`"), ("at www.x.example", "`at www.x.example`"),
    ("a_b *c* <d> [e] ~f & g", "a\\_b \\*c\\* \\<d\\> \\[e\\] \\~f \\& g"),
    ("go :tada: home", "`go :tada: home`"), ("costs $5$", "`costs $5$`"),
    ("commit deadbeef1", "`commit deadbeef1`"), ("a|b", "`a\\u{7c}b`"), ("", "–"),
  ])
  func sentences(sentence: String, expected: String) {
    #expect(Markdown.prose(sentence) == expected)
  }

  /// Every row of every table has its columns, whatever names say (GFM 4.10: pipes within code
  /// count as well).
  @Test(arguments: DocumentSamples.all) func rowsKeepTheirColumns(_ report: Report) {
    var columns: Int?
    for line in text(report).split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("| ") else {
        columns = nil
        continue
      }
      let count = line.count { $0 == "|" }
      #expect(columns == nil || columns == count, "\(line)")
      columns = count
    }
  }

  /// Nothing from a cluster stands outside of code, save in sentences that hold no mark.
  @Test func hostileTextIsCode() {
    for line in text(DocumentSamples.hostile).split(separator: "\n") where !line.hasPrefix("```") {
      var outside = ""
      for (index, part) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      where index.isMultiple(of: 2) {
        outside += part
      }
      if line.hasPrefix("kubectl ") { continue }
      #expect(line.count { $0 == "`" }.isMultiple(of: 2), "\(line)")
      // What is escaped is itself and nothing more.
      for mark in ["<", "[", "_", "*"] { outside = outside.replacing("\\\(mark)", with: "") }
      for mark in ["<s", "<i", "<!", "](", "@", "#1", "www.", "evil", "$"] {
        #expect(!outside.contains(mark), "\(line)")
      }
    }
  }

  /// GitHub takes 65,536 characters.
  @Test func largeReportsFitAnIssue() {
    for dimension in GroupDimension.allCases {
      let text = text(DocumentSamples.large(3_000), by: dimension)
      #expect(text.utf8.count <= 65_536)
      #expect(text.contains("did not fit"))
      #expect(text.hasSuffix("Written by kubectl gcr-report 0.1.0.\n"))
    }
  }

  @Test func exceptionsAndFiltersAreSaid() {
    let text = text(DocumentSamples.setAside)
    for words in [
      "4 findings not shown", "| mitigated | 1 |", "## Mitigated",
      "**critical** (mitigated until 2026-12-24)", "medium (accepted until 2027-01-31)",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  /// A section of its own behind those that count, in which the mitigated finding stands once.
  @Test func whatIsMitigatedStandsBehindWhatCounts() throws {
    let text = text(DocumentSamples.setAside)
    let sections: [String] = Array(text.components(separatedBy: "\n## ").dropFirst())
    #expect(
      sections.map { String($0.prefix { $0 != "\n" }) } == [
        "Summary", "Namespace `shop`: medium", "Mitigated", "Registries", "Next",
      ])
    let mitigated = try #require(sections.first { $0.hasPrefix("Mitigated") })
    #expect(mitigated.contains("`web` `Deployment/front`"))
    #expect(text.components(separatedBy: "`Deployment/front`").count == 2)
  }

  /// The filter stands in the head, as it was typed and harmless.
  @Test func theFilterIsNamedInTheHead() {
    let lines = text(SampleReports.selected).split(separator: "\n")
    #expect(
      lines.contains {
        $0.hasPrefix("**filtered by ") && $0.contains("--risk low") && $0.hasSuffix("not shown.**")
      }, "\(lines.prefix(8))")
  }

  @Test func everyTeamHasASectionOfItsOwn() {
    let lines = text(DocumentSamples.tenClusters, by: .team).split(separator: "\n")
    let headings = lines.filter { $0.hasPrefix("## Team") }
    #expect(
      Set(headings) == [
        "## Team `payments`: high+?", "## Team `platform`: critical+?",
        "## Team (no team): critical+?",
      ])
    #expect(!lines.contains { $0.hasPrefix("## Namespace") })
  }
}
