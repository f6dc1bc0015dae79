package import Foundation

/// An output as it was recorded and looked at, to compare with byte by byte.
///
/// `UPDATE_GOLDENS=1` writes the file and is a complaint, so that a recording is never mistaken for
/// a passing run; where `CI` is set nothing is written.
package struct GoldenFile {
  private let url: URL
  private let name: String

  package init(_ name: String, in folder: URL) {
    self.name = name
    url = folder.appending(path: name)
  }

  /// What must fail a test; nil where the file holds just these bytes.
  package func complaint(about bytes: some Sequence<UInt8>) throws -> String? {
    let actual = Data(bytes)
    let environment = ProcessInfo.processInfo.environment
    if environment["UPDATE_GOLDENS"] == "1" {
      if environment["CI"] == nil {
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try actual.write(to: url)
      }
      return "UPDATE_GOLDENS is set: \(name) was not compared"
    }
    let expected = try Data(contentsOf: url)
    return actual == expected ? nil : "\(name) differs: \(Self.difference(actual, expected))"
  }

  private static func difference(_ actual: Data, _ expected: Data) -> String {
    let (actual, expected) = (lines(actual), lines(expected))
    for index in 0..<max(actual.count, expected.count) {
      let left = index < actual.count ? actual[index] : "end"
      let right = index < expected.count ? expected[index] : "end"
      if left != right {
        return "line \(index + 1) is \(left.debugDescription), expected \(right.debugDescription)"
      }
    }
    return "same lines"
  }

  /// CR LF is one character to Swift.
  private static func lines(_ bytes: Data) -> [String] {
    String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "␍\n")
      .components(separatedBy: "\n")
  }
}
