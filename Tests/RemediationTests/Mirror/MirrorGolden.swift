import Foundation
import Testing

/// Compares text with `Tests/Goldens/mirror/<name>`.
///
/// `UPDATE_GOLDENS=1` writes the file and fails the test, so that a recording is never mistaken for
/// a passing run; where `CI` is set nothing is written.
enum MirrorGolden {
  static func expect(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    let url = tests.appending(path: "Goldens/mirror/\(name)")
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
    let (left, right) = (
      text.components(separatedBy: "\n"), expected.components(separatedBy: "\n")
    )
    guard
      let line = (0..<max(left.count, right.count)).first(where: { index in
        index >= left.count || index >= right.count || left[index] != right[index]
      })
    else { return }
    Issue.record(
      "\(name) differs at line \(line + 1): \(line < left.count ? left[line] : "end")",
      sourceLocation: sourceLocation)
  }

  /// `Tests`
  static var tests: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
  }
}
