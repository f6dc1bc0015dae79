import Foundation

/// Many servers in one Python process (Tests/TestCluster/fleet.py), with a kubeconfig of a context
/// each; they live as long as this object.
final class FleetProcess: Sendable {
  struct Context: Decodable, Sendable {
    var name: String
    var kind: String
    /// Of kube-system, as this context's server tells it.
    var uid: String
  }

  private struct Ready: Decodable {
    var contexts: [Context]
  }

  let contexts: [Context]
  let kubeconfig: URL
  private let folder: TemporaryFolder
  /// Closing it ends the process.
  private let input: FileHandle

  private init(contexts: [Context], folder: TemporaryFolder, input: FileHandle) {
    self.contexts = contexts
    self.folder = folder
    kubeconfig = folder.url.appendingPathComponent("config")
    self.input = input
  }

  deinit {
    try? input.close()
  }

  /// - Parameter kinds: one context each, see fleet.py.
  static func start(
    _ kinds: [String], population: String = "recorded", slowness: Double = 1
  ) async throws -> FleetProcess {
    let folder = try TemporaryFolder()
    let arguments = [
      "python3", "-B", TestFolders.testCluster.appendingPathComponent("fleet.py").path,
      "--certificates", TestFolders.certificates.path, "--population", population,
      "--contexts", "\(kinds.count)", "--kinds", kinds.joined(separator: ","),
      "--slowness", "\(slowness)",
      "--kubeconfig", folder.url.appendingPathComponent("config").path,
    ]
    return try await withCheckedThrowingContinuation { continuation in
      // Reading its first line blocks.
      Thread.detachNewThread {
        continuation.resume(with: Result { try launch(arguments, folder) })
      }
    }
  }

  private static func launch(
    _ arguments: [String], _ folder: TemporaryFolder
  ) throws -> FleetProcess {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    var line = Data()
    while !line.contains(0x0A) {
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else {
        throw TestClusterError.didNotStart(arguments.joined(separator: " "))
      }
      line += more
    }
    let ready = try JSONDecoder().decode(Ready.self, from: line)
    return FleetProcess(
      contexts: ready.contexts, folder: folder, input: input.fileHandleForWriting)
  }
}
