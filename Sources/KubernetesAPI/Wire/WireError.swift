/// Why a body could not be decoded. Offsets count bytes of the decoded body (after gzip), from 0.
package enum WireError: Error, Hashable, Sendable {
  /// The body ended too early: the connection was cut, and another attempt may succeed.
  case incomplete(atByte: Int)
  /// The bytes break the encoding's grammar or the schema.
  case malformed(atByte: Int, expected: String)
  case itemTooLarge(atByte: Int, limit: Int)
  case tooDeep(atByte: Int, limit: Int)
  /// A well-formed body of another type, for example a `Status` or a `Table`; `found` is
  /// `apiVersion kind` as the body has it, empty when it names none.
  case wrongKind(found: String, expected: String)
}

extension WireError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .incomplete(let offset):
      "the answer ends after byte \(offset), before its end"
    case .malformed(let offset, let expected):
      "the answer is malformed at byte \(offset), expected \(expected)"
    case .itemTooLarge(let offset, let limit):
      "the object at byte \(offset) of the answer is larger than \(limit) bytes"
    case .tooDeep(let offset, let limit):
      "the answer is nested deeper than \(limit) levels at byte \(offset)"
    case .wrongKind(let found, let expected):
      "the answer holds \"\(found)\", expected \"\(expected)\""
    }
  }
}
