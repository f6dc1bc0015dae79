import Testing

@testable import CommandLineTool

@Suite struct DurationTextTests {
  @Test(arguments: [
    ("0", Duration.zero), ("5", .seconds(5)), ("5s", .seconds(5)), ("1m30s", .seconds(90)),
    ("2h", .seconds(7_200)), ("1.5h", .seconds(5_400)), ("300ms", .milliseconds(300)),
    ("10us", .microseconds(10)), ("10\u{B5}s", .microseconds(10)), ("7ns", .nanoseconds(7)),
    (".5s", .milliseconds(500)), ("5.s", .seconds(5)), ("+5s", .seconds(5)), ("0s", .zero),
  ])
  func goDurations(text: String, expected: Duration) {
    #expect(DurationText.read(text) == expected)
  }

  @Test(arguments: [
    "", "-1", "-5s", "s", "5 s", "5d", "1m30", ".s", "1.2.3s", "+", "1e3s", "5S", "∞", "9999999h",
    "99999999999999999999", "9223372037",
  ])
  func others(text: String) {
    #expect(DurationText.read(text) == nil)
  }
}
