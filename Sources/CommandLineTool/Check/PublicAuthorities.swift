/// Organisations whose certificates registries and their stores show to everybody.
enum PublicAuthorities {
  private static let names = [
    "amazon", "certainly", "cloudflare", "digicert", "entrust", "globalsign", "godaddy", "google",
    "internet security research group", "let's encrypt", "microsoft", "sectigo", "ssl corporation",
    "starfield",
  ]

  /// Hosts that serve the public; a registry of one's own may have an authority of one's own.
  private static let hosts = [
    "amazonaws.com", "cloudfront.net", "docker.com", "docker.io", "gcr.io", "ghcr.io",
    "googleapis.com", "k8s.io", "mcr.microsoft.com", "pkg.dev", "quay.io",
  ]

  /// Whether one of them must have signed this host's certificate.
  static func areExpected(of host: String) -> Bool {
    hosts.contains { host == $0 || host.hasSuffix(".\($0)") }
  }

  static func hold(_ issuer: String) -> Bool {
    let issuer = issuer.lowercased()
    return names.contains {
      issuer == $0 || issuer.hasPrefix($0 + " ") || issuer.hasPrefix($0 + ",")
    }
  }
}
