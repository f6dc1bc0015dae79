import Inventory

/// Images whose tag stands beside them: `imageRepository` and `imageTag`.
extension CustomObjectReader {
  static func mayLackTag(_ meaning: FieldMeaning) -> Bool {
    switch meaning {
    case .likelyImage, .likelyContainerImage, .cataloguedImage, .baseImage: true
    default: false
    }
  }

  /// A text; of a field that says a tag the text of a number too; nil of all else, which is skipped.
  func word(
    _ name: String, _ bytes: Span<UInt8>, _ cursor: inout JSONCursor
  ) throws(WireError) -> String? {
    switch try cursor.peek(bytes) {
    case .string: return try cursor.readText(bytes).map { decoder.strings.text(bytes, $0) }
    case .number where TagSibling.mayBeNumber(name):
      return decoder.strings.text(bytes, try cursor.skipValue(bytes))
    default:
      try cursor.skipValue(bytes)
      return nil
    }
  }

  /// Notes where a field stands before its value is read.
  mutating func setBeside(
    _ node: FieldTree, _ key: JSONText, _ bytes: Span<UInt8>, _ object: JSONCursor
  ) {
    let isWanted = node.fields.contains { Self.mayLackTag($0.meaning) }
    beside = isWanted ? (decoder.strings.text(bytes, key), object) : nil
  }

  /// A text whose tag may stand in another field of the same object.
  mutating func tagged(
    _ meaning: FieldMeaning, _ confidence: UseConfidence, _ text: String, _ field: String,
    _ object: JSONCursor, _ bytes: Span<UInt8>
  ) throws(WireError) {
    let sibling = meaning == .baseImage ? TagSibling.ofBaseImage : TagSibling(of: field)
    var siblings: [String: String] = [:]
    var cursor = object
    guard try cursor.enterObject(bytes) else { return }
    while let key = try cursor.nextKey(bytes) {
      let name = decoder.strings.text(bytes, key)
      guard sibling.mayBe(name) else {
        try cursor.skipValue(bytes)
        continue
      }
      if let value = try word(name, bytes, &cursor) { siblings[name] = value }
    }
    let name = meaning == .cataloguedImage ? ImageCandidate.artifact(text) ?? text : text
    let image = sibling.complete(name, with: siblings)
    switch meaning {
    case .cataloguedImage where prefix(name, confidence): return
    case .cataloguedImage: catalogued(image, confidence, mayBeShort: true)
    case .baseImage: found.add(image, .configuration, confidence)
    default:
      let isContainer = meaning == .likelyContainerImage
      guard ImageCandidate.reads(image.text, besideContainerFields: isContainer) else { return }
      found.add(image, isContainer ? .container : .configuration, confidence)
    }
  }
}
