import Testing

@testable import Scheduling

@Suite struct CronExpressionTests {
  @Test(arguments: [
    ("0 6 * * *", "0 6 * * *"), ("  0\t6  * * * ", "0 6 * * *"), ("*/15 * * * *", "*/15 * * * *"),
    ("0 0 1 JAN,jul ?", "0 0 1 JAN,jul ?"),
    ("5-59/10 8-18 * * mon-FRI", "5-59/10 8-18 * * mon-FRI"),
    ("0 0 29 2 *", "0 0 29 2 *"), ("0 0 30 2 1", "0 0 30 2 1"), ("0 0 31 */2 *", "0 0 31 */2 *"),
    ("59 23 31 12 6", "59 23 31 12 6"), ("1/20 * * * *", "1/20 * * * *"), ("@daily", "@daily"),
    ("@every 6h", "@every 6h"), ("@every 1h30m", "@every 1h30m"), ("00 06 * * *", "00 06 * * *"),
  ])
  func whatKubernetesTakes(text: String, expected: String) throws {
    #expect(try CronExpression(text).text == expected)
  }

  private static let form =
    "five fields (minute, hour, day of month, month, day of week) such as \"0 6 * * *\", or @daily"

  @Test(arguments: [
    ("", form), (" ", form), ("0 6 * *", "\(form), not 4"),
    ("0 0 6 * * *", "\(form), not 6"),
    ("60 * * * *", "minutes from 0 to 59, not \"60\""),
    ("-1 * * * *", "minutes from 0 to 59, not \"\""),
    ("* 24 * * *", "hours from 0 to 23, not \"24\""),
    ("* * 0 * *", "days of the month from 1 to 31, not \"0\""),
    ("* * L * *", "days of the month from 1 to 31, not \"L\""),
    ("* * * 13 *", "months from 1 to 12, not \"13\""),
    ("* * * foo *", "months from 1 to 12, not \"foo\""),
    ("* * * * 7", "days of the week from 0 to 6, not \"7\" (Sunday is 0)"),
    ("* * * * 1#2", "days of the week from 0 to 6, not \"1#2\""),
    ("* * * * sunday", "days of the week from 0 to 6, not \"sunday\""),
    ("1,,2 * * * *", "minutes from 0 to 59, not \"\""),
    ("1-2-3 * * * *", "minutes from 0 to 59, not \"1-2-3\""),
    ("1/2/3 * * * *", "minutes from 0 to 59, not \"1/2/3\""),
    ("٣ * * * *", "minutes from 0 to 59, not \"٣\""),
    ("99999999999999999999 * * * *", "minutes from 0 to 59, not \"99999999999999999999\""),
    ("9-5 * * * *", "the smaller one first in \"9-5\", in the minutes"),
    ("*/0 * * * *", "a step of 1 or more after \"/\", not \"0\", in the minutes"),
    ("*/ * * * *", "a step of 1 or more after \"/\", not \"\", in the minutes"),
    ("0 0 30 2 *", "a day that one of these months has"),
    ("0 0 31 4,6,9,11 *", "a day that one of these months has"),
    ("TZ=UTC 0 6 * * *", "no time zone in it; --time-zone names one"),
    ("CRON_TZ=UTC 0 6 * * *", "no time zone in it; --time-zone names one"),
    ("@every 10s", "a minute or more after @every, such as @every 6h"),
    ("@every", "a minute or more after @every, such as @every 6h"),
    ("@every 9999999999h", "a minute or more after @every, such as @every 6h"),
    (
      "@reboot",
      "@yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly, @every DURATION or five"
        + " fields"
    ),
  ])
  func whatItWouldRefuse(text: String, expected: String) {
    #expect(throws: ScheduleValueError(expected: expected)) { try CronExpression(text) }
  }
}
