import ImageReferences
import Inventory
import RegistryCatalogue
import Testing

@testable import Reports

@Suite struct ExceptionsTests {
  private static let file = """
    apiVersion: gcr-report/v1
    kind: Exceptions
    exceptions:
    - context: prod-*
      namespace: [shop, web]
      workload: "*/cart"
      image: k8s.gcr.io/*
      rule: k8s-*
      kind: mitigated
      reason: a mirror serves it
      expires: 2026-11-21
    - {namespace: shop, kind: accepted, reason: "we move, in January", expires: "2027-01-31"}
    """

  private func exceptions(_ text: String = file) throws -> Exceptions {
    try ExceptionsReader(path: "e.yaml").read(Array(text.utf8))
  }

  private let cart = Finding.make(.make("shop", "Deployment", "cart"), risk: .high)
  private let other = Finding.make(.make("shop", "Deployment", "other"))

  private func report(_ findings: [Finding], asOf: String = "2026-11-21") -> Report {
    .make(asOf: asOf, clusters: [.make(namespaces: ["shop", "x"], findings: findings)])
  }

  @Test func theFirstThatMatchesCounts() throws {
    let (marked, complaints) = try exceptions().applied(
      to: report([cart, other, .make(.make("x"))]))
    let waivers = Dictionary(
      uniqueKeysWithValues: marked.clusters[0].findings.map { ($0.use.workload.name, $0.waiver) })
    #expect(
      waivers["cart"]
        == Waiver(kind: .mitigated, reason: "a mirror serves it", until: .make("2026-11-21")))
    #expect(waivers["other"]??.kind == .accepted)
    #expect(waivers["web"] == .some(nil))
    #expect(complaints == [])
    #expect(marked.waivedFindings == 2)
  }

  /// A mitigated finding is not at risk, an accepted one is; neither may fail a pipeline.
  @Test func whatTheyMeanForTheSums() throws {
    let marked = try exceptions().applied(to: report([cart, other])).report
    let shop = try #require(marked.clusters[0].namespaces.first { $0.name == "shop" })
    #expect(shop.risk == .medium && shop.atRisk == 1 && shop.mitigated == 1)
    #expect(shop.worst?.use.workload.name == "other")
    #expect(marked.clusters[0].findings.allSatisfy { !$0.mayFail })
    #expect(marked.clusters[0].findings.map(\.use.workload.name) == ["other", "cart"])
    let alone = try exceptions().applied(to: report([cart])).report.clusters[0]
    #expect(alone.namespaces.map(\.riskWord).sorted() == ["clean", "mitigated"])
    #expect(
      TableRenderer.summary(alone)
        == "0 critical · 0 high · 0 medium · 0 low · 0 unknown · 1 mitigated · 1 clean · 1 waived")
  }

  /// Nothing keeps the trouble away from what cannot be pulled now.
  @Test func whatFailsNowIsNotMitigated() throws {
    let failing = Finding.make(
      .make("shop", "Deployment", "cart"), exposure: .failing, risk: .high)
    let (marked, complaints) = try exceptions().applied(to: report([failing, other]))
    let shop = try #require(marked.clusters[0].namespaces.first { $0.name == "shop" })
    #expect(shop.risk == .high && shop.atRisk == 2 && shop.mitigated == 0)
    #expect(shop.worst?.use.workload.name == "cart")
    #expect(complaints == [.failing(line: 4, workload: "shop/Deployment/cart")])
    #expect(marked.waivedFindings == 2)
    #expect(marked.clusters[0].findings.allSatisfy { !$0.mayFail })
  }

  /// In force until the end of its last day, on the day that the report is of.
  @Test(arguments: [
    ("2026-11-20", Waiver.Kind.mitigated, 0), ("2026-11-21", .mitigated, 0),
    ("2026-11-22", .accepted, 1), ("2027-01-31", .accepted, 1), ("2027-02-01", nil, 2),
  ])
  func expiry(asOf: String, kind: Waiver.Kind?, expired: Int) throws {
    let (marked, complaints) = try exceptions().applied(to: report([cart, other], asOf: asOf))
    let found = marked.clusters[0].findings.first { $0.use.workload.name == "cart" }
    #expect(found?.waiver?.kind == kind)
    let all = [
      Exceptions.Complaint.expired(line: 4, on: .make("2026-11-21")),
      .expired(line: 12, on: .make("2027-01-31")),
    ]
    #expect(complaints == Array(all.prefix(expired)))
  }

  @Test func unmatchedEntriesAreNamed() throws {
    #expect(try exceptions().applied(to: report([other])).complaints == [.unmatched(line: 4)])
    // Other contexts and other namespaces were not looked at.
    var elsewhere = report([])
    elsewhere.clusters[0].contexts = ["staging"]
    #expect(try exceptions().applied(to: elsewhere).complaints == [.unmatched(line: 12)])
    var narrow = report([])
    narrow.clusters = [.make(namespaces: ["x"])]
    #expect(try exceptions().applied(to: narrow, within: [Glob("x")]).complaints == [])
  }

  @Test func historyIsMatchedAndNeverWaivedInTheSums() throws {
    var old = cart
    old.exposure = .history
    let (marked, complaints) = try exceptions().applied(to: report([old, other]))
    #expect(complaints == [])
    #expect(marked.waivedFindings == 1)
    #expect(marked.clusters[0].findings.last?.isHistory == true)
  }

  @Test(arguments: [
    ("", "line 1, field \"(document)\": expected one document with \"exceptions\", found none"),
    ("[]", "line 1, field \"(document)\": expected a mapping, found a list"),
    (
      "rules: []",
      "line 1, field \"(document)\": unknown field \"rules\"; expected one of apiVersion, kind, exceptions"
    ),
    ("kind: Exceptions", "line 1, field \"(document)\": \"exceptions\" is missing"),
    (
      "kind: Report\nexceptions: []",
      "line 1, field \"kind\": unknown \"Report\"; expected Exceptions"
    ),
    ("exceptions: {}", "line 1, field \"exceptions\": expected a list, found a mapping"),
    ("exceptions:\n- 1", "line 2, field \"exceptions[0]\": expected a mapping, found a number"),
    (
      "exceptions:\n- {rule: x, kind: accepted, expires: 2026-01-01}",
      "line 2, field \"exceptions[0]\": \"reason\" is missing"
    ),
    (
      "exceptions:\n- {rule: x, kind: accepted, reason: y}",
      "line 2, field \"exceptions[0]\": \"expires\" is missing"
    ),
    (
      "exceptions:\n- {rule: x, reason: y, expires: 2026-01-01}",
      "line 2, field \"exceptions[0]\": \"kind\" is missing"
    ),
    (
      "exceptions:\n- {kind: accepted, reason: y, expires: 2026-01-01}",
      "line 2, field \"exceptions[0]\": it would match everything; expected one of context, namespace, workload, image, rule"
    ),
    (
      "exceptions:\n- rule: x\n  kind: ok\n  reason: y\n  expires: 2026-01-01",
      "line 3, field \"exceptions[0].kind\": unknown \"ok\"; expected mitigated or accepted"
    ),
    (
      "exceptions:\n- rule: x\n  kind: accepted\n  reason: ' '\n  expires: 2026-01-01",
      "line 4, field \"exceptions[0].reason\": expected a string, found an empty one"
    ),
    (
      "exceptions:\n- rule: x\n  kind: accepted\n  reason: y\n  expires: 2026-02-30",
      "line 5, field \"exceptions[0].expires\": \"2026-02-30\" is no day; expected YYYY-MM-DD"
    ),
    (
      "exceptions:\n- rule: []\n  kind: accepted\n  reason: y\n  expires: 2026-02-03",
      "line 2, field \"exceptions[0].rule\": expected a pattern, found an empty list"
    ),
    (
      "exceptions:\n- workload: web\n  kind: accepted\n  reason: y\n  expires: 2026-02-03",
      "line 2, field \"exceptions[0].workload\": \"web\" names no kind; expected KIND/NAME, for example \"Deployment/web\" or \"*/web\""
    ),
    (
      "exceptions:\n- rul: x",
      "line 2, field \"exceptions[0]\": unknown field \"rul\"; expected one of context, namespace, workload, image, rule, kind, reason, expires"
    ),
    (
      "exceptions: [",
      "line 1, column 14: not YAML: while parsing a flow node, did not find expected node content"
    ),
    (
      "a: 1\n---\nb: 2",
      "line 3, field \"(document)\": expected one document with \"exceptions\", found several"
    ),
  ])
  func whatIsWrong(text: String, expected: String) {
    do {
      _ = try exceptions(text)
      Issue.record("it was accepted")
    } catch {
      #expect("\(error)" == "exceptions file \"e.yaml\", \(expected)")
    }
  }

  @Test func noBeginningMakesTrouble() {
    let bytes = Array(Self.file.utf8)
    for length in bytes.indices {
      do {
        _ = try ExceptionsReader(path: "e").read(Array(bytes[..<length]))
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }
}
