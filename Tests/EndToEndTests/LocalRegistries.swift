import Foundation
import TemporaryFolder
import TestPrograms

/// The registries of the probes' own tests (RegistryProbesTests/Server), for the whole binary.
final class LocalRegistries: Sendable {
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
  private let process: ScriptProcess

  private init() throws {
    folder = try TemporaryFolder()
    authority = folder.url.appendingPathComponent("ca.pem")
    process = try ScriptProcess(
      TestFolders.tests.appendingPathComponent("RegistryProbesTests/Server/registry.py"),
      [folder.url.path])
    let ports = try JSONDecoder().decode(Ports.self, from: process.firstLine)
    host = "127.0.0.1:\(ports.port)"
    other = "127.0.0.1:\(ports.other)"
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
