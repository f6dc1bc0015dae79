import YAMLDocuments

/// A text inside a file: the file itself, a document of it, or the text of a block scalar; and
/// where in the file each of its bytes stands.
struct SourceText {
  /// What a parser reads.
  let bytes: [UInt8]
  /// Whether it may hold a merge key; most texts have none, and are not copied for it.
  let mayMerge: Bool
  private let file: [UInt8]
  /// Stretches that are the same in both, in order.
  private let runs: [(text: Int, file: Int)]

  /// A slice of the file.
  init(_ slice: ArraySlice<UInt8>, of file: [UInt8]) {
    bytes = Array(slice)
    self.file = file
    mayMerge = Self.mayMerge(bytes)
    runs = [(0, slice.startIndex)]
  }

  /// The text of a literal block scalar (YAML 1.2.2, section 8.1.2): its lines without indentation.
  ///
  /// Nil when the lines are not those of the file, byte for byte.
  init?(literal node: YAMLNode, in outer: SourceText) {
    guard let scalar = node.scalar, scalar.style == .literal,
      let range = outer.fileRange(node.byteRange, isAcrossLines: true)
    else { return nil }
    file = outer.file
    bytes = Array(scalar.text.utf8)
    mayMerge = Self.mayMerge(bytes)
    var runs: [(text: Int, file: Int)] = []
    var place = Self.nextLine(file, range.lowerBound)
    var start = 0
    var indent: Int?
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let end = Self.endOfLine(file, place)
      if !line.isEmpty {
        let raw = file[place..<end]
        let own = indent ?? raw.count - line.count
        indent = own
        guard own >= 0, raw.dropFirst(own).elementsEqual(line) else { return nil }
        runs.append((start, place + own))
      }
      start += line.count + 1
      place = Self.nextLine(file, place)
    }
    guard !runs.isEmpty else { return nil }
    self.runs = runs
  }

  private static func mayMerge(_ bytes: [UInt8]) -> Bool {
    bytes[...].range(ofBytes: Array("<<".utf8)) != nil
  }

  /// The bytes of the file; nil where the range covers several stretches.
  func fileRange(_ range: Range<Int>, isAcrossLines: Bool = false) -> Range<Int>? {
    var (low, high) = (0, runs.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle].text <= range.lowerBound { low = middle } else { high = middle }
    }
    let start = runs[low].file + range.lowerBound - runs[low].text
    if low + 1 < runs.count, range.upperBound > runs[low + 1].text {
      guard isAcrossLines else { return nil }
      guard let end = fileRange(range.upperBound..<range.upperBound) else { return nil }
      return start..<max(start, end.upperBound)
    }
    return start..<min(start + range.count, file.count)
  }

  /// Where a byte stands, whatever follows it.
  func fileOffset(_ offset: Int) -> Int {
    fileRange(offset..<offset)?.lowerBound ?? 0
  }

  private static func endOfLine(_ bytes: [UInt8], _ start: Int) -> Int {
    let end = TextLine.end(in: bytes, start..<bytes.count)
    // CR LF becomes one line feed in the text.
    return end > start && bytes[end - 1] == 0x0D ? end - 1 : end
  }

  private static func nextLine(_ bytes: [UInt8], _ start: Int) -> Int {
    min(TextLine.end(in: bytes, start..<bytes.count) + 1, bytes.count)
  }
}
