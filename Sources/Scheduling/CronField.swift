/// One of the five fields: its bounds and names, and how its text is read.
struct CronField {
  /// As an error names it: `minutes`.
  let name: String
  let bounds: ClosedRange<Int>
  /// Names of values, by value, in lower case.
  var names: [String: Int] = [:]

  static let all = [
    CronField(name: "minutes", bounds: 0...59),
    CronField(name: "hours", bounds: 0...23),
    CronField(name: "days of the month", bounds: 1...31),
    CronField(
      name: "months", bounds: 1...12,
      names: numbered(
        [
          "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ], from: 1)),
    CronField(
      name: "days of the week", bounds: 0...6,
      names: numbered(["sun", "mon", "tue", "wed", "thu", "fri", "sat"], from: 0)),
  ]

  private static func numbered(_ names: [String], from first: Int) -> [String: Int] {
    Dictionary(
      zip(names, first...).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether the field restricts nothing: a `*` or `?` without a step (robfig/cron `starBit`).
  static func isAny(_ text: String) -> Bool {
    text.split(separator: ",").contains { ["*", "?", "*/1", "?/1"].contains($0) }
  }

  /// The values that a list of ranges stands for.
  func values(of text: String) throws(ScheduleValueError) -> Set<Int> {
    var values: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      values.formUnion(try range(String(part), in: text))
    }
    return values
  }

  /// `*`, `N`, `N-M`, each with `/STEP`; `N/STEP` runs to the end (robfig/cron `getRange`).
  private func range(_ part: String, in field: String) throws(ScheduleValueError) -> Set<Int> {
    let pieces = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard pieces.count <= 2 else { throw wrong(part, in: field) }
    var step = 1
    if pieces.count == 2 {
      guard let number = Self.number(pieces[1]), number > 0 else {
        throw ScheduleValueError(
          expected: "a step of 1 or more after \"/\", not \"\(pieces[1])\", in the \(name)")
      }
      step = number
    }
    let ends = pieces[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    var first = bounds.lowerBound
    var last = bounds.upperBound
    switch ends.count {
    case 1 where ends[0] == "*" || ends[0] == "?": break
    case 1:
      first = try value(ends[0], in: field)
      last = pieces.count == 2 ? bounds.upperBound : first
    case 2:
      first = try value(ends[0], in: field)
      last = try value(ends[1], in: field)
    default: throw wrong(part, in: field)
    }
    guard first <= last else {
      throw ScheduleValueError(
        expected: "the smaller one first in \"\(pieces[0])\", in the \(name)")
    }
    return Set(stride(from: first, through: last, by: step))
  }

  private func value(_ text: String, in field: String) throws(ScheduleValueError) -> Int {
    if let named = names[text.lowercased()] { return named }
    guard let number = Self.number(text), bounds.contains(number) else {
      throw wrong(text, in: field)
    }
    return number
  }

  private func wrong(_ text: String, in field: String) -> ScheduleValueError {
    let range = "\(name) from \(bounds.lowerBound) to \(bounds.upperBound)"
    let hint = bounds == 0...6 && text == "7" ? " (Sunday is 0)" : ""
    return ScheduleValueError(expected: "\(range), not \"\(text)\"\(hint)")
  }

  /// Digits alone; nothing that overflows.
  private static func number(_ text: String) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 4,
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int(text)
  }
}
