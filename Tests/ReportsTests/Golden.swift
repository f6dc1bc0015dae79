import Foundation
import GoldenFile
import Testing

enum Golden {
  /// Compares bytes with `Goldens/<name>` of this module.
  static func expect(
    _ bytes: [UInt8], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let module = URL(filePath: #filePath).deletingLastPathComponent()
    let file = GoldenFile(name, in: module.appending(path: "Goldens"))
    if let complaint = try file.complaint(about: bytes) {
      Issue.record("\(complaint)", sourceLocation: sourceLocation)
    }
  }
}
