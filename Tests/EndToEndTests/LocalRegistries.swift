import Foundation
import Synchronization

/// The registries of the probes' own tests (RegistryProbesTests/Server), for the whole binary.
final class LocalRegistries: Sendable {
  struct Failure: Error {
    let reason: String
  }

  struct Ports: Decodable {
    let port: Int
    let other: Int
  }

  private static let started = Result { try LocalRegistries() }

  static var shared: LocalRegistries {
    get throws { try started.get() }
  }

  /// Two hosts, the first of which redirects to the other now and then.
  let host: String
  let other: String
  /// Of the authority that signed the certificates of both.
  let authority: URL
  private let folder: TemporaryFolder
  /// The servers end when this pipe is closed.
  private let input = Mutex<Pipe?>(nil)

  private init() throws {
    folder = try TemporaryFolder()
    authority = folder.url.appendingPathComponent("ca.pem")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-B",
      TestFolders.tests.appendingPathComponent("RegistryProbesTests/Server/registry.py").path,
      folder.url.path,
    ]
    let (output, input) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while line.last != UInt8(ascii: "\n") {
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { throw Failure(reason: "the registries did not start") }
      line.append(more)
    }
    let ports = try JSONDecoder().decode(Ports.self, from: line)
    host = "127.0.0.1:\(ports.port)"
    other = "127.0.0.1:\(ports.other)"
    self.input.withLock { $0 = input }
  }

  /// A rules file by which the first host is doubtful and the other one takes its place.
  var rules: String {
    """
    apiVersion: gcr-report/v1
    kind: RegistryCatalogue
    rules:
    - id: doubtful
      title: A doubtful registry
      match: ['\(host)']
      certainty: reported
      fates: [{fate: probe}]
      replacement: {image: '\(other)/{path}:{tag}', mechanical: true}
      what: Nobody knows.
      advice: Ask it.
      sources: ['https://example.com/doubtful']
      examples: ['\(host)/x:1']

    """
  }
}
