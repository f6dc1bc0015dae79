import Testing
import YAMLDocuments

@testable import Remediation

@Suite("Policies as documents")
struct PolicyDocumentTests {
  private static let cases: [(PolicyEngine, PolicyAction)] = PolicyEngine.allCases.flatMap {
    engine in
    engine.actions.map { (engine, $0) }
  }

  private func documents(_ text: String) throws -> [YAMLNode] {
    try YAMLDocuments.load(text)
  }

  @Test("Every engine and action is YAML that says the same once more", arguments: cases)
  func parses(engine: PolicyEngine, action: PolicyAction) throws {
    let meaning = try VerdictTable.read().meaning()
    let bundle = PolicyBundle(meaning, options: PolicyOptions(engine: engine, action: action))
    let documents = try documents(bundle.text)
    let expected =
      switch (engine, action) {
      case (.validatingAdmissionPolicy, _): 8
      case (.mutatingAdmissionPolicy, _): 4
      case (.kyverno, _): 1
      case (.kyvernoCEL, .rewrite): 2
      case (.kyvernoCEL, _): 4
      case (.gatekeeper, _): 2
      }
    #expect(documents.count == expected)
    for document in documents {
      #expect(document["metadata"]?["annotations"]?["gcr-report/as-of"]?.string == "2026-11-21")
      #expect(document["metadata"]?["name"]?.string?.hasPrefix("gcr") == true)
    }
    #expect(
      bundle.text
        == PolicyBundle(
          meaning, options: PolicyOptions(engine: engine, action: action)
        ).text)
  }

  @Test("The folder holds the steps in order", arguments: PolicyEngine.allCases)
  func folder(engine: PolicyEngine) throws {
    let bundle = PolicyBundle(
      try VerdictTable.read().meaning(),
      options: PolicyOptions(engine: engine, action: engine.actions[0]))
    let names = bundle.files.map(\.name)
    let expected: [String] =
      switch engine {
      case .validatingAdmissionPolicy, .gatekeeper:
        ["1-policy.yaml", "2-audit.yaml", "3-warn.yaml", "4-deny.yaml"]
      case .kyverno: ["2-audit.yaml", "3-warn.yaml", "4-deny.yaml"]
      case .kyvernoCEL: ["2-audit.yaml", "3-warn.yaml", "4-deny.yaml", "5-rewrite.yaml"]
      case .mutatingAdmissionPolicy: ["1-policy.yaml", "5-rewrite.yaml"]
      }
    #expect(names == ["README.md"] + expected)
    let readme = try #require(bundle.files.first?.content)
    for name in expected { #expect(readme.contains(name), "\(name)") }
    #expect(readme.contains("`k8s-gcr-io`: frozen since 2023-04-03"))
  }

  @Test(
    "Each action is what the engine calls it",
    arguments: [
      (PolicyAction.audit, ["Audit"], "Audit", false, "dryrun"),
      (.warn, ["Warn", "Audit"], "Audit", true, "warn"),
      (.deny, ["Deny", "Audit"], "Enforce", false, "deny"),
    ])
  func actions(
    action: PolicyAction, validation: [String], failure: String, warns: Bool, enforcement: String
  ) throws {
    let meaning = try VerdictTable.read().meaning()
    func last(_ engine: PolicyEngine) throws -> YAMLNode {
      let bundle = PolicyBundle(meaning, options: PolicyOptions(engine: engine, action: action))
      return try #require(try documents(bundle.text).last?["spec"])
    }
    for engine in [PolicyEngine.validatingAdmissionPolicy, .kyvernoCEL] {
      let spec = try last(engine)
      #expect(spec["validationActions"]?.sequence?.compactMap(\.string) == validation)
    }
    let kyverno = try last(.kyverno)
    #expect(kyverno["emitWarning"]?.bool == warns)
    let actions = kyverno["rules"]?.sequence?.compactMap {
      $0["validate"]?["failureAction"]?.string
    }
    #expect(actions == Array(repeating: failure, count: 4))
    #expect(try last(.gatekeeper)["enforcementAction"]?.string == enforcement)
  }

  @Test(
    "A CEL literal holds any text",
    arguments: [
      ("plain", "'plain'"), ("it's", #"'it\'s'"#), (#"\"#, #"'\\'"#), ("'+'", #"'\'+\''"#),
      ("a\nb\rc\td", #"'a\nb\rc\td'"#), ("\u{0}", #"'\u0000'"#), ("é\u{2028}", #"'\u00E9\u2028'"#),
      ("\u{1F600}", #"'\U0001F600'"#), (#"\'"#, #"'\\\''"#), ("", "''"),
    ])
  func literals(text: String, literal: String) {
    #expect(CELText.literal(text) == literal)
  }

  @Test("No title, note or advice of a rule stands in an expression", arguments: cases)
  func quoting(engine: PolicyEngine, action: PolicyAction) throws {
    let bundle = PolicyBundle(
      try VerdictTable.read().meaning(), options: PolicyOptions(engine: engine, action: action))
    #expect(!bundle.text.contains("quoted"))
    #expect(!bundle.text.contains("true || ("))
  }

  @Test("What a judged object makes is judged only on request")
  func owned() throws {
    let meaning = try VerdictTable.read().meaning()
    for includes in [false, true] {
      let text = PolicyBundle(
        meaning,
        options: PolicyOptions(
          engine: .validatingAdmissionPolicy, action: .deny, includesOwned: includes)
      ).text
      #expect(text.contains("not-made-by-what-is-judged") != includes)
      #expect(text.contains("not-a-mirror-pod"))
    }
  }
}
