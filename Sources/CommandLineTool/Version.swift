/// The release, said once: `version`, the User-Agent and the packaging read it here.
package enum Version {
  package static let number = "0.1.0"

  /// The platform in Go's words, as kubectl and krew write it.
  package static let platform = "\(operatingSystem)/\(architecture)"

  /// What each request to an API server says of its sender.
  package static let userAgent = "kubectl-gcr_report/\(number) (\(platform))"

  /// What `version` prints.
  static let line = "kubectl gcr-report \(number) (\(platform))"

  #if os(Linux)
    private static let operatingSystem = "linux"
  #elseif os(macOS)
    private static let operatingSystem = "darwin"
  #endif

  #if arch(x86_64)
    private static let architecture = "amd64"
  #elseif arch(arm64)
    private static let architecture = "arm64"
  #endif
}
