import CurlTransport
import Foundation
import Kubeconfig
import KubernetesAPI

/// Gets the token that a Bearer challenge asks for.
struct TokenService {
  private static let limit = 1 << 20

  let client: RegistryClient

  /// - Parameter endpoint: of the registry that named the realm.
  func authorization(
    realm: String, service: String?, scope: String, credentials: RegistryCredentials?,
    for endpoint: RegistryEndpoint
  ) async throws -> String {
    // A registry on loopback may name a realm there; any other must name an https one.
    guard let url = URL(string: realm), url.user == nil, url.password == nil,
      let place = RegistryEndpoint(url, plainHTTP: client.options.plainHTTP),
      place.scheme == "https" || (endpoint.scheme == "http" && place.isConfidential)
    else { throw Doubt.unsafeRealm }
    let answer: RegistryClient.Answer
    if case .identity(let token)? = credentials {
      answer = try await exchange(token, at: url, service: service, scope: scope)
    } else {
      answer = try await client.send(
        "GET", try Self.query(url, service: service, scope: scope), headers: [:],
        authorization: credentials?.basic, limit: Self.limit)
    }
    switch answer.head.statusCode {
    case 200: break
    case 401, 403:
      throw Refusal(
        reason: .noToken(
          status: answer.head.statusCode, hasCredentials: credentials != nil))
    default: throw Doubt.status(answer.head.statusCode)
    }
    guard let document = JSONAnswer.read(answer.body, as: Document.self),
      let token = [document.token, document.access_token].compactMap({ $0 }).first(where: {
        !$0.isEmpty
      }), token.utf8.allSatisfy({ $0 > 32 && $0 < 127 })
    else { throw Doubt.malformed(.token) }
    return "Bearer \(token)"
  }

  /// The service's verdict on access, thrown past what works without it.
  struct Refusal: Error {
    let reason: NoAccess
  }

  /// The OAuth2 form, for which the refresh token stands in the body.
  private func exchange(
    _ token: Secret<String>, at url: URL, service: String?, scope: String
  ) async throws -> RegistryClient.Answer {
    let fields = [
      ("grant_type", "refresh_token"), ("client_id", "kubectl-gcr-report"),
      ("service", service ?? ""), ("scope", scope), ("refresh_token", token.revealed),
    ]
    let form = fields.map { "\($0.0)=\(PercentEncoding.encode($0.1))" }.joined(separator: "&")
    return try await client.send(
      "POST", url, headers: ["Content-Type": "application/x-www-form-urlencoded"],
      body: Array(form.utf8), limit: Self.limit)
  }

  private static func query(_ url: URL, service: String?, scope: String) throws -> URL {
    var text = url.absoluteString.prefix { $0 != "#" }
    text += text.contains("?") ? "&" : "?"
    if let service { text += "service=\(PercentEncoding.encode(service))&" }
    text += "scope=\(PercentEncoding.encode(scope))"
    guard let url = URL(string: String(text)) else { throw Doubt.unsafeRealm }
    return url
  }

  private struct Document: Decodable {
    let token: String?
    let access_token: String?
  }
}
