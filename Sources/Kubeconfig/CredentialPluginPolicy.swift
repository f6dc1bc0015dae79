/// Which credential plugins may run: `credentialPluginPolicy` of kuberc (kubectl 1.35 and later).
///
/// https://kubernetes.io/docs/reference/kubectl/kuberc/ and client-go,
/// plugin/pkg/client/auth/exec/exec.go.
package struct CredentialPluginPolicy: Sendable {
  package enum Kind: Hashable, Sendable {
    case allowAll
    case denyAll
    /// Normalised paths or names.
    case allowlist([String])
  }

  package let kind: Kind
  /// The kuberc that says so.
  package let file: String?
  private let lookup: ExecutableLookup

  init(kind: Kind, file: String?, lookup: ExecutableLookup) {
    self.kind = kind
    self.file = file
    self.lookup = lookup
  }

  /// `command` as in ``ExecConfig/command``. An entry fits if it is equal, or if both are found
  /// at the same path.
  package func allows(command: String) -> Bool {
    switch kind {
    case .allowAll: return true
    case .denyAll: return false
    case .allowlist(let entries):
      let cleaned = FilePaths.clean(command)
      if entries.contains(cleaned) { return true }
      guard let path = lookup.path(of: cleaned) else { return false }
      if entries.contains(path) { return true }
      return entries.contains { entry in
        FilePaths.name(of: entry) == FilePaths.name(of: path) && lookup.path(of: entry) == path
      }
    }
  }
}
