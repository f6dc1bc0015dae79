import RegistryCatalogue

/// `algorithm:digits` of some content.
enum ContentDigest {
  static func of(_ bytes: [UInt8]) -> String {
    "sha256:\(SHA256.hex(bytes))"
  }

  /// SHA-256 or SHA-512, the two that are registered (OCI image specification, "Digests").
  static func isValid(_ text: String) -> Bool {
    for (prefix, count) in [("sha256:", 64), ("sha512:", 128)] where text.hasPrefix(prefix) {
      let digits = text.utf8.dropFirst(prefix.utf8.count)
      return digits.count == count
        && digits.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
    return false
  }

  /// Whether the content is what the digest says; nil for an algorithm that we do not compute.
  static func matches(_ digest: String, _ bytes: [UInt8]) -> Bool? {
    digest.hasPrefix("sha256:") ? digest == of(bytes) : nil
  }
}
