import Inventory
import YAMLDocuments

/// Finds every reference of one text, as its kind says.
package struct ReferenceSearch: Sendable {
  private let search: TextSearch

  package init(_ search: TextSearch) {
    self.search = search
  }

  package func references(in bytes: [UInt8], kind: SourceKind) -> SearchedText {
    var result: SearchedText
    switch kind {
    case .structured: result = structured(bytes)
    case .template: result = text(bytes, comments: .template, readsImageLines: true)
    case .text(let comments): result = text(bytes, comments: comments, readsImageLines: false)
    case .dockerfile:
      result = SearchedText()
      (result.references, result.mentions) = DockerfileSearch.references(
        in: bytes, search: search)
    case .archive: result = SearchedText()
    }
    result.references.sort { left, right in
      let (one, other) = (left.mainPart.range.lowerBound, right.mainPart.range.lowerBound)
      return one == other ? left.path < right.path : one < other
    }
    return result
  }

  private func text(
    _ bytes: [UInt8], comments: CommentStyle, readsImageLines: Bool
  ) -> SearchedText {
    var result = SearchedText()
    (result.references, result.mentions) = TextFileSearch(
      search: search, comments: comments, readsImageLines: readsImageLines
    ).references(in: bytes, 0..<bytes.count)
    return result
  }

  /// Document by document, so that a broken one leaves the others readable; it is searched as text.
  private func structured(_ bytes: [UInt8]) -> SearchedText {
    var result = SearchedText()
    for document in ManifestSplitter.documents(of: bytes) {
      let source = SourceText(document.bytes, of: bytes)
      do {
        let nodes = try YAMLDocuments.load(source.bytes, limits: ManifestReader.limits)
        for node in nodes where !node.isNull {
          var reader = DocumentSearch(search)
          reader.document(node, in: source)
          result.references += Self.distinct(reader.found)
        }
        result.mentions += mentions(in: bytes, document, reader: result.references)
      } catch {
        let text = TextFileSearch(search: search, comments: .hash, readsImageLines: true)
          .references(in: bytes, document.bytes.indices)
        result.references += text.found
        result.mentions += text.mentions
        // A template of whatever fills in `{{ }}`: not YAML, and not meant to be.
        guard document.bytes.range(ofBytes: Array("{{".utf8)) == nil else { continue }
        let line = error.position.map { document.firstLine + $0.line - 1 }
        result.problems.append(SourceProblem(line: line, why: error.problem))
      }
    }
    return result
  }

  /// A registry that stands apart is text, or a prefix, until the images that it belongs to are
  /// met.
  private static func distinct(_ found: [FoundReference]) -> [FoundReference] {
    let isWhole = { (reference: FoundReference) in
      reference.confidence != .text && reference.representative == nil && !reference.isOpen
    }
    let told = found.filter(isWhole).flatMap(\.parts).map(\.range)
    return found.filter { reference in
      isWhole(reference) || !told.contains { $0.overlaps(reference.mainPart.range) }
    }
  }

  /// References in the comments of a document that was parsed.
  private func mentions(
    in bytes: [UInt8], _ document: ManifestDocument, reader: [FoundReference]
  ) -> Int {
    var mentions = 0
    search.eachLine(in: bytes, document.bytes.indices) { line in
      let first = line.first { bytes[$0] != 0x20 && bytes[$0] != 0x09 }
      guard let first, bytes[first] == UInt8(ascii: "#") else { return }
      mentions += search.hits(in: bytes, line).count { hit in
        !reader.contains { $0.mainPart.range.overlaps(hit.range) }
      }
    }
    return mentions
  }
}
