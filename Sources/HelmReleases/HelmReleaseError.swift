/// Why a stored release could not be read. It never quotes what is stored.
package enum HelmReleaseError: Error, Hashable, Sendable {
  /// The object has no key `release`, or an empty one.
  case noData
  case notBase64
  /// Neither gzip nor a JSON object.
  case unknownFormat
  /// The compressed text ends too early.
  case truncated
  /// The compressed text contradicts itself.
  case damaged
  case tooLarge(limit: Int)
  /// It grows more than any chart does: made to exhaust whoever reads it.
  case bomb(ratio: Int)
  case notRelease(atByte: Int)
  case outOfMemory
}

extension HelmReleaseError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noData: "it has no key \"release\""
    case .notBase64: "its release is not base64"
    case .unknownFormat: "its release is neither gzip nor a JSON object"
    case .truncated: "its compressed release ends too early"
    case .damaged: "its compressed release is damaged"
    case .tooLarge(let limit): "its release is larger than \(limit >> 20) MiB"
    case .bomb(let ratio): "its release grows more than \(ratio)-fold, as no chart does"
    case .notRelease(let offset): "its release is no JSON of Helm's (byte \(offset))"
    case .outOfMemory: "out of memory while reading its release"
    }
  }
}
