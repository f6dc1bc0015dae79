/// Why a text is no image reference.
enum ReferenceFault: Error {
  case url(scheme: String)
  case identifier
  case host
  case path(ReferenceGrammar.PathFault)
  case longRepository(length: Int)
  case emptyTag
  case longTag(length: Int)
  case badTag
  case digest(ReferenceGrammar.DigestFault)

  /// In words, for a report: lower-case, without a period, never longer than a line.
  var reason: String {
    switch self {
    case .url(let scheme):
      scheme.utf8.count <= 10
        ? "a URL, not an image reference: leave \"\(scheme)://\" out"
        : "a URL, not an image reference"
    case .identifier:
      "64 hexadecimal digits are an image id, not a repository name"
    case .host:
      "the registry host before the first \"/\" is malformed"
    case .path(let fault):
      switch fault {
      case .empty: "the repository name is empty"
      case .emptyComponent: "the repository name has an empty component between \"/\""
      case .upperCase: "the repository name must be lowercase"
      case .badSeparator:
        "the repository name has a misplaced separator: single \".\", \"_\", \"__\" or dashes"
          + " stand between letters or digits"
      case .badCharacter: "the repository name holds a character that is not allowed"
      }
    case .longRepository(let length):
      "the repository name has \(length) characters, more than the"
        + " \(ReferenceGrammar.longestRepository) allowed"
    case .emptyTag:
      "the tag after \":\" is empty"
    case .longTag(let length):
      "the tag has \(length) characters, more than the \(ReferenceGrammar.longestTag) allowed"
    case .badTag:
      "the tag holds a character that is not allowed"
    case .digest(let fault):
      switch fault {
      case .malformed: "the digest after \"@\" is malformed: expected \"sha256:\" and 64 hex digits"
      case .unknownAlgorithm:
        "the digest's algorithm is unknown: expected sha256, sha384 or sha512"
      case .wrongLength(let algorithm, let expected):
        "the digest's length is wrong: \(algorithm) has \(expected) hex digits"
      case .notLowerHex: "the digest holds something other than lower-case hex digits"
      }
    }
  }
}
