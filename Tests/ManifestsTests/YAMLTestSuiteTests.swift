import Foundation
import Testing

@testable import Manifests

/// https://github.com/yaml/yaml-test-suite, all of it: see Tests/Fixtures/yaml-test-suite.
@Suite struct YAMLTestSuiteTests {
  struct Document: Decodable {
    let id: String
    let text: String
    let isInvalid: Bool
    let libyamlReadsIt: Bool
  }

  static func documents() throws -> [Document] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .appendingPathComponent("Fixtures/yaml-test-suite/documents.json")
    return try JSONDecoder().decode([Document].self, from: Data(contentsOf: file))
  }

  /// A directive without a `...` before it, which YAML forbids and libyaml lets pass.
  private static let stricter: Set = ["9HCY", "EB22", "MUS6-01", "RHX7"]
  /// One anchor twice, which YAML allows and PyYAML does not.
  private static let milder: Set = ["3GZX", "PW8X"]

  @Test func readAsLibyamlReadsThem() throws {
    let documents = try Self.documents()
    #expect(documents.count > 400)
    for document in documents {
      let result = ReferenceSearch(ReferenceSearchTests.search)
        .references(in: Array(document.text.utf8), kind: .structured)
      let isRead =
        document.libyamlReadsIt && !Self.stricter.contains(document.id)
        || Self.milder.contains(document.id)
      #expect(result.problems.isEmpty == isRead, "\(document.id): \(result.problems)")
      if Self.stricter.contains(document.id) { #expect(document.isInvalid) }
    }
  }

  /// Every reference replaced by itself.
  @Test(arguments: [SourceKind.structured, .template, .dockerfile, .text(comments: .both)])
  func everyByteSurvives(kind: SourceKind) throws {
    for document in try Self.documents() {
      let bytes = Array(document.text.utf8)
      let found = ReferenceSearch(ReferenceSearchTests.search).references(in: bytes, kind: kind)
      var edits: [ReferenceEdit] = []
      for reference in found.references {
        edits += (try? reference.edits(to: reference.text)) ?? []
      }
      #expect(RewrittenText(bytes, edits: edits)?.new == bytes, "\(document.id)")
    }
  }

  /// An image beside each document, rewritten: the rest stays.
  @Test func aNeighbourIsRewrittenAlone() throws {
    for document in try Self.documents() where document.libyamlReadsIt {
      let separator = document.text.hasSuffix("\n") ? "...\n" : "\n...\n"
      let before = Array((document.text + separator + "---\nimage: old.example/a:1\n").utf8)
      let after = document.text + separator + "---\nimage: new.example/k/a:1\n"
      let text = RewriteTests.rewritten(before, .structured).text
      #expect(text.map { String(decoding: $0.new, as: UTF8.self) } == after, "\(document.id)")
    }
  }
}
