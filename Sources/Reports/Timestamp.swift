import RegistryCatalogue

/// RFC 3339 date-times in UTC.
package enum Timestamp {
  /// For example `2026-11-21T08:09:09Z`.
  package static func text(secondsSince1970 seconds: Int64) -> String {
    let ofDay = Int((seconds % 86_400 + 86_400) % 86_400)
    let day = CalendarDate(secondsSince1970: seconds)
    return "\(day)T\(two(ofDay / 3_600)):\(two(ofDay / 60 % 60)):\(two(ofDay % 60))Z"
  }

  private static func two(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
