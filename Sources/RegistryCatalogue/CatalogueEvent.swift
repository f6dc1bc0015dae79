/// Something dated that happened, or will happen, to a place.
package struct CatalogueEvent: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case announcement
    /// Pulls fail for a while, as a warning.
    case brownout
    /// No new images.
    case freeze
    case redirect
    /// Pulls end on some day of the window.
    case removal
  }

  package let kind: Kind
  package let start: EventTime
  /// Nil: the start says it all.
  package let end: EventTime?
  package let note: String

  /// The last day that this event touches.
  package var lastDay: CalendarDate { end?.day ?? start.day }

  /// `2026-12-08 15:00 to 2026-12-09 15:00 UTC`, `2026-12-01 to 2026-12-31`, `2023-04-03`.
  package var window: String {
    guard let end, end != start else { return start.words + start.zone }
    return "\(start.words) to \(end.words)\(start.zone)"
  }
}

/// A day, or a minute of one, in UTC.
package struct EventTime: Hashable, Sendable, Comparable {
  package let day: CalendarDate
  /// Minutes since midnight; nil for the day as a whole.
  package let minute: Int?

  /// Reads `YYYY-MM-DD` or `YYYY-MM-DDTHH:MMZ`.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let day = CalendarDate(text.prefix(10)) else { return nil }
    self.day = day
    guard bytes.count > 10 else {
      minute = nil
      return
    }
    guard bytes.count == 17, bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"),
      bytes[16] == UInt8(ascii: "Z")
    else { return nil }
    let digits = [bytes[11], bytes[12], bytes[14], bytes[15]].map { Int($0) - 48 }
    guard digits.allSatisfy((0...9).contains) else { return nil }
    let hour = digits[0] * 10 + digits[1]
    let minuteOfHour = digits[2] * 10 + digits[3]
    guard hour < 24, minuteOfHour < 60 else { return nil }
    minute = hour * 60 + minuteOfHour
  }

  package static func < (left: EventTime, right: EventTime) -> Bool {
    (left.day, left.minute ?? 0) < (right.day, right.minute ?? 0)
  }

  /// As the catalogue writes it.
  package var text: String {
    guard let minute else { return day.description }
    return "\(day)T\(Self.clock(minute))Z"
  }

  fileprivate var words: String {
    guard let minute else { return day.description }
    return "\(day) \(Self.clock(minute))"
  }

  fileprivate var zone: String { minute == nil ? "" : " UTC" }

  private static func clock(_ minute: Int) -> String {
    let (hour, rest) = minute.quotientAndRemainder(dividingBy: 60)
    return (hour < 10 ? "0" : "") + "\(hour):" + (rest < 10 ? "0" : "") + "\(rest)"
  }
}
