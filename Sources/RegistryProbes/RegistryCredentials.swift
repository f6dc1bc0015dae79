import Foundation
package import Kubeconfig

/// What convinces a registry; no description shows it.
package enum RegistryCredentials: Hashable, Sendable {
  case password(user: String, Secret<String>)
  /// A refresh token, to be exchanged at the token service (distribution's OAuth2 page).
  case identity(Secret<String>)
  /// A token for the registry itself.
  case bearer(Secret<String>)

  /// The `Authorization` of RFC 7617; nil for tokens.
  var basic: String? {
    guard case .password(let user, let password) = self else { return nil }
    return "Basic " + Data("\(user):\(password.revealed)".utf8).base64EncodedString()
  }
}

/// Why the credentials of a registry cannot be had; nothing in it is secret.
package enum CredentialsError: Error, Hashable, Sendable {
  /// `config.json` cannot be read: the reason in words.
  case unreadableConfiguration(String)
  case malformedConfiguration
  /// An entry's `auth` is not `user:password` in Base64.
  case malformedEntry
  /// The name of a helper with anything but letters, digits, `-`, `_` and `.`.
  case badHelperName
  case helperMissing(String)
  /// It failed, or took too long.
  case helperFailed(String)
  case helperAnswer(String)
}
