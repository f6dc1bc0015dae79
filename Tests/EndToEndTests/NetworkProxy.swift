import Foundation
import TemporaryFolder
import TestPrograms

/// A running Tests/TestCluster/proxy.py in front of a test cluster; it stops when this object goes.
final class NetworkProxy: Sendable {
  enum Mode: String, Sendable, CaseIterable { case http, https, socks5 }

  private struct Ready: Decodable { var port: Int }

  let port: Int
  private let folder: TemporaryFolder
  private let process: ScriptProcess

  /// - Parameter refusing: the status of every answer, in place of the connection.
  static func start(
    _ mode: Mode, to server: TestClusterAddress, refusing: Int? = nil
  ) async throws -> NetworkProxy {
    let folder = try TemporaryFolder()
    try folder.write("", to: "log")
    let certificates = TestFolders.certificates
    var arguments = [
      "--mode", mode.rawValue, "--to", String(server.port),
      "--log", folder.url.appendingPathComponent("log").path,
      "--certificate", certificates.appendingPathComponent("server-good.crt").path,
      "--key", certificates.appendingPathComponent("server-good.key").path,
    ]
    if let refusing { arguments += ["--refuse", String(refusing)] }
    return try await withCheckedThrowingContinuation { [arguments] continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try NetworkProxy(arguments, folder: folder) })
      }
    }
  }

  private init(_ arguments: [String], folder: TemporaryFolder) throws {
    process = try ScriptProcess(
      TestFolders.testCluster.appendingPathComponent("proxy.py"), arguments)
    port = try JSONDecoder().decode(Ready.self, from: process.firstLine).port
    self.folder = folder
  }

  /// `host:port` of everything that was asked for.
  func targets() throws -> [String] {
    try folder.text("log").split(separator: "\n").map(String.init)
  }
}
