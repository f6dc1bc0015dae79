import Inventory

/// Words of the API that are compared in place, without making a string.
enum WireWords {
  private static let always = Array("Always".utf8)
  private static let ifNotPresent = Array("IfNotPresent".utf8)
  private static let never = Array("Never".utf8)
  private static let yes = Array("True".utf8)
  private static let complete = Array("Complete".utf8)
  private static let failed = Array("Failed".utf8)

  private static func equals(
    _ word: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>
  ) -> Bool {
    range.count == word.count
      && bytes.matches(at: range.lowerBound, word.span, 0, count: word.count)
  }

  static func isAlways(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    equals(always, bytes, range)
  }

  static func isTrue(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    equals(yes, bytes, range)
  }

  /// The types of a `JobCondition` after which a Job never runs again.
  static func isFinishedType(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    equals(complete, bytes, range) || equals(failed, bytes, range)
  }

  static func pullPolicy(_ bytes: Span<UInt8>, _ range: Range<Int>) -> PullPolicy {
    switch range.count {
    case 12: equals(ifNotPresent, bytes, range) ? .ifNotPresent : .unspecified
    case 6: equals(always, bytes, range) ? .always : .unspecified
    case 5: equals(never, bytes, range) ? .never : .unspecified
    default: .unspecified
    }
  }
}

extension PullPolicy {
  init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    self = WireWords.pullPolicy(bytes, range)
  }
}
