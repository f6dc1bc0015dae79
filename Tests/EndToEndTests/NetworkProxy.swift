import Foundation
import Synchronization

/// A running Tests/TestCluster/proxy.py in front of a test cluster; it stops when this object goes.
final class NetworkProxy: Sendable {
  enum Mode: String, Sendable, CaseIterable { case http, https, socks5 }

  private struct Ready: Decodable { var port: Int }

  let port: Int
  private let folder: TemporaryFolder
  /// Its closing is the proxy's sign to stop.
  private let input: Mutex<FileHandle>

  deinit {
    input.withLock { try? $0.close() }
  }

  static func start(_ mode: Mode, to server: TestClusterAddress) async throws -> NetworkProxy {
    let folder = try TemporaryFolder()
    try folder.write("", to: "log")
    let certificates = TestFolders.certificates
    let arguments = [
      "python3", "-B", TestFolders.testCluster.appendingPathComponent("proxy.py").path,
      "--mode", mode.rawValue, "--to", String(server.port),
      "--log", folder.url.appendingPathComponent("log").path,
      "--certificate", certificates.appendingPathComponent("server-good.crt").path,
      "--key", certificates.appendingPathComponent("server-good.key").path,
    ]
    return try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try NetworkProxy(arguments, folder: folder) })
      }
    }
  }

  private init(_ arguments: [String], folder: TemporaryFolder) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    // One short line, written at once.
    let line = output.fileHandleForReading.availableData
    port = try JSONDecoder().decode(Ready.self, from: line).port
    self.folder = folder
    self.input = Mutex(input.fileHandleForWriting)
  }

  /// `host:port` of everything that was asked for.
  func targets() throws -> [String] {
    let log = folder.url.appendingPathComponent("log")
    return try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}
