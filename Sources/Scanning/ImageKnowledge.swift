package import Inventory

/// What the catalogue says of images, as far as a scan needs it to find them.
package struct ImageKnowledge: Sendable {
  /// Whether there is something to say against a reference.
  let recognizes: ImageRecognizer
  /// What a text is that no schema explains.
  let recognizesText: CataloguedTextRecognizer

  package init(
    recognizes: @escaping ImageRecognizer, recognizesText: @escaping CataloguedTextRecognizer
  ) {
    self.recognizes = recognizes
    self.recognizesText = recognizesText
  }

  package static let none = ImageKnowledge(
    recognizes: { _ in false }, recognizesText: { _ in nil })
}
