import Foundation
import TemporaryFolder
import TestPrograms

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
  private let process: ScriptProcess

  private init(_ arguments: [String], _ folder: TemporaryFolder) throws {
    process = try ScriptProcess(
      TestFolders.testCluster.appendingPathComponent("fleet.py"), arguments)
    contexts = try JSONDecoder().decode(Ready.self, from: process.firstLine).contexts
    self.folder = folder
    kubeconfig = folder.url.appendingPathComponent("config")
  }

  /// - Parameter kinds: one context each, see fleet.py.
  static func start(
    _ kinds: [String], population: String = "recorded", slowness: Double = 1
  ) async throws -> FleetProcess {
    let folder = try TemporaryFolder()
    let arguments = [
      "--certificates", TestFolders.certificates.path, "--population", population,
      "--contexts", "\(kinds.count)", "--kinds", kinds.joined(separator: ","),
      "--slowness", "\(slowness)",
      "--kubeconfig", folder.url.appendingPathComponent("config").path,
    ]
    return try await withCheckedThrowingContinuation { continuation in
      // Reading its first line blocks.
      Thread.detachNewThread {
        continuation.resume(with: Result { try FleetProcess(arguments, folder) })
      }
    }
  }
}
