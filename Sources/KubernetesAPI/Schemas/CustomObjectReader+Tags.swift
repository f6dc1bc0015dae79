import Inventory

/// Images whose tag stands beside them: `imageRepository` and `imageTag`.
extension CustomObjectReader {
  static func mayLackTag(_ meaning: FieldMeaning) -> Bool {
    switch meaning {
    case .likelyImage, .likelyContainerImage, .cataloguedImage, .baseImage: true
    default: false
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
      guard sibling.mayBe(name), try cursor.peek(bytes) == .string,
        let value = try cursor.readText(bytes)
      else {
        try cursor.skipValue(bytes)
        continue
      }
      siblings[name] = decoder.strings.text(bytes, value)
    }
    let name = meaning == .cataloguedImage ? ImageCandidate.artifact(text) ?? text : text
    let image = sibling.complete(name, with: siblings)
    switch meaning {
    case .cataloguedImage where prefix(name, confidence): return
    case .cataloguedImage: catalogued(image, confidence)
    case .baseImage: found.add(image, .configuration, confidence)
    default:
      let isContainer = meaning == .likelyContainerImage
      guard ImageCandidate.reads(image.text, besideContainerFields: isContainer) else { return }
      found.add(image, isContainer ? .container : .configuration, confidence)
    }
  }
}
