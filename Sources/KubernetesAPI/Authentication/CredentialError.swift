package import Foundation

/// Why there are no credentials to send. Holds no secret and nothing that a plugin printed.
package enum CredentialError: Error, Sendable, Hashable {
  /// The plugin with this command, as the kubeconfig writes it.
  case plugin(command: String, PluginProblem)
  /// A provider that kubectl dropped in 1.26, with a plugin in its place.
  case authProviderReplaced(user: String, provider: String, plugin: String, command: String)
  case authProviderUnknown(user: String, provider: String)
  case oidcTokenMissing(user: String)
  case oidcTokenUnreadable(user: String)
  case oidcTokenExpired(user: String, since: Date, canBeRefreshed: Bool)
  /// A value that would end its header line.
  case unusableHeaderValue(of: String)

  /// What went wrong with a credential plugin.
  package enum PluginProblem: Error, Sendable, Hashable {
    // The kubeconfig.
    case unsupportedAPIVersion(String)
    case interactiveModeMissing
    // Before it runs.
    case denied
    case terminalNeeded(because: String)
    /// `PATH`, or the path that was written, holds no such program; `PATH` entries that depend on
    /// the current folder do not count.
    case notFound(installHint: String)
    case notStarted(code: Int32)
    // While it runs.
    case failed(status: Int32)
    case signalled(Int32)
    case statusLost(code: Int32)
    case timedOut(after: Duration)
    case outputTooLarge(limit: Int)
    // Its answer.
    case outputEmpty
    case outputNotJSON
    case outputOfWrongKind
    case outputOfWrongVersion(found: String?, expected: String)
    case outputFieldInvalid(String)
    case outputWithoutStatus
    case outputWithoutCredential
    case certificateWithoutKey
    case keyWithoutCertificate
    case certificateNotPEM
    case tokenUnusable
  }
}
