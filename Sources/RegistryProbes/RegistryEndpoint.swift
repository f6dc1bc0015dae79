import Foundation
import ImageReferences

/// Where a registry listens.
struct RegistryEndpoint: Hashable, Sendable {
  /// `http` or `https`.
  let scheme: String
  /// Host and port, as in a URL.
  let authority: String

  /// The registry of a reference. Docker Hub's API has a host of its own.
  init(_ reference: ImageReference, plainHTTP: Set<String>) {
    let registry = reference.registry
    let isHub = reference.matchingHost == "docker.io" || reference.matchingHost == "index.docker.io"
    authority = isHub ? "registry-1.docker.io" : registry
    scheme = plainHTTP.contains(registry) ? "http" : "https"
  }

  init(host: String, plainHTTP: Set<String>) {
    authority = host
    scheme = plainHTTP.contains(host) ? "http" : "https"
  }

  /// Of a URL that a server named; nil unless it is https, or plain http that the user named.
  init?(_ url: URL, plainHTTP: Set<String>) {
    guard let scheme = url.scheme?.lowercased(), let host = url.host?.lowercased(), !host.isEmpty
    else { return nil }
    let name = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    authority = url.port.map { "\(name):\($0)" } ?? name
    self.scheme = scheme
    guard scheme == "https" || (scheme == "http" && plainHTTP.contains(authority)) else {
      return nil
    }
  }

  /// Whether nobody on the way can read what is sent.
  var isConfidential: Bool {
    scheme == "https" || isLoopback
  }

  private var isLoopback: Bool {
    let host: Substring
    if authority.hasPrefix("[") {
      host = authority.dropFirst().prefix { $0 != "]" }
    } else {
      host = authority.prefix { $0 != ":" }
    }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    let isFour = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    return host == "localhost" || host == "::1" || (isFour && parts[0] == "127")
  }

  /// `path` begins with a slash.
  func url(_ path: String) -> URL? {
    URL(string: "\(scheme)://\(authority)\(path)")
  }
}
