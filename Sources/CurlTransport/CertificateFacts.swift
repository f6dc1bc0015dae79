/// What words about a certificate need to know of it.
package struct CertificateFacts: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let notBefore: Int64
  /// Seconds since 1970-01-01T00:00:00Z; the certificate is valid through this second.
  package let notAfter: Int64
  /// For Kubernetes, the user's name. Nil when the subject has none.
  package let subjectCommonName: String?
  /// Who signed it: the organisation, else the common name. Nil when the issuer has neither.
  package let issuer: String?

  /// Reads the first certificate of a PEM file; nothing is verified.
  package init(pem: [UInt8]) throws(CertificateError) {
    guard
      let bytes = PEM.firstBlock(
        in: pem,
        where: { ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"].contains($0) })
    else { throw .noCertificate }
    try self.init(der: bytes)
  }

  /// Walks Certificate → tbsCertificate → validity, subject (RFC 5280, section 4.1).
  init(der: [UInt8]) throws(CertificateError) {
    var outer = DERReader(der)
    var certificate = try outer.read(.sequence)
    var body = try certificate.read(.sequence)
    _ = try body.readOptional(.version)
    _ = try body.read(.integer)  // serialNumber
    _ = try body.read(.sequence)  // signature
    let issuerName = try body.read(.sequence)
    var validity = try body.read(.sequence)
    notBefore = try validity.readTime()
    notAfter = try validity.readTime()
    subjectCommonName = try Self.attribute(Self.commonName, in: body.read(.sequence))
    if let organization = try Self.attribute(Self.organization, in: issuerName) {
      issuer = organization
    } else {
      issuer = try Self.attribute(Self.commonName, in: issuerName)
    }
  }

  /// `id-at-commonName`, 2.5.4.3.
  private static let commonName: [UInt8] = [0x55, 0x04, 0x03]
  /// `id-at-organizationName`, 2.5.4.10.
  private static let organization: [UInt8] = [0x55, 0x04, 0x0A]

  /// The last attribute of this type, as Go's pkix.Name has it.
  private static func attribute(
    _ wanted: [UInt8], in name: DERReader
  ) throws(CertificateError) -> String? {
    var name = name
    var found: String?
    while !name.isAtEnd {
      var set = try name.read(.set)
      while !set.isAtEnd {
        var attribute = try set.read(.sequence)
        let type = try attribute.read(.objectIdentifier)
        let value = try attribute.readAny()
        if type.bytes == wanted[...] {
          found = String(decoding: value.bytes, as: UTF8.self)
        }
      }
    }
    return found
  }
}

package enum CertificateError: Error, Hashable, Sendable {
  case noCertificate
  /// The bytes end within an element, or an element has another type than X.509 wants there.
  case malformed
}
