import Foundation
import Testing

/// Compares output with `Tests/Goldens/<name>`.
///
/// `UPDATE_GOLDENS=1` writes the file and fails the test, so that a recording is never mistaken
/// for a passing run; where `CI` is set nothing is written.
enum Golden {
  static func expect(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    let url = TestFolders.tests.appendingPathComponent("Goldens").appendingPathComponent(name)
    if environment["UPDATE_GOLDENS"] == "1" {
      if environment["CI"] == nil {
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
      }
      Issue.record(
        "UPDATE_GOLDENS is set: \(name) was not compared", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    if text == expected { return }
    let difference = firstDifference(text, expected)
    Issue.record("\(name) differs: \(difference)", sourceLocation: sourceLocation)
  }

  private static func firstDifference(_ actual: String, _ expected: String) -> String {
    // CR LF is one character to Swift.
    let actual = actual.replacing("\r\n", with: "␍\n").components(separatedBy: "\n")
    let expected = expected.replacing("\r\n", with: "␍\n").components(separatedBy: "\n")
    for index in 0..<max(actual.count, expected.count) {
      let left = index < actual.count ? actual[index] : "end"
      let right = index < expected.count ? expected[index] : "end"
      if left != right {
        return "line \(index + 1) is \(left.debugDescription), expected \(right.debugDescription)"
      }
    }
    return "line ends"
  }
}
