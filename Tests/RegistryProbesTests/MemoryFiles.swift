import Kubeconfig
import KubernetesAPI

@testable import RegistryProbes

/// A disk of one config.json, and of the programs of the real one.
struct MemoryFiles: KubeconfigFiles {
  let configuration: String?

  func read(_ path: String) throws(FileFailure) -> [UInt8] {
    guard path == "/home/jane/.docker/config.json", let configuration else { throw .missing }
    return Array(configuration.utf8)
  }

  func fileNames(in directory: String) throws(FileFailure) -> [String] { throw .missing }

  func isExecutable(_ path: String) -> Bool { LocalFiles().isExecutable(path) }
}

extension CredentialKeeper {
  static func make(
    _ configuration: String?, environment: [String: String] = [:],
    timeLimit: Duration = .seconds(20)
  ) -> CredentialKeeper {
    CredentialKeeper(
      environment: environment, home: "/home/jane",
      files: MemoryFiles(configuration: configuration), gate: CredentialProcessGate(),
      timeLimit: timeLimit)
  }
}
