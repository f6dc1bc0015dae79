/// The regular files of a tar archive in memory: ustar, pax and GNU's long names.
///
/// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "ustar Interchange Format"
/// and "pax Header Block"; https://www.gnu.org/software/tar/manual/html_node/Standard.html
package struct TarArchive {
  package struct File: Hashable, Sendable {
    /// As the archive has it: a label, whatever `..` or `/` it holds.
    package let name: String
    package let content: ArraySlice<UInt8>
  }

  package enum Fault: Error, Hashable, Sendable {
    case truncated
    /// A header contradicts itself.
    case damaged(atByte: Int)
    case tooManyFiles(limit: Int)
  }

  /// In the archive's order; links, devices and folders are left out.
  package private(set) var files: [File] = []
  /// Why the files are not all.
  package private(set) var fault: Fault?

  package init(_ bytes: [UInt8], maximumFiles: Int) {
    var reader = TarReader(bytes)
    do throws(Fault) {
      while let file = try reader.next() {
        guard files.count < maximumFiles else { throw .tooManyFiles(limit: maximumFiles) }
        files.append(file)
      }
    } catch {
      fault = error
    }
  }
}

/// The walk over an archive, entry by entry.
private struct TarReader {
  private struct Entry {
    /// In the archive.
    let place: Int
    let kind: UInt8
    let header: ArraySlice<UInt8>
    let content: ArraySlice<UInt8>
  }

  private static let block = 512
  /// Of one name or one pax header.
  private static let longestHeader = 1 << 20

  private let bytes: [UInt8]
  private var position = 0
  /// What the headers before an entry say of it.
  private var longName: String?
  private var paxSize: Int?

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next regular file; nil when there is none.
  mutating func next() throws(TarArchive.Fault) -> TarArchive.File? {
    while let entry = try nextEntry() {
      switch entry.kind {
      case UInt8(ascii: "L"):
        longName = String(decoding: entry.content.prefix { $0 != 0 }, as: UTF8.self)
      case UInt8(ascii: "x"):
        guard let values = Self.pax(entry.content) else { throw .damaged(atByte: entry.place) }
        if let path = values["path"] { longName = path }
        paxSize = values["size"].flatMap(Int.init).flatMap { $0 < 0 ? nil : $0 }
      // A global header, and the name of a link's target.
      case UInt8(ascii: "g"), UInt8(ascii: "K"): break
      default:
        // What is said of a folder or a link ends with it too.
        defer { (longName, paxSize) = (nil, nil) }
        // `0`, and NUL of old programs; `7` is read as `0`.
        guard [UInt8(ascii: "0"), 0, UInt8(ascii: "7")].contains(entry.kind) else { continue }
        let name = longName ?? Self.name(entry.header)
        if !name.hasSuffix("/") { return TarArchive.File(name: name, content: entry.content) }
      }
    }
    return nil
  }

  private mutating func nextEntry() throws(TarArchive.Fault) -> Entry? {
    guard position < bytes.count else { return nil }
    let place = position
    guard bytes.count - place >= Self.block else { throw .truncated }
    let header = bytes[place..<(place + Self.block)]
    // Two blocks of zeros end the archive; nobody writes just one elsewhere.
    if header.allSatisfy({ $0 == 0 }) { return nil }
    guard Self.isIntact(header), var size = Self.number(header, 124, 12) else {
      throw .damaged(atByte: place)
    }
    let kind = header[place + 156]
    let isAboutNext = kind == UInt8(ascii: "x") || kind == UInt8(ascii: "L")
    if !isAboutNext, let paxSize { size = paxSize }
    let start = place + Self.block
    guard size <= bytes.count - start else { throw .truncated }
    guard !isAboutNext || size <= Self.longestHeader else { throw .damaged(atByte: place) }
    position = start + (size + Self.block - 1) / Self.block * Self.block
    return Entry(
      place: place, kind: kind, header: header, content: bytes[start..<(start + size)])
  }

  /// The sum of all bytes, the field itself taken as blanks.
  private static func isIntact(_ header: ArraySlice<UInt8>) -> Bool {
    let start = header.startIndex
    guard let told = number(header, 148, 8) else { return false }
    var sum = 0
    for (offset, byte) in header.enumerated() {
      sum += (148..<156).contains(offset) ? 0x20 : Int(byte)
    }
    return sum == told && header.endIndex == start + block
  }

  /// Octal digits, or base 256 behind a set first bit (GNU).
  private static func number(_ header: ArraySlice<UInt8>, _ offset: Int, _ length: Int) -> Int? {
    let start = header.startIndex + offset
    let field = header[start..<(start + length)]
    if let first = field.first, first & 0x80 != 0 {
      // 0xFF begins a negative number.
      guard first == 0x80 else { return nil }
      var value = 0
      for byte in field.dropFirst() {
        guard value < Int.max >> 9 else { return nil }
        value = value << 8 | Int(byte)
      }
      return value
    }
    let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(digit) else { return nil }
      value = value << 3 | Int(digit - UInt8(ascii: "0"))
    }
    return value
  }

  private static func name(_ header: ArraySlice<UInt8>) -> String {
    func text(_ offset: Int, _ length: Int) -> String {
      let start = header.startIndex + offset
      return String(
        decoding: header[start..<(start + length)].prefix { $0 != 0 }, as: UTF8.self)
    }
    let name = text(0, 100)
    // GNU's own format (`ustar` and two blanks) keeps times where ustar has the prefix.
    let magic = header[(header.startIndex + 257)..<(header.startIndex + 263)]
    guard magic.elementsEqual("ustar\0".utf8) else { return name }
    let prefix = text(345, 155)
    return prefix.isEmpty ? name : "\(prefix)/\(name)"
  }

  /// `LENGTH KEY=VALUE\n`, where LENGTH counts the whole record.
  private static func pax(_ content: ArraySlice<UInt8>) -> [String: String]? {
    var values: [String: String] = [:]
    var rest = content
    while !rest.isEmpty {
      let digits = rest.prefix { $0 != 0x20 }
      guard digits.count < 8, let length = Int(String(decoding: digits, as: UTF8.self)),
        length > digits.count + 2, length <= rest.count
      else { return nil }
      let record = rest.prefix(length).dropFirst(digits.count + 1)
      guard record.last == 0x0A, let sign = record.firstIndex(of: UInt8(ascii: "=")) else {
        return nil
      }
      values[String(decoding: record[..<sign], as: UTF8.self)] = String(
        decoding: record[(sign + 1)...].dropLast(), as: UTF8.self)
      rest = rest.dropFirst(length)
    }
    return values
  }
}
