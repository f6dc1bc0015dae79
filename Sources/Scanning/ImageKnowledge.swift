package import Inventory

/// What the catalogue says of images, as far as a scan needs it to find them.
package struct ImageKnowledge: Sendable {
  /// Whether there is something to say against a reference.
  let recognizes: ImageRecognizer
  /// Whether a text names an image of the catalogue.
  let isCatalogued: @Sendable (String) -> Bool

  package init(
    recognizes: @escaping ImageRecognizer, isCatalogued: @escaping @Sendable (String) -> Bool
  ) {
    self.recognizes = recognizes
    self.isCatalogued = isCatalogued
  }

  package static let none = ImageKnowledge(
    recognizes: { _ in false }, isCatalogued: { _ in false })
}
