/// When a CronJob runs, in the grammar that Kubernetes reads.
///
/// Kubernetes parses `spec.schedule` with robfig/cron v3 `ParseStandard` (k8s.io/kubernetes
/// `pkg/apis/batch/validation`): five fields or one of a few words. Sunday is 0 and never 7, and
/// there is no `L`, `W` or `#`.
package struct CronExpression: Hashable, Sendable {
  /// As it goes into the manifest: fields with one blank between them.
  package let text: String

  package init(_ text: String) throws(ScheduleValueError) {
    let words = text.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
    guard let first = words.first else {
      throw ScheduleValueError(expected: Self.form)
    }
    if first.hasPrefix("TZ=") || first.hasPrefix("CRON_TZ=") {
      throw ScheduleValueError(expected: "no time zone in it; --time-zone names one")
    }
    if first.hasPrefix("@") {
      try Self.check(word: words)
    } else {
      guard words.count == 5 else {
        throw ScheduleValueError(expected: "\(Self.form), not \(words.count)")
      }
      var sets: [Set<Int>] = []
      for (field, word) in zip(CronField.all, words) { sets.append(try field.values(of: word)) }
      try Self.checkThatItComes(words, days: sets[2], months: sets[3])
    }
    self.text = words.joined(separator: " ")
  }

  private static let form =
    "five fields (minute, hour, day of month, month, day of week) such as \"0 6 * * *\", or @daily"

  // MARK: Words

  private static let words = [
    "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly",
  ]

  private static func check(word words: [String]) throws(ScheduleValueError) {
    if words[0] == "@every" {
      guard words.count == 2, let seconds = seconds(words[1]), seconds >= 60 else {
        throw ScheduleValueError(expected: "a minute or more after @every, such as @every 6h")
      }
      return
    }
    guard words.count == 1, Self.words.contains(words[0]) else {
      throw ScheduleValueError(
        expected: "\(Self.words.joined(separator: ", ")), @every DURATION or five fields")
    }
  }

  /// Hours, minutes and seconds of Go's time.ParseDuration, in that order: `1h30m`.
  private static func seconds(_ text: String) -> Int? {
    var rest = text[...]
    var total = 0
    for (unit, scale) in [("h", 3_600), ("m", 60), ("s", 1)] {
      let digits = rest.prefix { ("0"..."9").contains($0) }
      guard rest.dropFirst(digits.count).hasPrefix(unit) else { continue }
      guard digits.utf8.count <= 6, let number = Int(digits) else { return nil }
      total += number * scale
      rest = rest.dropFirst(digits.count + 1)
    }
    return rest.isEmpty ? total : nil
  }

  // MARK: Days that never come

  private static let longest = [
    1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31,
  ]

  /// Kubernetes takes `0 0 30 2 *` and never runs it. With a day of the week beside it either
  /// counts (robfig/cron `dayMatches`).
  private static func checkThatItComes(
    _ words: [String], days: Set<Int>, months: Set<Int>
  ) throws(ScheduleValueError) {
    guard CronField.isAny(words[4]) else { return }
    let comes = months.contains { month in days.contains { $0 <= longest[month, default: 31] } }
    guard comes else {
      throw ScheduleValueError(expected: "a day that one of these months has")
    }
  }
}
