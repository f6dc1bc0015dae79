/// The times of HTTP fields, in the three forms that a recipient accepts (RFC 9110, section 5.6.7).
enum HTTPDate {
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  private static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]
  /// Of the Gregorian calendar, on average.
  private static let secondsPerYear: Int64 = 31_556_952

  /// Seconds since 1970-01-01T00:00:00Z; nil for every other text. The names count as written, and
  /// which day of the week it was is not checked.
  ///
  /// - Parameter now: tells which century a year of two digits is of.
  static func seconds(_ text: String, now: Int64) -> Int64? {
    // No form is longer; what a server sends may be.
    guard text.utf8.count <= 40 else { return nil }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    switch words.count {
    case 6 where words[5] == "GMT":
      // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT
      guard words[0].count == 4, words[0].last == ",", isShortWeekday(words[0].dropLast()),
        let year = number(words[3], digits: 4)
      else { return nil }
      return seconds(year, words[2], number(words[1], digits: 2), words[4])
    case 4 where words[3] == "GMT":
      // rfc850-date: Sunday, 06-Nov-94 08:49:37 GMT
      let parts = words[1].split(separator: "-", omittingEmptySubsequences: false)
      guard words[0].last == ",", weekdays.contains(String(words[0].dropLast())),
        parts.count == 3, let year = number(parts[2], digits: 2)
      else { return nil }
      return inCenturyOf(now, year) { seconds($0, parts[1], number(parts[0], digits: 2), words[2]) }
    case 5, 6:
      // asctime-date: Sun Nov  6 08:49:37 1994, with two digits Sun Nov 16 08:49:37 1994
      let isPadded = words.count == 6
      guard isShortWeekday(words[0]), !isPadded || words[2].isEmpty,
        let year = number(words[words.count - 1], digits: 4)
      else { return nil }
      let day = isPadded ? number(words[3], digits: 1) : number(words[2], digits: 2)
      return seconds(year, words[1], day, words[words.count - 2])
    default: return nil
    }
  }

  /// Of the years with these two digits the last one that is at most 50 years ahead.
  private static func inCenturyOf(
    _ now: Int64, _ year: Int64, _ seconds: (Int64) -> Int64?
  ) -> Int64? {
    let thisYear = 1970 + now / secondsPerYear
    var year = thisYear - thisYear % 100 + 100 + year
    while year >= 0 {
      // The 29th of February is not in every such year.
      if let time = seconds(year), time - now <= 50 * secondsPerYear { return time }
      year -= 100
    }
    return nil
  }

  private static func seconds(
    _ year: Int64, _ monthName: Substring, _ day: Int64?, _ timeOfDay: Substring
  ) -> Int64? {
    guard let index = months.firstIndex(of: String(monthName)), let day else { return nil }
    let month = Int64(index) + 1
    let first = GregorianDay.number(year: year, month: month, day: 1)
    let next = GregorianDay.number(
      year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
    let time = timeOfDay.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...(next - first)).contains(day), time.count == 3,
      let hour = number(time[0], digits: 2), let minute = number(time[1], digits: 2),
      // 60 is a leap second.
      let second = number(time[2], digits: 2), hour < 24, minute < 60, second <= 60
    else { return nil }
    return (first + day - 1) * 86_400 + hour * 3_600 + minute * 60 + second
  }

  private static func isShortWeekday(_ text: Substring) -> Bool {
    text.count == 3 && weekdays.contains { $0.hasPrefix(text) }
  }

  private static func number(_ text: Substring, digits: Int) -> Int64? {
    guard text.utf8.count == digits, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int64(text)
  }
}
