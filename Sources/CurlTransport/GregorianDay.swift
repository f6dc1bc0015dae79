/// Days of the Gregorian calendar as numbers.
enum GregorianDay {
  /// Days since 1970-01-01, after Howard Hinnant's days_from_civil; a month has every day from 1 on,
  /// so that the 31st of one may be the first of the next.
  static func number(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
