import Foundation
import RegistryCatalogue
import Testing

@testable import Remediation

/// Tests/Fixtures/policy: what becomes of an image, written by hand. Tests/Policies holds the same
/// table against a real API server and against a Rego interpreter.
struct VerdictTable: Decodable {
  struct Verdict: Decodable, Sendable, CustomTestStringConvertible {
    let image: String
    let rule: String?
    let use: String?

    var testDescription: String { image }
  }

  let asOf: String
  let verdicts: [Verdict]

  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/policy")

  static func read() throws -> VerdictTable {
    try JSONDecoder().decode(
      VerdictTable.self, from: Data(contentsOf: folder.appending(path: "verdicts.json")))
  }

  /// The catalogue with the table's own rules.
  static func catalogue() throws -> Catalogue {
    let rules = try Data(contentsOf: folder.appending(path: "rules.yaml"))
    return try Catalogue.embedded.adding(Array(rules), path: "rules.yaml")
  }

  func day() throws -> CalendarDate { try #require(CalendarDate(asOf)) }

  /// With the rules that are enforced by default.
  func meaning() throws -> PolicyMeaning {
    let day = try day()
    return PolicyMeaning(try Self.catalogue(), asOf: day) { rule in
      [.gone, .retiring, .frozen, .moved].contains(rule.fate(on: day).fate) && !rule.isUnverified
    }
  }
}
