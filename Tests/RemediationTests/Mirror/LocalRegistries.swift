import Foundation
import TemporaryFolder
import TestPrograms
import Testing

/// Two of Debian's docker-registry over TLS, and an image of two platforms (`Tests/Registries`);
/// they end with this object.
final class LocalRegistries {
  private struct Facts: Decodable {
    let ca: String
    let ports: [Int]
    let layout: String
    let digest: String
  }

  let folder: TemporaryFolder
  private let process: ScriptProcess
  private let facts: Facts

  init() throws {
    folder = try TemporaryFolder()
    process = try ScriptProcess(
      Golden.tests.appending(path: "Registries/registries.py"), [folder.path, "2"])
    facts = try JSONDecoder().decode(Facts.self, from: process.firstLine)
  }

  deinit {
    process.end()
  }

  /// Of the image, as an index.
  var digest: String { facts.digest }

  /// `localhost:PORT`
  func host(_ number: Int) -> String { "localhost:\(facts.ports[number])" }

  /// Go's programs trust the authority by it.
  var environment: [String: String] { ["SSL_CERT_FILE": facts.ca] }

  func run(_ line: String, in other: TemporaryFolder? = nil) throws -> ShellRun {
    try ShellRun(["-c", line], in: other ?? folder, environment: environment)
  }

  /// Puts the image there.
  func push(_ name: String) throws {
    let result = try run(
      "skopeo copy --quiet --all --preserve-digests oci:\(facts.layout):v1 docker://\(name)")
    #expect(result.status == 0, "\(result.output)")
  }

  func digest(of name: String) throws -> String {
    try run(
      "skopeo inspect --raw docker://\(name) >manifest && skopeo manifest-digest manifest"
    ).output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
