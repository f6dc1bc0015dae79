import Kubeconfig
import RegistryCatalogue

/// Names what a server's certificate is checked against, so that two contexts can be compared.
enum CertificateAuthorities {
  /// `system`, or the SHA-256 of the certificates, whatever their order, text and line ends; nil
  /// where nothing is checked, so that nothing is proven.
  static func name(of target: ClusterTarget) -> String? {
    guard target.server.isSecure else { return nil }
    switch target.trust {
    case .insecure: return nil
    case .system: return "system"
    case .certificates(let pem, _):
      return SHA256.hex(Array(bodies(of: pem).sorted().joined(separator: "\n").utf8))
    }
  }

  /// RFC 7468: the base64 text between the lines of each certificate, without white space.
  private static func bodies(of pem: some Collection<UInt8>) -> Set<String> {
    var bodies: Set<String> = []
    var body: [UInt8]?
    for line in pem.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") })
    {
      if line.starts(with: "-----BEGIN CERTIFICATE-----".utf8) {
        body = []
      } else if line.starts(with: "-----END CERTIFICATE-----".utf8) {
        if let body { bodies.insert(String(decoding: body, as: UTF8.self)) }
        body = nil
      } else {
        body?.append(contentsOf: line.filter { $0 > UInt8(ascii: " ") })
      }
    }
    return bodies
  }
}
