/// What the catalogue knows a text to be that no schema explains.
package enum CataloguedText: Hashable, Sendable {
  case image
  /// Images begin so, and it is none itself: `gcr.io/istio-release`. One of them, to be judged in
  /// its place.
  case prefix(representative: String)
}

/// Nil for a text that the catalogue has no word on; injected, so that a reader of objects need not
/// know the catalogue.
package typealias CataloguedTextRecognizer = @Sendable (String) -> CataloguedText?
