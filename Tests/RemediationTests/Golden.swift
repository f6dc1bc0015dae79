import Foundation
import GoldenFile
import Testing

enum Golden {
  /// Compares text with `Tests/Goldens/<name>`.
  static func expect(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = GoldenFile(name, in: tests.appending(path: "Goldens"))
    if let complaint = try file.complaint(about: text.utf8) {
      Issue.record("\(complaint)", sourceLocation: sourceLocation)
    }
  }

  /// `Tests`
  static var tests: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  }
}
