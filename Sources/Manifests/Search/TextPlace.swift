/// What stands around a place on a line.
struct TextPlace {
  private let bytes: [UInt8]
  private let start: Int
  private let line: Range<Int>

  init(_ bytes: [UInt8], _ start: Int, line: Range<Int>) {
    self.bytes = bytes
    self.start = start
    self.line = line
  }

  func follows(_ text: StaticString) -> Bool {
    let wanted = text.withUTF8Buffer { Array($0) }
    guard start - line.lowerBound >= wanted.count else { return false }
    return bytes[(start - wanted.count)..<start].elementsEqual(wanted)
  }

  /// Whether nothing that belongs to a path, a variable or an address stands right before.
  var beginsWord: Bool {
    guard start > line.lowerBound else { return true }
    let before = bytes[start - 1]
    // `image:minio/minio`, `${IMAGE:-minio/minio}`.
    if before == UInt8(ascii: ":") { return isValueOfImageKey }
    if before == UInt8(ascii: "-") { return follows(":-") }
    return before <= 0x20 || "\"'`=([,>".utf8.contains(before)
  }

  /// `image: X`, `"baseImage": "X"`, `MINIO_IMAGE=X`, `--image=X`, `--image X`, `${IMAGE:-X}`.
  var isValueOfImageKey: Bool {
    var index = start
    func skip(_ signs: String) {
      while index > line.lowerBound, signs.utf8.contains(bytes[index - 1]) { index -= 1 }
    }
    skip("\"'`")
    let hasBlank = index > line.lowerBound && bytes[index - 1] == 0x20
    skip(" \t")
    let sign = index > line.lowerBound ? bytes[index - 1] : 0
    var isAssigned = sign == UInt8(ascii: ":") || sign == UInt8(ascii: "=")
    if sign == UInt8(ascii: "-"), !hasBlank, follows(":-") {
      isAssigned = true
      index -= 1
    }
    if isAssigned {
      // `=`, `:`, `:=`, `?=`, `:-`
      index -= 1
      skip(":?+")
      skip(" \t")
      skip("\"'")
    }
    let key = word(endingAt: index)
    // A flag's value may stand after a blank; of other words that is prose.
    guard isAssigned || (hasBlank && key.hasPrefix("-")) else { return false }
    return Self.imageKeys.contains(where: key.hasSuffix)
  }

  /// `--image-repository X`
  var isValueOfRegistryFlag: Bool {
    var end = start
    while end > line.lowerBound, bytes[end - 1] == 0x20 { end -= 1 }
    let flag = word(endingAt: end)
    return end < start && flag.hasPrefix("--")
      && ["registry", "repository", "repo"].contains(where: flag.hasSuffix)
  }

  /// A key or flag, in lower case; empty when none ends there.
  private func word(endingAt end: Int) -> String {
    var index = end
    while index > line.lowerBound, Self.isKeyByte(bytes[index - 1]) { index -= 1 }
    return String(decoding: bytes[index..<end], as: UTF8.self).lowercased()
  }

  private static let imageKeys = [
    "image", "image.repository", "image_repository", "imagename", "image_name", "image-name",
  ]

  /// `FROM X`, `FROM --platform=P X AS stage`, at a line's beginning.
  var isBaseImage: Bool {
    guard start > line.lowerBound, start - line.lowerBound <= Self.longestInstruction else {
      return false
    }
    let words = bytes[line.lowerBound..<start].split { $0 == 0x20 || $0 == 0x09 }
    guard let first = words.first, first.elementsEqual("FROM".utf8),
      words.dropFirst().allSatisfy({ $0.starts(with: "--".utf8) }),
      bytes[start - 1] == 0x20 || bytes[start - 1] == 0x09
    else { return false }
    let end = min(line.upperBound, start + Self.longestInstruction)
    let rest = bytes[start..<end].split { $0 <= 0x20 }.dropFirst()
    guard let next = rest.first else { return true }
    return next.elementsEqual("AS".utf8) || next.elementsEqual("as".utf8)
      || next.first == UInt8(ascii: "#")
  }

  private static let longestInstruction = 1 << 10

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      return true
    default: return false
    }
  }
}
