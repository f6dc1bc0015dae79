import Foundation
import Kubeconfig

/// What a plugin printed: an `ExecCredential` with a status, checked.
///
/// The same checks as client-go's `plugin/pkg/client/auth/exec`. Nothing of the output goes into
/// an error: it may hold a secret even when it is not what was expected.
struct ExecCredentialAnswer: Sendable, Hashable {
  var token: Secret<String>?
  var clientCertificate: UserCredentials.ClientCertificate?
  /// When the credentials stop being valid; nil when they last as long as this process.
  var expires: Date?

  init(
    parsing output: [UInt8], of command: String, expecting version: ExecPlugin.APIVersion
  ) throws(CredentialError.PluginProblem) {
    guard output.contains(where: { !JSONCursor.isSpace($0) }) else { throw .outputEmpty }
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: Data(output))
    } catch let error as DecodingError {
      throw Self.problem(of: error)
    } catch {
      throw .outputNotJSON
    }
    guard document.kind == "ExecCredential" else { throw .outputOfWrongKind }
    guard document.apiVersion == version.rawValue else {
      throw .outputOfWrongVersion(
        found: document.apiVersion.flatMap(Self.showableVersion), expected: version.rawValue)
    }
    guard let status = document.status else { throw .outputWithoutStatus }
    try self.init(status, command: command)
  }

  private init(
    _ status: Document.Status, command: String
  ) throws(CredentialError.PluginProblem) {
    let certificate = status.clientCertificateData ?? ""
    let key = status.clientKeyData ?? ""
    let token = status.token ?? ""
    switch (certificate.isEmpty, key.isEmpty) {
    case (true, true):
      guard !token.isEmpty else { throw .outputWithoutCredential }
    case (false, true): throw .certificateWithoutKey
    case (true, false): throw .keyWithoutCertificate
    case (false, false):
      guard certificate.contains("-----BEGIN CERTIFICATE-----"),
        key.contains("PRIVATE KEY-----")
      else { throw .certificateNotPEM }
      clientCertificate = UserCredentials.ClientCertificate(
        certificatePEM: Array(certificate.utf8), keyPEM: Secret(Array(key.utf8)),
        origin: "client certificate of credential plugin \"\(command)\"")
    }
    if !token.isEmpty {
      guard HeaderValue.isAllowed(token) else { throw .tokenUnusable }
      self.token = Secret(token)
    }
    if let text = status.expirationTimestamp {
      guard let date = RFC3339.date(from: text) else {
        throw .outputFieldInvalid("status.expirationTimestamp")
      }
      // Go's zero time is written when none is meant.
      expires = text == "0001-01-01T00:00:00Z" ? nil : date
    }
  }

  private static func problem(of error: DecodingError) -> CredentialError.PluginProblem {
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      // An empty path is the document itself: an array, a string, a number.
      context.codingPath.isEmpty
        ? .outputOfWrongKind
        : .outputFieldInvalid(context.codingPath.map(\.stringValue).joined(separator: "."))
    default: .outputNotJSON
    }
  }

  /// The version to show, when it has the look of one of this group.
  private static func showableVersion(_ version: String) -> String? {
    let group = "client.authentication.k8s.io/"
    guard version.hasPrefix(group) else { return nil }
    let name = version.dropFirst(group.count).utf8
    guard (1...16).contains(name.count),
      name.allSatisfy({ HeaderValue.isTokenByte($0) })
    else { return nil }
    return version
  }

  private struct Document: Decodable {
    struct Status: Decodable {
      var token: String?
      var clientCertificateData: String?
      var clientKeyData: String?
      var expirationTimestamp: String?
    }

    var apiVersion: String?
    var kind: String?
    var status: Status?
  }
}
