import Foundation
import FoundationNetworking

/// What the sessions of one transport have in common.
///
/// Made once: Foundation looks for the folder of a cache anew for every configuration, though an
/// ephemeral one keeps none. A session copies its configuration, and nobody changes this one.
struct SessionTemplate: @unchecked Sendable {
  private let configuration: URLSessionConfiguration
  /// False for a protocol that answers in this process instead of a server.
  let usesOurProtocol: Bool

  init(protocolClass: AnyClass) {
    let configuration = URLSessionConfiguration.ephemeral
    configuration.protocolClasses = [protocolClass]
    configuration.urlCache = nil
    configuration.httpCookieStorage = nil
    configuration.httpShouldSetCookies = false
    configuration.urlCredentialStorage = nil
    self.configuration = configuration
    usesOurProtocol = protocolClass is CurlURLProtocol.Type
  }

  func session(delegate: any URLSessionDataDelegate) -> URLSession {
    URLSession(configuration: configuration, delegate: delegate, delegateQueue: nil)
  }
}
