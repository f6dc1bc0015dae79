/// Organisations whose certificates registries and their stores show to everybody.
enum PublicAuthorities {
  private static let names = [
    "amazon", "certainly", "cloudflare", "digicert", "entrust", "globalsign", "godaddy", "google",
    "internet security research group", "let's encrypt", "microsoft", "sectigo", "ssl corporation",
    "starfield",
  ]

  static func hold(_ issuer: String) -> Bool {
    let issuer = issuer.lowercased()
    return names.contains { issuer == $0 || issuer.hasPrefix($0 + " ") || issuer.hasPrefix($0 + ",") }
  }
}
