import Foundation

/// The times that Kubernetes writes in JSON (`metav1.Time`, `metav1.MicroTime`).
enum RFC3339 {
  /// The instant, to the second; nil when the text is no RFC 3339 date-time.
  static func date(from text: String) -> Date? {
    let bytes = Array(text.utf8)
    return seconds(bytes.span, 0..<bytes.count).map { Date(timeIntervalSince1970: Double($0)) }
  }

  /// The instant in UTC, to the second.
  static func text(of date: Date) -> String {
    date.formatted(.iso8601)
  }

  /// Seconds since 1970-01-01T00:00:00Z, a fraction dropped; nil unless the bytes are an RFC 3339
  /// `date-time` (section 5.6).
  static func seconds(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    guard range.count >= 20 else { return nil }
    let start = range.lowerBound
    guard let year = number(bytes, start, 4), let month = number(bytes, start + 5, 2),
      let day = number(bytes, start + 8, 2), let hour = number(bytes, start + 11, 2),
      let minute = number(bytes, start + 14, 2), let second = number(bytes, start + 17, 2),
      bytes[start + 4] == 0x2D, bytes[start + 7] == 0x2D,
      bytes[start + 10] == 0x54 || bytes[start + 10] == 0x74,
      bytes[start + 13] == 0x3A, bytes[start + 16] == 0x3A,
      (1...12).contains(month), day >= 1, day <= days(month, year),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    guard let offset = zone(bytes, start + 19..<range.upperBound) else { return nil }
    return days(since1970: year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
  }

  /// Seconds east of UTC, after an optional fraction.
  private static func zone(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int64? {
    var index = range.lowerBound
    let end = range.upperBound
    if index < end, bytes[index] == 0x2E {
      index += 1
      let first = index
      while index < end, bytes[index] &- 0x30 <= 9 { index += 1 }
      guard index > first else { return nil }
    }
    guard index < end else { return nil }
    if bytes[index] == 0x5A || bytes[index] == 0x7A { return index + 1 == end ? 0 : nil }
    guard bytes[index] == 0x2B || bytes[index] == 0x2D, end - index == 6,
      bytes[index + 3] == 0x3A
    else { return nil }
    guard let hours = number(bytes, index + 1, 2), let minutes = number(bytes, index + 4, 2),
      hours < 24, minutes < 60
    else { return nil }
    let offset = hours * 3600 + minutes * 60
    return bytes[index] == 0x2D ? -offset : offset
  }

  /// The number that `digits` digits make.
  private static func number(_ bytes: Span<UInt8>, _ start: Int, _ digits: Int) -> Int64? {
    var value: Int64 = 0
    for index in start..<start + digits {
      let digit = bytes[index] &- 0x30
      guard digit <= 9 else { return nil }
      value = value * 10 + Int64(digit)
    }
    return value
  }

  private static func days(_ month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Days from 1970-01-01 in the proleptic Gregorian calendar; years start in March here, so that
  /// the leap day is a year's last.
  private static func days(since1970 year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
