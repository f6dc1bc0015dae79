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

  package enum Fault: Hashable, Sendable {
    case truncated
    /// A header contradicts itself.
    case damaged(atByte: Int)
    case tooManyFiles(limit: Int)
  }

  /// In the archive's order; links, devices and folders are left out.
  package private(set) var files: [File] = []
  /// Why the files are not all.
  package private(set) var fault: Fault?

  private static let block = 512
  /// Of one name or one pax header.
  private static let longestHeader = 1 << 20

  package init(_ bytes: [UInt8], maximumFiles: Int) {
    var position = 0
    var longName: String?
    while position < bytes.count {
      guard bytes.count - position >= Self.block else {
        fault = .truncated
        return
      }
      let header = bytes[position..<(position + Self.block)]
      // Two blocks of zeros end the archive; nobody writes just one elsewhere.
      if header.allSatisfy({ $0 == 0 }) { return }
      guard Self.isIntact(header), var size = Self.number(header, 124, 12) else {
        fault = .damaged(atByte: position)
        return
      }
      let kind = header[position + 156]
      let start = position + Self.block
      var isHeader = false
      switch kind {
      case UInt8(ascii: "x"), UInt8(ascii: "L"): isHeader = true
      default: if let own = paxSize { size = own }
      }
      guard size <= bytes.count - start else {
        fault = .truncated
        return
      }
      let content = bytes[start..<(start + size)]
      if isHeader {
        guard size <= Self.longestHeader else {
          fault = .damaged(atByte: position)
          return
        }
        if kind == UInt8(ascii: "L") {
          longName = String(decoding: content.prefix { $0 != 0 }, as: UTF8.self)
        } else if let values = Self.pax(content) {
          if let path = values["path"] { longName = path }
          paxSize = values["size"].flatMap(Int.init).flatMap { $0 < 0 ? nil : $0 }
        } else {
          fault = .damaged(atByte: position)
          return
        }
      } else {
        // `0`, and NUL of old programs; `7` is read as `0`.
        if [UInt8(ascii: "0"), 0, UInt8(ascii: "7")].contains(kind) {
          guard files.count < maximumFiles else {
            fault = .tooManyFiles(limit: maximumFiles)
            return
          }
          let name = longName ?? Self.name(header)
          if !name.hasSuffix("/") { files.append(File(name: name, content: content)) }
        }
        // What a global header, a folder or a link says ends with it too.
        if kind != UInt8(ascii: "g"), kind != UInt8(ascii: "K") { (longName, paxSize) = (nil, nil) }
      }
      position = start + (size + Self.block - 1) / Self.block * Self.block
    }
  }

  /// Of the pax header before an entry.
  private var paxSize: Int?

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
