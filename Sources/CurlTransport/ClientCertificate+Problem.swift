extension ConnectionIdentity.ClientCertificate {
  /// What can be seen without cryptography, before any connection is made.
  var obviousProblem: ClientCertificateProblem? {
    let key = String(decoding: keyPEM, as: UTF8.self)
    // RFC 5958 (PKCS #8) and RFC 1421 (`Proc-Type`), the two forms of an encrypted PEM key.
    if key.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----") || key.contains("4,ENCRYPTED") {
      return .encryptedKey
    }
    if !key.contains("PRIVATE KEY-----") { return .unreadableKey }
    let certificate = String(decoding: certificatePEM, as: UTF8.self)
    return certificate.contains("CERTIFICATE-----") ? nil : .unreadableCertificate
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
