/// Puts a response head together from the lines that libcurl hands over one at a time.
struct HeadParser {
  private var statusCode: Int?
  private var headers = HTTPHeaders()
  private var size = 0

  /// The head, when this line was the empty one that ends it.
  ///
  /// Interim answers (1xx) are dropped (RFC 9110, section 15.2).
  mutating func take(
    _ line: UnsafeRawBufferPointer, limit: Int
  ) throws(TransportError) -> HTTPResponseHead? {
    size += line.count
    guard size <= limit else { throw .badServerAnswer }
    let isContinuation = line.first == 32 || line.first == 9
    let text = Self.trimmed(line[...])
    guard let statusCode else {
      statusCode = try Self.statusCode(of: text)
      return nil
    }
    if line.allSatisfy({ $0 == 13 || $0 == 10 }) {
      self.statusCode = nil
      guard statusCode >= 200 else {
        headers = HTTPHeaders()
        return nil
      }
      return HTTPResponseHead(statusCode: statusCode, headers: headers)
    }
    if isContinuation {
      headers.extendLast(with: String(decoding: text, as: UTF8.self))
    } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
      headers.add(
        String(decoding: Self.trimmed(text[..<colon]), as: UTF8.self),
        String(decoding: Self.trimmed(text[text.index(after: colon)...]), as: UTF8.self))
    }
    return nil
  }

  /// `HTTP/1.1 200 OK` (RFC 9112, section 4).
  private static func statusCode(of line: Slice<UnsafeRawBufferPointer>) throws(TransportError)
    -> Int
  {
    let parts = line.split(separator: 32, maxSplits: 2)
    guard parts.count >= 2, parts[0].starts(with: "HTTP/".utf8), parts[1].count == 3,
      parts[1].allSatisfy({ (48...57).contains($0) })
    else { throw .badServerAnswer }
    return parts[1].reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  private static func trimmed(
    _ text: Slice<UnsafeRawBufferPointer>
  ) -> Slice<UnsafeRawBufferPointer> {
    let isSpace: (UInt8) -> Bool = { [9, 10, 13, 32].contains($0) }
    var text = text.drop(while: isSpace)
    while let last = text.last, isSpace(last) { text.removeLast() }
    return text
  }
}
