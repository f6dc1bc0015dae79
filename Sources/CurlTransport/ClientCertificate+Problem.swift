import Foundation

extension ConnectionIdentity.ClientCertificate {
  /// What can be seen without cryptography, before any connection is made.
  var obviousProblem: ClientCertificateProblem? {
    // RFC 5958 (PKCS #8) and RFC 1421 (`Proc-Type`), the two forms of an encrypted PEM key.
    let encrypted = ["-----BEGIN ENCRYPTED PRIVATE KEY-----", "4,ENCRYPTED"]
    if encrypted.contains(where: { keyPEM.holds($0) }) { return .encryptedKey }
    if !keyPEM.holds("PRIVATE KEY-----") { return .unreadableKey }
    return certificatePEM.holds("CERTIFICATE-----") ? nil : .unreadableCertificate
  }

  /// What made libcurl refuse the pair: it has one code for all.
  var problem: ClientCertificateProblem {
    if let obviousProblem { return obviousProblem }
    do throws(CertificateError) {
      _ = try CertificateFacts(pem: certificatePEM)
    } catch {
      return .unreadableCertificate
    }
    return PEM.firstBlock(in: keyPEM) { $0.hasSuffix("PRIVATE KEY") } == nil
      ? .unreadableKey : .keyMismatch
  }
}

extension [UInt8] {
  fileprivate func holds(_ text: String) -> Bool {
    Data(self).range(of: Data(text.utf8)) != nil
  }
}
