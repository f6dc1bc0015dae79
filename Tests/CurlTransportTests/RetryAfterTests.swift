import Testing

@testable import CurlTransport

/// `Retry-After`: seconds, and the three forms of a date.
@Suite struct RetryAfterTests {
  /// 1994-11-06T08:49:00Z, half a minute before the dates of RFC 9110's own examples.
  private static let now: Int64 = 784_111_740

  private func wait(_ value: String, now: Int64 = now) -> Int? {
    RetryAfter.seconds(in: ["Retry-After": value], now: now)
  }

  @Test(arguments: [
    ("0", 0), ("7", 7), ("0120", 120), ("86400", 86_400),
    // The examples of section 5.6.7.
    ("Sun, 06 Nov 1994 08:49:37 GMT", 37), ("Sunday, 06-Nov-94 08:49:37 GMT", 37),
    ("Sun Nov  6 08:49:37 1994", 37),
    ("Wed Nov 16 08:49:00 1994", 864_000),
    // Gone by: at once.
    ("Sun, 06 Nov 1994 08:48:59 GMT", 0), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ("Sunday, 06-Nov-94 08:48:59 GMT", 0), ("Thu Jan  1 00:00:00 1970", 0),
    // A leap second; the end of a year; a leap day.
    ("Sun, 06 Nov 1994 08:49:60 GMT", 60), ("Sat, 31 Dec 1994 23:59:59 GMT", 4_806_659),
    ("Thu, 29 Feb 1996 00:00:00 GMT", 41_440_260),
    // Which day of the week it was is no matter of ours.
    ("Mon, 06 Nov 1994 08:49:37 GMT", 37),
  ])
  func asksFor(value: String, seconds: Int) {
    #expect(wait(value) == seconds)
  }

  @Test(arguments: [
    "", " ", "-1", "+5", "1.5", "1e3", "7 seconds", "0x10", "٧",
    "-9999999999999999999", "99999999999999999999999",
    "soon", "GMT", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 08:49:37 gmt", "sun, 06 nov 1994 08:49:37 GMT",
    "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
    "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
    "Wed, 29 Feb 1995 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
    "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
    "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT GMT", "Sun 06 Nov 1994 08:49:37 GMT",
    "Xyz, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Xyz 1994 08:49:37 GMT",
    "Sun, 06-Nov-94 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT",
    "Sunday, 06-Nov 08:49:37 GMT", "Sunday 06-Nov-94 08:49:37 GMT",
    "Sun Nov 6 08:49:37 1994", "Sun Nov  16 08:49:37 1994", "Sun Nov  6 08:49:37 94",
    "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT, 7", "7, 8",
    "     ", ",,,,,", "Sun, 06 Nov -994 08:49:37 GMT",
  ])
  func isAsIfItWereNotThere(value: String) {
    #expect(wait(value) == nil)
    #expect(wait(value + String(repeating: " ", count: 100_000)) == nil)
  }

  @Test func withoutTheFieldNothingIsAsked() {
    #expect(RetryAfter.seconds(in: [:], now: 0) == nil)
    #expect(RetryAfter.seconds(in: ["retry-after": "7", "Retry-After": "8"], now: 0) == 7)
  }

  /// RFC 9110, section 5.6.7: more than 50 years ahead means the last such year in the past.
  @Test(
    arguments: [
      // 2026-11-21T00:00:00Z
      (1_795_219_200, "Saturday, 21-Nov-26 00:00:10 GMT", 10),
      (1_795_219_200, "Sunday, 06-Nov-94 08:49:37 GMT", 0),
      (1_795_219_200, "Thursday, 19-Nov-76 00:00:00 GMT", 1_577_750_400),
      (1_795_219_200, "Monday, 21-Dec-76 00:00:00 GMT", 0),
      // 1999-12-31T23:59:50Z, into the next century
      (946_684_790, "Saturday, 01-Jan-00 00:00:00 GMT", 10),
      // 2099-12-31T23:59:50Z
      (4_102_444_790, "Friday, 01-Jan-00 00:00:00 GMT", 10),
    ] as [(Int64, String, Int)])
  func twoDigitsAreAYearNearby(now: Int64, value: String, seconds: Int) {
    #expect(wait(value, now: now) == seconds)
  }

  /// Whatever a text was cut to, it is read or it is not; nothing else happens.
  @Test func cutTexts() {
    for text in [
      "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
      "Sun Nov  6 08:49:37 1994",
    ] {
      for count in 0..<text.count { #expect(wait(String(text.prefix(count))) == nil) }
    }
  }
}
