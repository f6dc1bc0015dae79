import Foundation
import TemporaryFolder

/// The built `kubectl-gcr_report`, run as a person runs it, in an environment of its own.
struct BinaryUnderTest {
  /// `HOME` of every run: an empty folder, so that no file of the machine's user is read.
  let home: TemporaryFolder
  /// Variables on top of the clean environment; a nil removes one.
  var environment: [String: String?] = [:]

  /// A day that is never the day of the run: neither midnight nor the catalogue's age shows.
  static let fixedDay = ["--as-of", "2026-11-20"]

  static var url: URL { TestFolders.products.appendingPathComponent("kubectl-gcr_report") }

  init() throws {
    home = try TemporaryFolder()
  }

  /// Runs the binary; standard input is empty, and no proxy or kubeconfig is inherited.
  func run(
    _ arguments: [String], kubeconfig: URL? = nil, folder: URL? = nil
  ) async throws -> ProcessResult {
    var variables = [
      "HOME": home.url.path,
      "PATH": "/usr/local/bin:/usr/bin:/bin",
      "LANG": "C.UTF-8",
      "TZ": "UTC",
      "TMPDIR": home.url.path,
    ]
    if let kubeconfig { variables["KUBECONFIG"] = kubeconfig.path }
    for (name, value) in environment { variables[name] = value }
    return try await ChildProcess.run(
      Self.url, arguments, environment: variables, folder: folder ?? home.url)
  }

  /// The same with arguments one after the other.
  func run(
    _ arguments: String..., kubeconfig: URL? = nil
  ) async throws -> ProcessResult {
    try await run(arguments, kubeconfig: kubeconfig)
  }
}
