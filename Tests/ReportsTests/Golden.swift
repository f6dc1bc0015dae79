import Foundation
import Testing

/// Compares bytes with `Goldens/<name>`.
///
/// `UPDATE_GOLDENS=1` writes the file and fails the test, so that a recording is never mistaken
/// for a passing run; where `CI` is set nothing is written.
enum Golden {
  static func expect(
    _ bytes: [UInt8], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Goldens").appendingPathComponent(name)
    if environment["UPDATE_GOLDENS"] == "1" {
      if environment["CI"] == nil { try Data(bytes).write(to: url) }
      Issue.record(
        "UPDATE_GOLDENS is set: \(name) was not compared", sourceLocation: sourceLocation)
      return
    }
    let expected = try [UInt8](Data(contentsOf: url))
    if bytes == expected { return }
    let difference = firstDifference(bytes, expected)
    Issue.record("\(name) differs: \(difference)", sourceLocation: sourceLocation)
  }

  private static func firstDifference(_ actual: [UInt8], _ expected: [UInt8]) -> String {
    let actual = String(decoding: actual, as: UTF8.self).components(separatedBy: "\n")
    let expected = String(decoding: expected, as: UTF8.self).components(separatedBy: "\n")
    for index in 0..<max(actual.count, expected.count) {
      let left = index < actual.count ? actual[index] : "end"
      let right = index < expected.count ? expected[index] : "end"
      if left != right {
        return "line \(index + 1) is \(left.debugDescription), expected \(right.debugDescription)"
      }
    }
    return "same lines"
  }
}
