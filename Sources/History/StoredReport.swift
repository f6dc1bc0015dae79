import CZlib

/// A report as the history keeps it: deflated (RFC 1950), with the length of the text beside it.
struct StoredReport: Hashable {
  enum Problem: Error, Hashable, CustomStringConvertible {
    case tooLarge(Int)
    case damaged

    var description: String {
      switch self {
      case .tooLarge(let length): "\(length) bytes are more than a report may have"
      case .damaged: "its bytes are damaged"
      }
    }
  }

  /// As `merge` reads them; in bytes.
  static let limit = 1 << 30

  let length: Int
  let deflated: [UInt8]

  init(length: Int, deflated: [UInt8]) {
    self.length = length
    self.deflated = deflated
  }

  init(_ text: [UInt8]) throws(Problem) {
    guard text.count <= Self.limit else { throw .tooLarge(text.count) }
    var size = compressBound(uLong(text.count))
    var bytes = [UInt8](repeating: 0, count: Int(size))
    guard compress2(&bytes, &size, text, uLong(text.count), Z_DEFAULT_COMPRESSION) == Z_OK else {
      throw .damaged
    }
    length = text.count
    deflated = Array(bytes.prefix(Int(size)))
  }

  /// The length is not believed beyond what deflate can do (1032 to 1).
  func text() throws(Problem) -> [UInt8] {
    guard length >= 0, length <= Self.limit else { throw .tooLarge(length) }
    guard length <= 1100 * (deflated.count + 64) else { throw .damaged }
    var size = uLong(length)
    // One byte more, for zlib wants a buffer even for nothing.
    var bytes = [UInt8](repeating: 0, count: length + 1)
    guard uncompress(&bytes, &size, deflated, uLong(deflated.count)) == Z_OK,
      Int(size) == length
    else { throw .damaged }
    bytes.removeLast()
    return bytes
  }
}
