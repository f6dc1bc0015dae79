import Manifests

/// A file that is too large to be parsed, searched as text while it streams by.
struct LargeText {
  private static let chunk = 4 << 20

  let search: ReferenceSearch
  let comments: CommentStyle

  /// One reference with its place; its ranges count from the beginning of its chunk.
  typealias Located = (reference: FoundReference, lines: LineIndex, firstLine: Int)

  /// Memory holds one chunk; a line that is longer than that is cut.
  func references(
    _ file: SourceBytes.OpenFile, head: [UInt8]
  ) throws(SourceBytes.Failure) -> (found: [Located], mentions: Int) {
    var found: [Located] = []
    var mentions = 0
    var rest = head
    var line = 1
    while true {
      let more = try file.read(atMost: Self.chunk)
      rest += more
      let end = more.isEmpty ? rest.count : (rest.lastIndex(of: 0x0A).map { $0 + 1 } ?? rest.count)
      let bytes = Array(rest[..<end])
      rest.removeFirst(end)
      let lines = LineIndex(bytes)
      let result = search.references(in: bytes, kind: .text(comments: comments))
      found += result.references.map { ($0, lines, line) }
      mentions += result.mentions
      line += bytes.count { $0 == 0x0A }
      if more.isEmpty { return (found, mentions) }
    }
  }
}
