/// What `mirror` cannot work with.
package enum MirrorError: Error, Hashable, CustomStringConvertible {
  case noTarget(String)
  /// Not a reference, or one without a digest.
  case notPinned(String)
  /// From a registry that the catalogue warns of; in words what it says.
  case notLiving(String, String)

  package var description: String {
    switch self {
    case .noTarget(let text):
      "\"\(text)\" is no place for images; expected REGISTRY or REGISTRY/PREFIX such as"
        + " registry.corp.example/mirror, in lower case and without tag and scheme"
    case .notPinned(let text):
      "\"\(text)\" is not pinned; expected an image with its digest, such as"
        + " registry.corp.example/busybox@sha256:… (\"crane digest IMAGE\" tells it)"
    case .notLiving(let text, let why):
      "\"\(text)\" would be pulled from a place that may fail itself (\(why)); name an image of"
        + " another registry"
    }
  }
}
