import Foundation
import Testing

/// Compares text with `Tests/Goldens/<name>`.
///
/// `UPDATE_GOLDENS=1` writes the file and fails the test, so that a recording is never mistaken
/// for a passing run; where `CI` is set nothing is written.
enum Golden {
  static func expect(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    let url = tests.appending(path: "Goldens/\(name)")
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
    let pairs = zip(text.components(separatedBy: "\n"), expected.components(separatedBy: "\n"))
    for (index, pair) in pairs.enumerated() where pair.0 != pair.1 {
      Issue.record(
        "\(name) line \(index + 1) is \(pair.0.debugDescription), expected \(pair.1.debugDescription)",
        sourceLocation: sourceLocation)
      return
    }
    #expect(text == expected, "\(name) ends elsewhere", sourceLocation: sourceLocation)
  }

  /// `Tests`
  static var tests: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  }
}
