import ImageReferences
import RegistryCatalogue
import Testing

@testable import Remediation

@Suite("What a policy means")
struct PolicyMeaningTests {
  @Test("Every image of the table gets its verdict")
  func table() throws {
    let table = try VerdictTable.read()
    let meaning = try table.meaning()
    for verdict in table.verdicts {
      switch meaning.decide(verdict.image) {
      case .admitted:
        #expect(verdict.rule == nil, "\(verdict.image)")
      case .judged(let rule, let use):
        #expect(rule.id == verdict.rule, "\(verdict.image)")
        #expect(use == verdict.use, "\(verdict.image)")
      }
    }
    #expect(table.verdicts.count > 100)
  }

  @Test("Judges as the catalogue does, whichever rules count", arguments: [1, 2, 3, 7])
  func agreesWithTheCatalogue(step: Int) throws {
    let table = try VerdictTable.read()
    let catalogue = try VerdictTable.catalogue()
    let day = try table.day()
    let chosen = Set(
      catalogue.rules.enumerated().filter { $0.offset % step == 0 }.map(\.element.id))
    let meaning = PolicyMeaning(catalogue, asOf: day) { chosen.contains($0.id) }
    let images = catalogue.rules.flatMap(\.examples) + table.verdicts.map(\.image)
    for image in images {
      let reference = ImageText.parse(image).reference
      let judged = reference.flatMap { catalogue.judge($0, asOf: day).rule?.id }
      let expected = judged.flatMap { chosen.contains($0) ? $0 : nil }
      switch meaning.decide(image) {
      case .admitted: #expect(expected == nil, "\(image)")
      case .judged(let rule, _): #expect(rule.id == expected, "\(image)")
      }
    }
  }

  @Test("What a machine writes is the catalogue's mechanical replacement")
  func replacements() throws {
    let table = try VerdictTable.read()
    let catalogue = try VerdictTable.catalogue()
    let meaning = try table.meaning()
    for verdict in table.verdicts {
      guard case .judged(_, let use?) = meaning.decide(verdict.image),
        let reference = ImageText.parse(verdict.image).reference
      else { continue }
      let replacement = catalogue.judge(reference, asOf: try table.day()).replacement
      #expect(replacement?.isMechanical == true)
      #expect(replacement?.text == use)
      #expect(meaning.decide(use) == .admitted)
    }
  }

  @Test("Expressions match the keys that the patterns find, and no others")
  func expressions() throws {
    let table = try VerdictTable.read()
    let meaning = try table.meaning()
    let references = table.verdicts.compactMap { ImageText.parse($0.image).reference }
    for clause in meaning.clauses {
      let match = try Regex(ReferenceKey.expression(clause.pattern, tags: clause.tags))
      let unless = try ReferenceKey.exceptions(clause.exceptions).map { try Regex($0) }
      for reference in references {
        let key = Self.key(reference)
        let isFound =
          key.firstMatch(of: match) != nil && unless.map { key.firstMatch(of: $0) != nil } != true
        #expect(isFound == (clause.find(reference) != nil), "\(key) \(clause.pattern)")
        if isFound { #expect(key.hasPrefix(ReferenceKey.prefix(clause.pattern))) }
      }
    }
  }

  @Test("The grammar's expression takes what the parser takes")
  func grammar() throws {
    let grammar = try Regex(ReferenceKey.reference)
    let none = try Regex(ReferenceKey.noReference)
    for verdict in try VerdictTable.read().verdicts {
      let text = verdict.image.drop { $0.isWhitespace && $0.isASCII }
      let trimmed = String(text.reversed().drop { $0.isWhitespace && $0.isASCII }.reversed())
      let isReference = ImageText.parse(trimmed).reference != nil
      let isTaken =
        trimmed.firstMatch(of: grammar) != nil && trimmed.firstMatch(of: none) == nil
      // The length of the repository is asked of the hits alone.
      #expect(isTaken == isReference || trimmed.utf8.count > 255, "\(trimmed)")
    }
  }

  private static func key(_ reference: ImageReference) -> String {
    let tag = reference.tag.map { ":\($0)" } ?? ""
    return "\(reference.matchingHost)/\(reference.repository)\(tag)"
  }
}
