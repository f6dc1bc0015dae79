import Foundation
import Testing

@testable import CommandLineTool

@Suite struct LogLineTests {
  @Test func theKeysStandInOneOrder() {
    let line = LogLine(
      time: 1_795_248_549, level: .warning, message: "a \"b\"\nc\\", context: "prod")
    #expect(
      line.text
        == #"{"time":"2026-11-21T08:09:09Z","level":"warning","message":"a \"b\"\nc\\","context":"prod"}"#
    )
    #expect(
      LogLine(time: 0, level: .info, message: "", context: nil).text
        == #"{"time":"1970-01-01T00:00:00Z","level":"info","message":"","context":null}"#)
  }

  /// One line of JSON whatever is said, and the text comes back.
  @Test(arguments: [
    "\u{0}\u{1F}\u{7F}\u{85}", "\u{1B}]0;x\u{7}", "\u{202E}abc\u{2066}", "\u{2028}\u{2029}",
    "\r\n\t", "\u{E0001}\u{10FFFF}", "é😀", "{\"a\":1}",
  ])
  func hostileTexts(text: String) throws {
    let line = LogLine(time: 0, level: .error, message: text, context: text).text
    let safe = line.unicodeScalars.allSatisfy {
      ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
        $0.properties.generalCategory)
    }
    #expect(safe)
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
    #expect(object?["message"] == text)
    #expect(object?["context"] == text)
  }

  @Test(arguments: [
    (["scan", "--log-format", "json"], [:], LogForm.json),
    (["scan", "--log-format=json", "--bogus"], [:], .json),
    (["scan", "--log-format=json", "--log-format=text"], [:], .text),
    (["scan", "--log-format=xml"], [:], .text),
    (["scan"], ["GCR_REPORT_LOG_FORMAT": "json"], .json),
    (["scan", "--log-format=text"], ["GCR_REPORT_LOG_FORMAT": "json"], .text),
    (["scan", "--", "--log-format=json"], [:], .text), (["--log-format"], [:], .text),
  ])
  func theFormBeforeArgumentsAreRead(
    arguments: [String], variables: [String: String], expected: LogForm
  ) {
    #expect(LogForm.guess(arguments, variables: variables) == expected)
  }
}
