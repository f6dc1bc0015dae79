extension ArraySlice<UInt8> {
  /// Where these bytes stand first. The standard library's search is generic, and ten times as slow
  /// in this use.
  func range(ofBytes wanted: [UInt8]) -> Range<Int>? {
    guard let first = wanted.first, count >= wanted.count else { return nil }
    let bytes = span
    let last = bytes.count - wanted.count
    var index = 0
    while index <= last {
      if bytes[index] == first {
        var length = 1
        while length < wanted.count, bytes[index + length] == wanted[length] { length += 1 }
        if length == wanted.count {
          return (startIndex + index)..<(startIndex + index + length)
        }
      }
      index += 1
    }
    return nil
  }
}
