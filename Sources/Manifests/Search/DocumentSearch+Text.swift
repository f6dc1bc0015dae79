import Inventory
import YAMLDocuments

/// Scalars that are no field for an image: YAML inside YAML, and text.
extension DocumentSearch {
  private static let deepestText = 3
  private static let longestText = 1 << 20

  /// A block scalar that holds YAML; false when it is other text.
  mutating func block(
    _ node: YAMLNode, _ scalar: YAMLScalar, _ text: SourceText, path: String, context: Context
  ) -> Bool {
    guard context.depth < Self.deepestText, scalar.text.utf8.count <= Self.longestText,
      scalar.text.contains(":"), let inner = SourceText(literal: node, in: text),
      let nodes = try? YAMLDocuments.load(inner.bytes, limits: ManifestReader.limits),
      nodes.contains(where: { $0.mapping != nil || $0.sequence != nil })
    else { return false }
    claim(node, text)
    var context = context
    context.depth += 1
    for inside in nodes { document(inside, in: inner, prefix: path, context: context) }
    return true
  }

  mutating func text(
    _ node: YAMLNode, _ scalar: YAMLScalar, _ text: SourceText, path: String, context: Context
  ) {
    let range = node.byteRange.clamped(to: 0..<text.bytes.count)
    let isBlock = scalar.style == .literal || scalar.style == .folded
    claim(node, text)
    let search = search
    let isOverride = Self.isOverride(path, context.object)
    search.eachLine(in: text.bytes, range) { line in
      let end =
        isBlock
        ? CommentStyle.hash.start(in: text.bytes, line: line) : line.upperBound
      for hit in search.hits(in: text.bytes, line.lowerBound..<end, of: text.bytes.indices) {
        guard let place = text.fileRange(hit.range) else { continue }
        var reference = FoundReference(
          object: context.object, path: path, text: hit.text, confidence: .text,
          certainty: .shape,
          parts: [ReferencePart(kind: .whole, text: hit.text, range: place)])
        reference.activity = context.activity
        reference.representative = hit.representative
        reference.isOpen = hit.isOpen
        reference.notes = TextFileSearch.notes(on: hit)
        if isOverride, text.bytes[max(hit.range.lowerBound, 1) - 1] != UInt8(ascii: "=") {
          reference.matchedName = FoundReference.name(of: hit.text)
          reference.obstacle =
            "kustomize finds the image by this name: write OLD=NEW:TAG by hand"
        }
        append(reference)
      }
    }
  }
}
