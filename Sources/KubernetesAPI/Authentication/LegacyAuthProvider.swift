import Foundation
import Kubeconfig

/// The `auth-provider` of a kubeconfig user, from the time before exec plugins.
///
/// client-go registers only `oidc` still; `gcp` and `azure` are stubs that fail
/// (`plugin/pkg/client/auth`), and anything else is unknown.
struct LegacyAuthProvider: Sendable, Hashable {
  /// The provider's id-token counts as expired this long before it does.
  private static let skew: TimeInterval = 10

  let user: String
  private let idToken: Secret<String>
  private let canBeRefreshed: Bool

  /// - Throws: for every provider but `oidc`.
  init(_ provider: AuthProvider, user: String) throws(CredentialError) {
    let name = provider.name
    switch name {
    case "oidc":
      break
    case "gcp":
      throw .authProviderReplaced(
        user: user, provider: name, plugin: "gke-gcloud-auth-plugin",
        command: "gcloud container clusters get-credentials CLUSTER")
    case "azure":
      throw .authProviderReplaced(
        user: user, provider: name, plugin: "kubelogin",
        command: "kubelogin convert-kubeconfig")
    default:
      throw .authProviderUnknown(user: user, provider: name)
    }
    self.user = user
    idToken = Secret(provider.config.revealed["id-token"] ?? "")
    canBeRefreshed = !(provider.config.revealed["refresh-token"] ?? "").isEmpty
  }

  /// The id-token while it is valid.
  func token(now: Date) throws(CredentialError) -> String {
    guard !idToken.revealed.isEmpty else { throw .oidcTokenMissing(user: user) }
    guard let expiry = JSONWebToken.expiry(of: idToken.revealed) else {
      throw .oidcTokenUnreadable(user: user)
    }
    guard now.addingTimeInterval(Self.skew) < expiry else {
      throw .oidcTokenExpired(user: user, since: expiry, canBeRefreshed: canBeRefreshed)
    }
    return idToken.revealed
  }
}
