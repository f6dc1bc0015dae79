/// Reads DER elements one after another, never past their bounds (ITU-T X.690).
struct DERReader {
  enum Tag: UInt8 {
    case integer = 0x02
    case objectIdentifier = 0x06
    case utcTime = 0x17
    case generalizedTime = 0x18
    case sequence = 0x30
    case set = 0x31
    /// `[0] EXPLICIT`, as tbsCertificate's version.
    case version = 0xA0
  }

  private(set) var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    self.bytes = bytes[...]
  }

  private init(slice: ArraySlice<UInt8>) {
    bytes = slice
  }

  var isAtEnd: Bool { bytes.isEmpty }

  mutating func read(_ tag: Tag) throws(CertificateError) -> DERReader {
    guard bytes.first == tag.rawValue else { throw .malformed }
    return try readAny()
  }

  mutating func readOptional(_ tag: Tag) throws(CertificateError) -> DERReader? {
    bytes.first == tag.rawValue ? try readAny() : nil
  }

  /// The content of the next element, whatever its type.
  mutating func readAny() throws(CertificateError) -> DERReader {
    guard let tag = bytes.popFirst(), tag & 0x1F != 0x1F, let first = bytes.popFirst()
    else { throw .malformed }
    var length = Int(first)
    if first & 0x80 != 0 {
      // X.690, section 8.1.3.5; four bytes are more than any certificate needs.
      let count = Int(first & 0x7F)
      guard (1...4).contains(count), bytes.count >= count else { throw .malformed }
      length = bytes.prefix(count).reduce(0) { $0 << 8 | Int($1) }
      bytes = bytes.dropFirst(count)
    }
    guard length <= bytes.count else { throw .malformed }
    defer { bytes = bytes.dropFirst(length) }
    return DERReader(slice: bytes.prefix(length))
  }

  /// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ` (RFC 5280, section 4.1.2.5), in seconds since 1970.
  mutating func readTime() throws(CertificateError) -> Int64 {
    let isShort = bytes.first == Tag.utcTime.rawValue
    let text = try isShort ? read(.utcTime).bytes : read(.generalizedTime).bytes
    guard text.count == (isShort ? 13 : 15), text.last == UInt8(ascii: "Z"),
      text.dropLast().allSatisfy({ (48...57).contains($0) })
    else { throw .malformed }
    let digits = text.dropLast().map { Int64($0) - 48 }
    var year = digits.dropLast(10).reduce(0) { $0 * 10 + $1 }
    if isShort { year += year < 50 ? 2000 : 1900 }
    let fields = stride(from: digits.count - 10, to: digits.count, by: 2).map {
      digits[$0] * 10 + digits[$0 + 1]
    }
    guard (1...12).contains(fields[0]), (1...31).contains(fields[1]), fields[2] < 24,
      fields[3] < 60, fields[4] <= 60
    else { throw .malformed }
    let day = GregorianDay.number(year: year, month: fields[0], day: fields[1])
    return day * 86_400 + fields[2] * 3_600 + fields[3] * 60 + fields[4]
  }
}
