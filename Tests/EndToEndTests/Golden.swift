import Foundation
import GoldenFile
import Testing

enum Golden {
  /// Compares output with `Tests/Goldens/<name>`.
  static func expect(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = GoldenFile(name, in: TestFolders.tests.appending(path: "Goldens"))
    if let complaint = try file.complaint(about: text.utf8) {
      Issue.record("\(complaint)", sourceLocation: sourceLocation)
    }
  }
}
