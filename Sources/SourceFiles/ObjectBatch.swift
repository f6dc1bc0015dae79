/// What `git cat-file --batch` answers: for each object asked for, its content.
package enum ObjectBatch {
  /// `OBJECT SP TYPE SP SIZE LF CONTENT LF`, or `OBJECT SP missing LF` (git-cat-file(1), "BATCH
  /// OUTPUT").
  ///
  /// - Returns: in the order asked for, nil for what is missing; nil for any other output.
  package static func contents(_ output: [UInt8], count: Int) -> [ArraySlice<UInt8>?]? {
    var contents: [ArraySlice<UInt8>?] = []
    var rest = output[...]
    while contents.count < count {
      guard let end = rest.firstIndex(of: 0x0A) else { return nil }
      let words = rest[..<end].split(separator: 0x20)
      rest = rest[(end + 1)...]
      guard words.count == 3, let size = Int(String(decoding: words[2], as: UTF8.self)) else {
        guard words.last?.elementsEqual("missing".utf8) == true else { return nil }
        contents.append(nil)
        continue
      }
      guard size >= 0, rest.count > size, rest[rest.startIndex + size] == 0x0A else { return nil }
      contents.append(rest.prefix(size))
      rest = rest.dropFirst(size + 1)
    }
    return rest.isEmpty ? contents : nil
  }
}
