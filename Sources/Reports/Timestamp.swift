import RegistryCatalogue

/// RFC 3339 date-times in UTC.
package enum Timestamp {
  /// For example `2026-11-21T08:09:09Z`.
  package static func text(secondsSince1970 seconds: Int64) -> String {
    let ofDay = Int((seconds % 86_400 + 86_400) % 86_400)
    let day = CalendarDate(secondsSince1970: seconds)
    return "\(day)T\(two(ofDay / 3_600)):\(two(ofDay / 60 % 60)):\(two(ofDay % 60))Z"
  }

  /// For people: `2026-11-21 08:09`, in UTC.
  package static func minutes(secondsSince1970 seconds: Int64) -> String {
    String(text(secondsSince1970: seconds).prefix(16)).replacing("T", with: " ")
  }

  /// Reads what `text` writes; nil for anything else, other time zones and fractions included.
  package static func seconds(_ text: String) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: ":"), bytes[19] == UInt8(ascii: "Z"),
      let day = CalendarDate(text.prefix(10)), let hour = number(bytes[11...12]),
      let minute = number(bytes[14...15]), let second = number(bytes[17...18]),
      hour < 24, minute < 60, second < 60
    else { return nil }
    return Int64(day.daysSince1970) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1) - 48 }
  }

  private static func two(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
