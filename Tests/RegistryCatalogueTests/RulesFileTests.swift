import ImageReferences
import Testing

@testable import RegistryCatalogue

@Suite("Rules files")
struct RulesFileTests {
  let catalogue: Catalogue

  init() throws {
    catalogue = try Catalogue.embedded
  }

  private func adding(_ text: String) throws -> Catalogue {
    try catalogue.adding(Array(text.utf8), path: "my.yaml")
  }

  @Test("three lines declare one's own projects ok")
  func ownProjects() throws {
    let own = try adding(
      """
      rules:
      - {id: own-projects, fate: ok,
         match: [gcr.io/acme-prod, eu.gcr.io/acme-prod]}
      """)
    #expect(try own.ruleID("gcr.io/acme-prod/api:1") == "own-projects")
    #expect(try own.judge(reference("eu.gcr.io/acme-prod/a"), asOf: day("2026-11-21")).fate == .ok)
    #expect(try own.ruleID("gcr.io/acme-production/api:1") == "gcr-unverified-project")
    #expect(own.rules.count == catalogue.rules.count + 1)
    #expect(own.version == catalogue.version)
    #expect(own.hasUserRules)
    #expect(own.sha256 != catalogue.sha256)
    let rule = try #require(own.rule("own-projects"))
    #expect(rule.title == "own-projects")
    #expect(rule.certainty == nil)
    #expect(own.exported().contains("- id: own-projects\n"))
  }

  @Test("nobody but the file says what a rule without certainty says, also when exported")
  func certainty() throws {
    let text = """
      rules:
      - {id: one, fate: gone, match: [one.example]}
      - {id: two, fate: gone, match: [two.example], certainty: primary}
      - {id: three, fate: probe, match: [three.example], certainty: inferred}
      """
    for own in [try adding(text), try adding(adding(text).exported())] {
      #expect(own.rule("one")?.certainty == nil)
      #expect(own.rule("two")?.certainty == .primary)
      #expect(own.rule("three")?.certainty == .inferred)
      let judgement = try own.judge(reference("one.example/a"), asOf: day("2026-11-21"))
      #expect(judgement.fate == .gone)
      #expect(judgement.certainty == nil)
    }
  }

  @Test("a known id takes the rule's place; on a tie the user's rule wins")
  func overrides() throws {
    let over = try adding("rules: [{id: k8s-gcr-io, fate: gone, match: [k8s.gcr.io]}]")
    #expect(over.rules.count == catalogue.rules.count)
    #expect(try over.judge(reference("k8s.gcr.io/pause"), asOf: day("2020-01-01")).fate == .gone)
    let tie = try adding("rules: [{id: zz, fate: ok, match: [k8s.gcr.io]}]")
    #expect(try tie.ruleID("k8s.gcr.io/pause") == "zz")
    let broad = try adding("rules: [{id: zz, fate: ok, match: [gcr.io]}]")
    #expect(try broad.ruleID("gcr.io/google_containers/pause") == "google-containers")
    #expect(try broad.ruleID("gcr.io/acme/x") == "zz")
  }

  @Test("hosts are read as references are: case and port 443 do not matter")
  func hosts() throws {
    let own = try adding("rules: [{id: own, fate: frozen, match: ['Mirror.CORP:443/team/']}]")
    #expect(try own.ruleID("mirror.corp/team/x") == "own")
    #expect(try own.ruleID("mirror.corp:5000/team/x") == nil)
    let hub = try adding(
      "rules: [{id: own, fate: ok, match: [{registry: docker.io, repository: nginx}]}]")
    #expect(try hub.ruleID("nginx:1") == "own")
  }

  @Test("an export is read back as the same rules, and is a rules file")
  func roundTrip() throws {
    let text = catalogue.exported()
    let again = try Catalogue(Array(text.utf8), path: "export.yaml")
    #expect(again.rules == catalogue.rules)
    #expect(again.version == catalogue.version)
    #expect(again.date == catalogue.date)
    #expect(again.exported() == text)
    let over = try adding(text)
    #expect(over.rules.count == catalogue.rules.count)
    #expect(over.rules.allSatisfy { $0.isUserDefined })
  }

  @Test("a newer export brings its version and date")
  func newer() throws {
    let text = "version: 2027.01.01\ndate: 2027-01-01\nrules: []\n"
    #expect(try adding(text).version == "2027.01.01")
    #expect(try !adding(text).isStale(asOf: day("2027-03-01")))
    let old = "version: 2020.01.01\ndate: 2020-01-01\nrules: []\n"
    #expect(try adding(old).version == catalogue.version)
  }

  @Test(
    "a bad file gets path, line and field",
    arguments: [
      ("", 1, "(document)", "expected one document with \"rules\", found none"),
      ("a: 1\n---\nb: 2", 3, "(document)", "expected one document with \"rules\", found several"),
      ("[]", 1, "(document)", "expected a mapping, found a list"),
      ("version: 1", 1, "(document)", "\"rules\" is missing"),
      ("rules: 3", 1, "rules", "expected a list, found a number"),
      ("apiVersion: v2\nrules: []", 1, "apiVersion", "unknown \"v2\"; expected gcr-report/v1"),
      ("rule: []", 1, "(document)", unknownRoot),
      ("rules:\n- 7", 2, "rules[0]", "expected a mapping, found a number"),
      ("rules:\n- {fate: ok}", 2, "rules[0]", "\"id\" is missing"),
      ("rules:\n- {id: a, fate: ok}", 2, "rules[0]", "\"match\" is missing"),
      ("rules:\n- {id: a, match: [b.io]}", 2, "rules[0]", "\"fates\" (or \"fate\") is missing"),
      ("rules:\n- {id: A_b, fate: ok, match: [b.io]}", 2, "rules[0].id", badID),
      (
        "rules:\n- id: a\n  fate: dead\n  match: [b.io]", 3, "rules[0].fate",
        "unknown \"dead\"; expected one of gone, retiring, frozen, moved, probe, limited, ok"
      ),
      (
        "rules:\n- id: a\n  certainty: reported\n  fate: gone\n  match: [b.io]", 4,
        "rules[0].fate",
        "only certainty primary may say \"gone\", this rule's is reported; expected probe"
      ),
      (
        "rules:\n- id: a\n  fates:\n  - {from: 2026-02-30, fate: ok}\n  match: [b.io]", 4,
        "rules[0].fates[0].from", "\"2026-02-30\" is no day; expected YYYY-MM-DD"
      ),
      (
        "rules:\n- id: a\n  fates: [{fate: ok}, {fate: gone}]\n  match: [b.io]", 3,
        "rules[0].fates[1]", "only the first fate may lack \"from\""
      ),
      (
        "rules:\n- id: a\n  fate: ok\n  match: [gcr]", 4, "rules[0].match[0]",
        "\"gcr\" is no registry host; expected a name such as gcr.io or host:5000, with at most a"
          + " leading *"
      ),
      (
        "rules:\n- id: a\n  fate: ok\n  match: [gcr.io/A*B*]", 4, "rules[0].match[0]",
        "\"A*B*\" is no path; expected whole lower-case segments such as my-project/team, with at"
          + " most one * in the last"
      ),
      (
        "rules:\n- id: a\n  fate: ok\n  match: [gcr.io/x:1]", 4, "rules[0].match[0]",
        "\"x:1\" is no path; expected whole lower-case segments such as my-project/team, with at"
          + " most one * in the last"
      ),
      (
        "rules:\n- {id: a, fate: ok, match: [b.io]}\n- {id: a, fate: ok, match: [c.io]}", 3,
        "rules[1]", "the id \"a\" stands in line 2 already"
      ),
      (
        "rules:\n- {id: a, fate: ok, match: [b.io/x]}\n- {id: c, fate: ok, match: [B.io/x]}", 3,
        "rules",
        "the rules \"a\" and \"c\" match the same references (b.io/x); make one of them more"
          + " specific"
      ),
      (
        "rules:\n- id: a\n  fate: ok\n  match: [b.io]\n  replacement: {image: '{x}/y', mechanical: true}",
        5, "rules[0].replacement.image",
        "expected only {path}, {repository}, {first}, {name} and {wildcard} in the name, then"
          + " nothing, a tag, \":{tag}\", \"@{digest}\" or \":{tag}@{digest}\""
      ),
      (
        "rules: [{id: a, fate: ok, match: [b.io], successorsOf: zz}]", 1, "rules a.successorsOf",
        "there is no rule \"zz\""
      ),
    ])
  func badFiles(_ text: String, _ line: Int, _ field: String, _ problem: String) {
    do {
      _ = try adding(text)
      Issue.record("read without an error")
    } catch let error as CatalogueError {
      guard case .invalid(let path, let actualLine, _, let actualField, let actual) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(path == "my.yaml")
      #expect(actualLine == line)
      #expect(actualField == field)
      #expect(actual == problem)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test("errors read as one line")
  func wording() {
    let error = #expect(throws: CatalogueError.self) {
      try adding("rules:\n- {id: a, fate: dead, match: [b.io]}")
    }
    #expect(
      error?.description
        == "rules file \"my.yaml\", line 2, field \"rules[0].fate\": unknown \"dead\"; expected one"
        + " of gone, retiring, frozen, moved, probe, limited, ok")
    let syntax = #expect(throws: CatalogueError.self) { try adding("rules: [") }
    #expect(syntax?.description.hasPrefix("rules file \"my.yaml\", line ") == true)
    let hostile = #expect(throws: CatalogueError.self) {
      try adding("rules: [{id: \"\\e[2J\(String(repeating: "a", count: 500))\"}]")
    }
    #expect(hostile?.description.utf8.contains(0x1B) == false)
    #expect((hostile?.description.count ?? 0) < 300)
  }

  @Test("every truncation of the embedded file is an error, never a crash")
  func truncated() {
    let bytes = EmbeddedCatalogue.bytes
    for length in stride(from: 0, to: bytes.count, by: bytes.count / 40) {
      _ = try? catalogue.adding(Array(bytes[..<length]), path: "cut.yaml")
      #expect(throws: CatalogueError.self) {
        try Catalogue(Array(bytes[..<min(length, 1000)]), path: "cut.yaml")
      }
    }
  }
}

private let unknownRoot =
  "unknown field \"rule\"; expected one of apiVersion, kind, version, date, rules"

private let badID =
  "\"A_b\" is no id; expected up to 64 lower-case letters and digits in words joined by \"-\""
