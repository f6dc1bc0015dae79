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
      let bodies = bodies(of: String(decoding: pem, as: UTF8.self))
      return SHA256.hex(Array(bodies.sorted().joined(separator: "\n").utf8))
    }
  }

  /// RFC 7468: the base64 text between the lines of each certificate, without white space.
  private static func bodies(of pem: String) -> Set<String> {
    var bodies: Set<String> = []
    var body: String?
    for line in pem.split(whereSeparator: \.isNewline) {
      if line.hasPrefix("-----BEGIN CERTIFICATE-----") {
        body = ""
      } else if line.hasPrefix("-----END CERTIFICATE-----") {
        if let body { bodies.insert(body) }
        body = nil
      } else {
        body?.append(contentsOf: line.filter { !$0.isWhitespace })
      }
    }
    return bodies
  }
}
