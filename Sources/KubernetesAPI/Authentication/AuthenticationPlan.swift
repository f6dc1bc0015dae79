import Foundation
import Kubeconfig

/// How the requests to one cluster prove who asks: the settings of its user, decided once.
struct AuthenticationPlan: Sendable {
  enum Method: Sendable {
    case none
    /// A value of the `Authorization` header that stays as it is.
    case fixed(Secret<String>)
    case tokenFile(TokenFile)
    case legacyProvider(LegacyAuthProvider)
    case plugin(ExecPlugin)
  }

  var method: Method
  let clientCertificate: UserCredentials.ClientCertificate?
  let impersonationHeaders: [RequestCredentials.Header]

  /// Decides as client-go does (`rest/transport.go`, `transport/round_trippers.go`): a token or
  /// password goes before a provider or plugin, which see that the request is authorised already;
  /// a client certificate goes along. Combinations that exclude one another were refused when the
  /// kubeconfig was resolved.
  init(for target: ClusterTarget) throws(CredentialError) {
    let user = target.credentials
    clientCertificate = user.clientCertificate
    impersonationHeaders = try target.impersonation?.headers() ?? []
    // A provider that is gone is an error for kubectl even beside a token.
    var provider: LegacyAuthProvider?
    if let authProvider = user.authProvider {
      provider = try LegacyAuthProvider(authProvider, user: target.userName ?? "")
    }
    if user.tokenFile != nil {
      method = .tokenFile(TokenFile(of: user))
    } else if let token = user.token {
      method = .fixed(Secret("Bearer \(token.revealed)"))
    } else if let basic = user.basic {
      // RFC 7617.
      let pair = Data("\(basic.username):\(basic.password.revealed)".utf8)
      method = .fixed(Secret("Basic \(pair.base64EncodedString())"))
    } else if let exec = user.exec {
      method = .plugin(try ExecPlugin(exec, for: target))
    } else if let provider {
      method = .legacyProvider(provider)
    } else {
      method = .none
    }
  }
}
