/// Tells quickly where a text may name an image, so that the rest of it, which is nearly all, is
/// looked at once: a dot before the last label of a host that the catalogue knows, a slash after an
/// account of Docker Hub that it knows.
struct TextPlaces: Sendable {
  /// The last labels of the hosts, in lower case: `io` of `k8s.gcr.io`.
  private let labels: [[UInt8]]
  /// By the byte after the dot.
  private let beginsLabel: [Bool]
  private let accounts: [[UInt8]]

  /// - Parameter hosts: in lower case; a leading `*` stands for a part of a label.
  init(hosts: [String], accounts: [[UInt8]]) {
    self.accounts = accounts
    let labels = Set(
      hosts.map { host in
        let name = host.split(separator: ":").first ?? ""
        return String(name.split(separator: ".").last ?? "")
      }.filter { !$0.isEmpty })
    self.labels = labels.sorted().map { Array($0.utf8) }
    var begins = [Bool](repeating: false, count: 256)
    for label in self.labels { begins[Int(label[0])] = true }
    beginsLabel = begins
  }

  /// The first such place.
  ///
  /// - Parameter seesKeys: whether the end of `image:` counts too.
  func next(in bytes: [UInt8], _ range: Range<Int>, seesKeys: Bool = false) -> Int? {
    let text = bytes.span
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      if byte == UInt8(ascii: ".") {
        if endsHost(text, index + 1, range.upperBound) { return index }
      } else if byte == UInt8(ascii: "/") {
        if endsAccount(text, index, range.lowerBound) { return index }
      } else if seesKeys, byte == UInt8(ascii: ":") {
        if isImageKey(text, index, range.lowerBound) { return index }
      }
      index += 1
    }
    return nil
  }

  private func endsHost(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    guard start < end, beginsLabel[Int(Self.lowered(text[start]))] else { return false }
    return labels.contains { label in
      let stop = start + label.count
      guard stop <= end else { return false }
      for index in 0..<label.count where Self.lowered(text[start + index]) != label[index] {
        return false
      }
      return stop == end || !Self.isLabelByte(text[stop])
    }
  }

  private func endsAccount(_ text: Span<UInt8>, _ end: Int, _ start: Int) -> Bool {
    accounts.contains { account in
      let first = end - account.count
      guard first >= start else { return false }
      for index in 0..<account.count where text[first + index] != account[index] { return false }
      return true
    }
  }

  private func isImageKey(_ text: Span<UInt8>, _ end: Int, _ start: Int) -> Bool {
    let key: StaticString = "image"
    let length = key.utf8CodeUnitCount
    guard end - start >= length else { return false }
    return key.withUTF8Buffer { wanted in
      for index in 0..<length where text[end - length + index] != wanted[index] { return false }
      return true
    }
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }

  private static func isLabelByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      return true
    default: return false
    }
  }
}
