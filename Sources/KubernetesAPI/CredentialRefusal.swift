import CurlTransport
import Kubeconfig

/// What is known of credentials that the server refused with 401; decides the words.
///
/// A real API server never refuses a client certificate in TLS: an expired one, and one of another
/// authority, both end in 401. The certificate's own dates tell them apart.
package enum CredentialRefusal: Hashable, Sendable {
  case certificateExpired(subject: String?, notAfter: Int64)
  case certificateNotYetValid(subject: String?, notBefore: Int64)
  /// In its validity, and still not accepted: signed by another authority.
  case certificateNotAccepted(subject: String?)
  case token
  case password
  /// Nothing was sent.
  case none

  init(_ credentials: RequestCredentials, now: Int64) {
    if let authorization = credentials.authorization {
      self = authorization.hasPrefix("Basic ") ? .password : .token
      return
    }
    guard let certificate = credentials.clientCertificate else {
      self = .none
      return
    }
    let facts: CertificateFacts
    do {
      facts = try CertificateFacts(pem: certificate.certificatePEM)
    } catch {
      // libcurl took it, so it is a certificate; that we cannot date it says nothing more.
      self = .certificateNotAccepted(subject: nil)
      return
    }
    let subject = facts.subjectCommonName
    if facts.notAfter < now {
      self = .certificateExpired(subject: subject, notAfter: facts.notAfter)
    } else if facts.notBefore > now {
      self = .certificateNotYetValid(subject: subject, notBefore: facts.notBefore)
    } else {
      self = .certificateNotAccepted(subject: subject)
    }
  }
}
