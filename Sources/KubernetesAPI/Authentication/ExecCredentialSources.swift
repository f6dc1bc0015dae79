import Foundation
import Kubeconfig

/// The plugins of the whole program, each with its credentials: contexts whose users call the same
/// plugin the same way share one process and its answer.
package actor ExecCredentialSources {
  private let surroundings: CredentialSurroundings
  private var sources: [ExecPlugin: ExecCredentialSource] = [:]

  package init(surroundings: CredentialSurroundings) {
    self.surroundings = surroundings
  }

  /// The present, by the clock that all credentials go by.
  nonisolated func now() -> Date { surroundings.now() }

  nonisolated var files: any KubeconfigFiles { surroundings.files }

  func source(for plugin: ExecPlugin) -> ExecCredentialSource {
    if let source = sources[plugin] { return source }
    let source = ExecCredentialSource(plugin, surroundings: surroundings)
    sources[plugin] = source
    return source
  }
}
