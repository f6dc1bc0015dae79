import RegistryCatalogue
import Testing

@testable import CommandLineTool

@Suite("Rules as pages") struct RulesPageTests {
  private static let text = """
    apiVersion: gcr-report/v1
    kind: RegistryCatalogue
    version: 2026.11.20
    date: 2026-11-20
    rules:
    - id: cold
      title: A frozen registry
      match: [cold.example]
      except: [cold.example/kept]
      certainty: primary
      fates: [{fate: ok}, {from: 2023-04-03, fate: frozen, note: it only redirects}]
      events: [{start: 2023-03-20, kind: redirect, note: answers from elsewhere}]
      replacement: {image: 'warm.example/{path}:{tag}', mechanical: true}
      successors: [{repository: old, successor: new.example/new, note: other flags}]
      what: It froze in April 2023.
      advice: Use the other host.
      sources: ['https://example.com/cold']
      examples: [cold.example/old:1]
    - id: fine
      title: A registry that works
      match: [fine.example]
      certainty: reported
      fates: [{fate: ok}]
      what: It works.
      advice: Nothing to do.
      sources: ['https://example.com/fine']
      examples: [fine.example/x:1]

    """

  private static func page(on day: String = "2026-11-21", width: Int? = nil) throws -> RulesPage {
    RulesPage(
      catalogue: try Catalogue(Array(text.utf8), path: "rules.yaml"),
      today: try #require(CalendarDate(day)), width: width)
  }

  @Test func oneRule() throws {
    let page = try Self.page()
    let rule = try #require(page.catalogue.rule("cold"))
    #expect(
      page.explanation(of: rule) == """
        cold: A frozen registry

        Matches      cold.example/*
        Except       cold.example/kept/*
        Fate today   frozen since 2023-04-03: it only redirects
        Certainty    primary: the vendor or the project says so
        Event        2023-03-20: redirect; answers from elsewhere
        What         It froze in April 2023.
        What to do   Use the other host.
        Replacement  warm.example/{path}:{tag} (same name and tag; where a digest is pinned, a person must choose)
        Successor    old is maintained as new.example/new; other flags
        Source       https://example.com/cold
        Example      cold.example/old:1

        catalogue 2026.11.20 of 2026-11-20, sha256 \(page.catalogue.sha256)

        """)
  }

  @Test func theListIsWorstFirst() throws {
    let page = try Self.page()
    #expect(
      page.list() == """
        RULE  FATE    CERTAINTY  MATCHES
        cold  frozen  primary    cold.example/*
        fine  ok      reported   fine.example/*

        catalogue 2026.11.20 of 2026-11-20, sha256 \(page.catalogue.sha256)

        """)
  }

  @Test(arguments: [
    ("", "your rules file says so", "-"),
    ("certainty: primary,", "primary: the vendor or the project says so", "primary"),
    ("certainty: inferred,", "inferred: concluded, nobody was found who says so", "inferred"),
  ])
  func aRuleOfTheUsers(field: String, words: String, column: String) throws {
    let text = "rules: [{id: mine, fate: frozen, \(field) match: [mine.example]}]"
    let page = RulesPage(
      catalogue: try Self.page().catalogue.adding(Array(text.utf8), path: "my.yaml"),
      today: try #require(CalendarDate("2026-11-21")), width: nil)
    let rule = try #require(page.catalogue.rule("mine"))
    #expect(
      page.explanation(of: rule).contains(
        "\nCertainty    \(words)\nFrom         your rules file\n"))
    let line = try #require(page.list().split(separator: "\n").first { $0.hasPrefix("mine ") })
    #expect(line.split(separator: " ") == ["mine", "frozen", Substring(column), "mine.example/*"])
  }

  @Test func anOldCatalogueSaysSo() throws {
    let note = "It is more than 90 days old: registries may have changed since.\n"
    #expect(try Self.page(on: "2027-02-18").list().hasSuffix(note) == false)
    #expect(try Self.page(on: "2027-02-19").list().hasSuffix(note))
  }

  @Test func narrowTerminalsWrapBelowTheLabels() throws {
    let page = try Self.page(width: 40)
    let rule = try #require(page.catalogue.rule("cold"))
    #expect(
      page.explanation(of: rule).contains(
        """
        Fate today   frozen since 2023-04-03: it
                     only redirects

        """))
    let lines: [Substring] = page.list().split(separator: "\n")
    #expect(lines.prefix(3).allSatisfy { $0.count <= 40 })
  }
}
