import Foundation

/// Where the sources, fixtures and built products are.
enum TestFolders {
  /// `Tests/`, found by this file's own place.
  static let tests = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
  static let fixtures = tests.appendingPathComponent("Fixtures")
  static let recordings = fixtures.appendingPathComponent("recordings")
  static let secondPopulation = fixtures.appendingPathComponent("second-population")
  static let testCluster = tests.appendingPathComponent("TestCluster")

  /// The folder of the running test bundle: `swift build` puts the binary beside it.
  static var products: URL {
    let bundle = URL(fileURLWithPath: CommandLine.arguments.first ?? ".")
    let executable = Bundle.main.executableURL ?? bundle
    return executable.resolvingSymlinksInPath().deletingLastPathComponent()
  }

  /// Certificates are made once and shared by every server of this user.
  static let certificates = FileManager.default.temporaryDirectory
    .appendingPathComponent("test-cluster-certificates-\(getuid())")
}
