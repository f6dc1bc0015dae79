package import Foundation

/// A folder of a test's own, which goes away with this object, whatever is in it.
package final class TemporaryFolder: Sendable {
  package let url: URL

  package var path: String { url.path }

  /// - Parameter files: texts, by their paths below the folder.
  package init(_ files: [String: String] = [:]) throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "gcr-report-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    for (name, text) in files { try write(text, to: name) }
  }

  deinit {
    remove()
  }

  /// Removes it at once: for a test that hands on its path alone.
  package func remove() {
    // A test may have made it read-only.
    try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    try? FileManager.default.removeItem(at: url)
  }

  package func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, and the folders that it needs; `mode` 0o700 makes it a program.
  @discardableResult
  package func write(_ text: String, to name: String, mode: Int = 0o600) throws -> URL {
    try write(Array(text.utf8), to: name, mode: mode)
  }

  @discardableResult
  package func write(_ bytes: [UInt8], to name: String, mode: Int = 0o600) throws -> URL {
    let file = url.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    return file
  }

  /// What lies in it, sorted.
  package var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }

  package func text(_ name: String) throws -> String {
    try String(contentsOf: url.appending(path: name), encoding: .utf8)
  }
}
