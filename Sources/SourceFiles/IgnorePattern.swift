/// One line of a `.gitignore`.
///
/// https://git-scm.com/docs/gitignore
package struct IgnorePattern: Hashable, Sendable {
  package let isNegated: Bool
  /// It ends with `/`: folders only.
  package let isFolderOnly: Bool
  private let segments: [Segment]

  private enum Segment: Hashable, Sendable {
    /// `**`: any number of folders.
    case anyDepth
    case glob([GlobToken])
  }

  /// Nil for blank lines and comments.
  package init?(_ line: Substring) {
    var text = Array(line.utf8)
    if text.last == 0x0D { text.removeLast() }
    // Blanks at the end count only after a backslash.
    while text.last == 0x20, text.dropLast().last != UInt8(ascii: "\\") { text.removeLast() }
    guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
    isNegated = first == UInt8(ascii: "!")
    if isNegated { text.removeFirst() }
    isFolderOnly = text.last == UInt8(ascii: "/")
    if isFolderOnly { text.removeLast() }
    // A slash at the beginning or in the middle ties the pattern to the file's own folder.
    let isAnchored = text.contains(UInt8(ascii: "/"))
    if text.first == UInt8(ascii: "/") { text.removeFirst() }
    guard !text.isEmpty else { return nil }
    var segments: [Segment] = isAnchored ? [] : [.anyDepth]
    for part in text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
      let isDeep = part.elementsEqual("**".utf8)
      // `a/**/**/b` is `a/**/b`.
      if isDeep, segments.last == .anyDepth { continue }
      segments.append(isDeep ? .anyDepth : .glob(GlobToken.tokens(part)))
    }
    self.segments = segments
  }

  /// - Parameter path: relative to the folder of the pattern's file, split at `/`.
  package func matches(_ path: [String], isFolder: Bool) -> Bool {
    guard isFolder || !isFolderOnly else { return false }
    // For each number of segments used, which numbers of names they may have taken: linear in
    // both, whatever the pattern.
    var reached: Set<Int> = [0]
    for (index, segment) in segments.enumerated() {
      var next: Set<Int> = []
      switch segment {
      case .anyDepth:
        guard let least = reached.min() else { return false }
        // `abc/**` is what lies inside, not `abc` itself.
        let start = index == segments.count - 1 && index > 0 ? least + 1 : least
        if start <= path.count { next = Set(start...path.count) }
      case .glob(let tokens):
        for count in reached where count < path.count {
          if GlobToken.match(tokens, Array(path[count].utf8)) { next.insert(count + 1) }
        }
      }
      reached = next
      if reached.isEmpty { return false }
    }
    return reached.contains(path.count)
  }
}

/// A piece of a glob within one name.
enum GlobToken: Hashable, Sendable {
  case byte(UInt8)
  case one
  case many
  case set([ClosedRange<UInt8>], isNegated: Bool)

  static func tokens(_ text: ArraySlice<UInt8>) -> [GlobToken] {
    var tokens: [GlobToken] = []
    var rest = text
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "*"): if tokens.last != .many { tokens.append(.many) }
      case UInt8(ascii: "?"): tokens.append(.one)
      case UInt8(ascii: "\\"): tokens.append(.byte(rest.popFirst() ?? byte))
      case UInt8(ascii: "["):
        if let (set, after) = set(rest) {
          tokens.append(set)
          rest = after
        } else {
          tokens.append(.byte(byte))
        }
      default: tokens.append(.byte(byte))
      }
    }
    return tokens
  }

  /// `[abc]`, `[a-z]`, `[!a]`, `[^a]`, with `]` first as itself; nil when it is not closed.
  private static func set(_ text: ArraySlice<UInt8>) -> (GlobToken, ArraySlice<UInt8>)? {
    var rest = text
    let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegated { rest.removeFirst() }
    var ranges: [ClosedRange<UInt8>] = []
    var isFirst = true
    while var low = rest.popFirst() {
      if low == UInt8(ascii: "]"), !isFirst { return (.set(ranges, isNegated: isNegated), rest) }
      isFirst = false
      if low == UInt8(ascii: "\\") {
        guard let escaped = rest.popFirst() else { return nil }
        low = escaped
      }
      var high = low
      if rest.first == UInt8(ascii: "-"), rest.dropFirst().first.map({ $0 != 0x5D }) == true {
        rest.removeFirst()
        high = rest.popFirst() ?? low
      }
      if low <= high { ranges.append(low...high) }
    }
    return nil
  }

  /// One step back per `*`, so never exponential.
  static func match(_ tokens: [GlobToken], _ name: [UInt8]) -> Bool {
    var (token, index) = (0, 0)
    var retry: (token: Int, index: Int)?
    while index < name.count {
      if token < tokens.count, tokens[token] == .many {
        retry = (token + 1, index)
        token += 1
      } else if token < tokens.count, tokens[token].accepts(name[index]) {
        token += 1
        index += 1
      } else if let last = retry {
        (token, index) = (last.token, last.index + 1)
        retry = (last.token, last.index + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .many }
  }

  private func accepts(_ byte: UInt8) -> Bool {
    switch self {
    case .byte(let own): own == byte
    case .one, .many: true
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
    }
  }
}
