import Foundation

/// Where this machine keeps the authorities that it trusts.
///
/// Looked for at run time, as Go's crypto/x509 does, because a statically linked libcurl knows
/// only the paths of the machine that built it. A nil leaves libcurl's own default.
struct SystemTrust: Hashable, Sendable {
  var file: String?
  /// Directories of certificates under their OpenSSL hash names, separated by colons.
  var directories: String?

  static let ofThisProcess = find(environment: ProcessInfo.processInfo.environment) {
    FileManager.default.fileExists(atPath: $0)
  }

  /// Go's root_unix.go and root_linux.go: the variables win, then the first file that exists.
  static func find(environment: [String: String], exists: (String) -> Bool) -> SystemTrust {
    var trust = SystemTrust()
    if let file = environment["SSL_CERT_FILE"], !file.isEmpty {
      trust.file = file
    } else {
      trust.file = files.first(where: exists)
    }
    if let directories = environment["SSL_CERT_DIR"], !directories.isEmpty {
      trust.directories = directories
    } else {
      let found = Self.directories.filter(exists)
      trust.directories = found.isEmpty ? nil : found.joined(separator: ":")
    }
    return trust
  }

  private static let files = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/pki/tls/cacert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/ssl/cert.pem",
  ]

  private static let directories = ["/etc/ssl/certs", "/etc/pki/tls/certs"]
}
