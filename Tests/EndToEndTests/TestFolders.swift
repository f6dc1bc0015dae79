import Foundation

/// Where the sources, fixtures and built products are, and folders of a test's own.
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

/// A folder that lives as long as this object.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("gcr-report-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Writes a file and returns its path; `mode` 0o700 makes it a program.
  @discardableResult
  func write(_ text: String, to name: String, mode: Int = 0o600) throws -> URL {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    return file
  }
}
